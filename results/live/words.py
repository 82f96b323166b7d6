"""Every text of the page. A translation replaces this file and nothing else."""

from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TITLE = "gigsupply, live"
HEADING = "Berlin, Christmas 2017: who delivers the parcels?"
BUTTONS = {
    "play": "Play", "pause": "Pause", "day": "One day", "round": "One round", "end": "To the end", "over": "Start over",
    "luck": "Other luck", "reset": "Undo all changes", "refuser": "Somebody who just refused", "copy": "Copy",
    "compare": "Compare with the scenario as it was",
}  # fmt: skip
BUTTON_TIPS = {
    "play": "Space: play or pause", "day": "Right arrow: one day", "round": "Shift and right arrow: one round of the evening",
    "end": "To the scenario's last day, as fast as it goes", "over": "Back to the first day, with the levers as they stand",
    "luck": "Back to the first day with the next seed: the same rules, other luck",
    "reset": "Back to the first day of the scenario as it was opened",
    "compare": "The same season with the same luck, without your changes, drawn as thin lines",
}  # fmt: skip
SPEED, SPEEDS = "Speed", {1: "1 day a second", 3: "3 days a second", 10: "10 days a second", 30: "30 days a second"}
CROWDED = "So many tabs are open that there is no room for another market. Close one and reload."
NO_SCRIPT = "This page needs JavaScript, which comes with it; nothing is loaded from elsewhere."

SECTIONS = {
    "levers": ("Levers", "What if? Turn one and see"),
    "tonight": ("Today's market", "Booked on the evening before, in rounds: price, blocks taken, blocks still open"),
    "parcels": ("Parcels", "Thousand a day, and waiting at the day's end"),
    "pay": ("Pay per block", "EUR for a block of four hours or so"),
    "drivers": ("Active drivers", "Persons who drove within 28 days, by group"),
    "net": ("Left of an hour", "EUR net with unpaid ways, mean of four weeks"),
    "couriers": ("Couriers of the carriers", "Employed, and posts that stay vacant"),
    "looked": ("Who opened the app", "Persons an evening, by what came of it"),
    "berlin": ("Berlin", "Twelve districts, where drivers live"),
    "cloud": ("Everybody who opened the app", "A dot is a person; to the right, a block was worth it (EUR). Click one"),
    "driver": ("One decision", ""),
    "take": ("Take it with you", ""),
}  # fmt: skip
SERIES = {
    "carriers": "delivered by carriers", "platform": "delivered by drivers", "arrived": "arriving", "backlog": "waiting",
    "first": "first offer", "highest": "highest offer", "mean": "mean paid", "cap": "cap", "floor": "floor",
    "minimum": "minimum wage", "all": "all drivers", "couriers": "couriers", "vacancies": "vacancies", "price": "price, EUR",
    "open": "open", "taken": "taken", "band": "first to highest offer", "season": "the season's helpers",
    "before": "without your changes",
}  # fmt: skip
ANSWERS = {0: "took a block", 1: "passed", 2: "had no time", 3: "came too late"}
ANSWER_TIPS = {
    0: "Took a block, even if it was given back later.",
    1: "Could have taken an open block; less car, tax and own time it was not worth it.",
    2: "Was not free in any slot that was still open, or had reached a limit of hours.",
    3: "Whenever this person looked, every block was gone.",
}
QUANTITIES = {
    "active": ("active drivers", ""), "pay": ("pay of a block", "EUR"), "net": ("net per hour", "EUR"),
    "below": ("blocks below minimum wage", "%"),
}  # fmt: skip
PANEL = "{name}: {taken} of {posted}"
LAST_WEEKS = "last 28 days"

LEVERS = {
    "platform.pay_cap_per_hour": ("Highest pay", "The most the platform offers: 16 EUR/h is 64 EUR for four hours."),
    "platform.pay_floor_per_hour": ("Pay floor", "The least the platform may offer."),
    "platform.policy": (
        "Pricing",
        "Fixed: one price. Escalator: a step up every round. Feedback: learns from day to day, then steps up.",
    ),
    "policy.mileage_eur_per_km": ("Mileage top-up", "Paid to drivers for every kilometre, on top of the block's pay."),
    "cars.deductible_per_km": ("Mileage allowance", "What the tax office deducts per kilometre before it taxes the pay."),
    "cars.fuel_price_factor": ("Fuel price", "1 is the price of 2017."),
    "rules.minimum_wage": ("Minimum wage", "Yardstick of what an hour leaves, and the pay of a minijob elsewhere."),
    "carriers.starting_gap_share": ("Carriers' shortage", "Share of courier posts that nobody fills."),
    "carriers.wage_factor": ("Couriers' wage", "1 is the wage of 2017; a higher one fills posts faster."),
    "awareness.imitation_per_week": ("Word of mouth", "How fast those who know of the platform tell others."),
    "awareness.ceiling_share": ("Reachable people", "Share of the pool that can ever hear of it: the least known number of all."),
    "population.unemployment_rate": ("Unemployment", "Fewer jobs elsewhere make an hour cheaper."),
}
POLICIES = {"none": "no platform", "fixed": "fixed", "escalator": "escalator", "feedback": "feedback"}
FROM_START = "holds when you start over"
PROGRESS = "Scenario {scenario}, seed {seed}, day {day} of {days}"

