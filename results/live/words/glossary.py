"""What terms, buttons and answers mean: shown on hover and focus."""

BUTTON_TIPS = {
    "play": "Space: play or pause", "day": "Right arrow: one day", "round": "Shift and right arrow: one round of the evening",
    "end": "To the scenario's last day, as fast as it goes", "over": "Back to the first day, with the levers as they stand",
    "luck": "Back to the first day with the next seed: the same rules, other luck",
    "reset": "Back to the first day of the scenario as it was opened",
    "compare": "The same season with the same luck, without your changes, drawn as thin dashed lines",
}  # fmt: skip
ANSWER_TIPS = {
    0: "Took a block, even if it was given back later.",
    1: "Could have taken an open block; less car, tax and own time it was not worth it.",
    2: "Was not free in any slot that was still open, or had reached a limit of hours.",
    3: "Whenever this person looked, every block was gone.",
}
GLOSSARY = {
    "tonight": "A block is a tour of about four hours with one's own car. A day's blocks are offered on the evening before.",
    "drivers": "Active: drove at least one block within the last 28 days.",
    "net": "Pay less car, tax, contributions and transfers lost, per hour, unpaid ways to the station included.",
    "cloud": "A row is a group of people. ALG II is the basic benefit of those without work, or with too little; minijob / home: "
    "people with a small job, or none.",
    "gap": "Carriers cannot fill all courier posts. What these couriers would deliver, and what blocks can make up for.",
    "berlin": "By the districts in which people live; blocks start at Tegel, in the north-west.",
    "carriers": "DHL, Hermes, UPS, DPD and GLS with their own couriers, overtime and hired vans.",
    "platform": "By private people with their own cars, booked through the platform.",
    "arrived": "Parcels that reach Berlin on the day.",
    "backlog": "In the carriers' queues at the day's end. They are delivered oldest first.",
    "lack": "What couriers would deliver in normal hours on the posts that stay vacant.",
    "could": "What all blocks that the platform posted would carry, were every one of them driven.",
    "carried": "By private people with their own cars, booked through the platform.",
    "band": "From the price in the first round of the evening to the highest.",
    "mean": "Mean pay of the blocks that were driven.",
    "cap": "The most the platform offers. In 2017 it advertised up to 64 EUR for four hours.",
    "floor": "The least the platform offers.",
    "minimum": "It does not apply to self-employed drivers: it is a yardstick here.",
    "couriers": "Employed for good, the season's helpers aside.",
    "season": "Hired for November and December.",
    "vacancies": "Courier posts that the carriers want to fill and cannot.",
    "taken": "Blocks that somebody holds at the end of the round.",
    "open": "Blocks that nobody has taken yet.",
    "price": "Of all blocks of the slot that are still open.",
    "reservation wage": "What an hour of that slot is worth in other ways: a job, minijob, free time. Below it driving is a loss.",
    "perceived surplus": "Pay less car and tax as seen, less time at that wage. Above 0 the block is taken.",
    "true surplus": "The same with all costs: beginners see only a part of what the car wears and of the tax that falls due later.",
}  # fmt: skip


def hint_of(key: str | int) -> str:
    """Return what a series or an answer means."""
    return ANSWER_TIPS[key] if isinstance(key, int) else GLOSSARY.get(key, "")