GROUPS = {
    "full_time": "full-time", "part_time": "part-time", "student": "student", "alg2": "ALG II", "self_employed": "self-employed",
    "pensioner": "pensioner", "home": "minijob / home",
}  # fmt: skip
DISTRICTS = {
    "mitte": "Mitte", "friedrichshain_kreuzberg": "Friedrichs­hain-Kreuzberg", "pankow": "Pankow",
    "charlottenburg_wilmersdorf": "Charlotten­burg-Wilm.", "spandau": "Spandau", "steglitz_zehlendorf": "Steglitz-Zehlend.",
    "tempelhof_schoeneberg": "Tempelh.-Schöneb.", "neukoelln": "Neukölln", "treptow_koepenick": "Treptow-Köpenick",
    "marzahn_hellersdorf": "Marzahn-Hellersd.", "lichtenberg": "Lichten­berg", "reinickendorf": "Reinicken­dorf",
}  # fmt: skip

IN_FULL = {
    "charlottenburg_wilmersdorf": "Charlottenburg-Wilmersdorf", "steglitz_zehlendorf": "Steglitz-Zehlendorf",
    "tempelhof_schoeneberg": "Tempelhof-Schöneberg", "marzahn_hellersdorf": "Marzahn-Hellersdorf",
}  # fmt: skip

GLOSSARY = {
    "tonight": "A block is a tour of about four hours with one's own car. A day's blocks are offered on the evening before.",
    "drivers": "Active: drove at least one block within the last 28 days.",
    "net": "Pay less car, tax, contributions and transfers lost, per hour, unpaid ways to the station included.",
    "berlin": "By the districts in which people live; blocks start at Tegel, in the north-west.",
    "carriers": "DHL, Hermes, UPS, DPD and GLS with their own couriers, overtime and hired vans.",
    "platform": "By private people with their own cars, booked through the platform.",
    "arrived": "Parcels that reach Berlin on the day.",
    "backlog": "In the carriers' queues at the day's end. They are delivered oldest first.",
    "band": "From the price in the first round of the evening to the highest.",
    "mean": "Mean pay of the blocks that were driven.",
    "cap": "The most the platform offers. In 2017 it advertised up to 64 EUR for four hours.",
    "floor": "The least the platform offers.",
    "minimum": "It does not apply to self-employed drivers: it is a yardstick here.",
    "season": "Hired for November and December.",
    "vacancies": "Courier posts that the carriers want to fill and cannot.",
    "taken": "Blocks that somebody holds at the end of the round.",
    "open": "Blocks that nobody has taken yet.",
    "price": "Of all blocks of the slot that are still open.",
    "reservation wage": "What an hour of that slot is worth in other ways: a job, minijob, free time. Below it driving is a loss.",
    "perceived surplus": "Pay less car and tax as seen, less time at that wage. Above 0 the block is taken.",
    "true surplus": "The same with all costs: beginners see only a part of what the car wears and of the tax that falls due later.",
}  # fmt: skip


def day_in_words(day: date) -> str:
    """Write a date with its weekday."""
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Write a date without its year."""
    return f"{day.day} {MONTHS[day.month - 1]}"


STORY = {
    "first": "press Play. Carriers lack drivers; from {launch} a platform offers private people delivery blocks",
    "no_platform": "no platform in this scenario; {waiting} parcels wait",
    "before": "the carriers alone, the platform starts on {launch}; {waiting} parcels wait",
    "rest": "no deliveries; {waiting} parcels wait",
    "none": "no blocks needed; {waiting} parcels wait",
    "blocks": "{posted} blocks, {taken} taken, last at {price} EUR; {waiting} parcels wait",
    "nothing_taken": "{posted} blocks, none taken, offered at up to {price} EUR; {waiting} parcels wait",
    "round": "evening before, round {round} of {rounds}: {taken} of {posted} blocks taken, now offered at {price} EUR",
}  # fmt: skip
WHY = {
    "first": "Space plays and pauses, the right arrow goes on by a day, with Shift by one round of an evening.",
    "moved": "{arrived} parcels came; carriers delivered {carriers}, drivers {platform}.",
    "open": "{open} blocks stay open at {price} EUR: {lookers}.",
    "all": "Every block finds a driver: {lookers}.",
    "round": "So far {lookers}.",
    "lookers": "of {lookers} people who opened the app {took} took a block, {passed} passed, {cannot} had no time",
    "late": ", {late} came too late",
    "passed": "To those who passed, what they saw, less car, tax and own time, is a loss; half of them by {miss} EUR or less.",
    "cap": "The platform may not pay more than {cap} EUR.",
    "over": "The season is over; Play goes on past it.",
    "limit": "The platform may not post more than {limit} blocks a day.",
    "beyond": "All {posted} blocks together carry {could} parcels; what else waits is left to the carriers' couriers.",
}  # fmt: skip
COMPARED = {
    "none": "Move a lever: here stands what it changes, day by day.",
    "alone": "Tick the box above to see what your changes do.",
    "behind": "The same season without your changes is being worked out …",
    "same": "Since the start, no difference yet to the same season without your changes.",
    "some": "Against the same season without your changes, since the start: {parts}.",
    "parcels_late": "{number} {more} parcels late",
    "blocks_filled": "{number} {more} blocks taken",
    "pay": "mean pay {number} EUR a block {higher}",
    "net": "{number} EUR an hour {more} left for drivers",
    "backlog": "{number} {more} parcels wait today",
}  # fmt: skip
MORE, FEWER, HIGHER, LOWER, LESS = "more", "fewer", "higher", "lower", "less"
LEVER_NOTES = {
    "holds": "holds from {day} on",
    "waits": "holds when you start over",
    "unusual": "; outside the usual range",
    "source": "{about} Usual range {low} to {high} {unit}. Source: {source}.",
}  # fmt: skip
DRIVER = {
    "nobody": "From {launch} on, people open the app, and here stands what one of them decides, and why.",
    "who": "Person {person}, {group}, lives in {district}, {way} km from {station}",
    "car": "car {cost} EUR/km, registered, {driven} so far",
    "block": "{slot}, {price} EUR for {hours} h, round {round}.",
    "took": "Takes it: {surplus} EUR better off, as this person sees it",
    "passed": "Passes: {loss} EUR worse off, as this person sees it",
    "wants": "Would take this block at {pay} EUR.",
    "cannot": "Cannot take it: {reason}",
    "late": "Came too late: it would have been worth {surplus} EUR to this person",
    "gone": "Did not open the app this evening",
    "week": "Evenings",
    "looked_took": "took {price}", "looked_passed": "passed", "looked_cannot": "no time", "looked_late": "too late", "not": "–",
}  # fmt: skip
LINES = {"car he sees": "car, as far as seen", "tax he sees": "tax, as far as seen", "his time": "own time"}
SECTION_NAMES = {
    "what is offered": "What is offered", "what it costs": "What it costs", "what his hour is worth": "What an hour is worth",
    "what he decides by": "What decides", "what it would bring": "What it would bring",
}  # fmt: skip
TAKE = {
    "run": "Run folder (zip)", "scenario": "Scenario (TOML)", "figures": "Figure", "command": "The same run on the command line",
    "not_yet": "Let a day pass first: there is nothing to take yet.",
}  # fmt: skip
FIGURES = {"prices": "prices", "active-drivers": "active drivers", "net-pay": "net pay"}
FAULT = "The model failed on this run: {message}. The run stops here; others go on. The same again:"
CHARTS_SAY = {
    "tonight": "Price and blocks by round of the booking evening, a panel per slot",
    "parcels": "Parcels by day: delivered by carriers and by drivers, arriving, waiting",
    "pay": "Pay per block by day: first and highest offer, mean, cap and floor",
    "drivers": "Active drivers by day and group",
    "net": "Net pay per hour by day and group, against the minimum wage",
    "couriers": "Couriers and vacancies by day",
    "looked": "Persons who opened the app by day and by what came of it",
    "cloud": "Everybody who opened the app, by group and by what the best block was worth",
}  # fmt: skip


def district(name: str) -> str:
    """Return a district's full name."""
    return IN_FULL.get(name, DISTRICTS[name].replace("\u00ad", ""))


def blocks(number: int) -> str:
    """Count blocks."""
    return f"{number} block{'' if number == 1 else 's'}"


def lever_name(name: str) -> str:
    """Return what a parameter is called on the page; one without a name of its own keeps its dotted one."""
    return LEVERS[name][0] if name in LEVERS else name


UNITS = {
    "share": "%", "EUR/h": "EUR/h", "EUR/km": "EUR/km", "of 2017": "× 2017", "of the wage": "× 2017", "1/week": "a week",
    "pricing policy": "",
}  # fmt: skip


def unit(declared: str) -> str:
    """Return the short form of a declared unit."""
    return "%" if declared.startswith("share") else UNITS.get(declared, declared)


SCRIPT = {
    "locale": "en-GB", "round": "round {}", "person": "person {}",
    "lost": "The connection is lost. The run waits, and goes on when the connection is back.",
}  # fmt: skip  # for the page's script


def series_name(key: str | int) -> str:
    """Return what a series is called: a name of its own, or an answer."""
    return ANSWERS[key] if isinstance(key, int) else SERIES[key]


def hint_of(key: str | int) -> str:
    """Return what a series or an answer means."""
    return ANSWER_TIPS[key] if isinstance(key, int) else GLOSSARY.get(key, "")
