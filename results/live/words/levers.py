"""The levers in words."""

from collections.abc import Sequence

LEVER_GROUPS = {"platform": "The platform", "carriers": "The carriers", "costs": "Costs and law", "people": "People"}
LEVERS = {
    "platform.pay_cap_per_hour": ("Highest pay", "The most the platform offers: 16 EUR/h is 64 EUR for four hours."),
    "platform.station_limit": (
        "Most blocks a day",
        "As many as the station can load. The limit begins lower and grows week by week up to this.",
    ),
    "platform.pay_floor_per_hour": ("Pay floor", "The least the platform may offer."),
    "platform.policy": (
        "Pricing",
        "Fixed: one price. Escalator: a step up every round. Feedback: learns from day to day, then steps up.",
    ),
    "carriers.starting_gap_share": ("Carriers' shortage", "Share of courier posts that nobody fills."),
    "carriers.wage_factor": ("Couriers' wage", "1 is the wage of 2017; a higher one fills posts faster."),
    "policy.mileage_eur_per_km": ("Mileage top-up", "Paid to drivers for every kilometre, on top of the block's pay."),
    "cars.deductible_per_km": ("Mileage allowance", "What the tax office deducts per kilometre before it taxes the pay."),
    "cars.fuel_price_factor": ("Fuel price", "1 is the price of 2017."),
    "rules.minimum_wage": ("Minimum wage", "Yardstick of what an hour leaves, and the pay of a minijob elsewhere."),
    "awareness.imitation_per_week": ("Word of mouth", "How fast those who know of the platform tell others."),
    "awareness.ceiling_share": (
        "Reachable people",
        "Share of all potential drivers who can ever hear of it: the least known number of all.",
    ),
    "population.unemployment_rate": ("Unemployment", "Fewer jobs elsewhere make an hour cheaper."),
}
POLICIES = {"none": "no platform", "fixed": "fixed", "escalator": "escalator", "feedback": "feedback"}
FROM_START = "holds when you start over"
LEVER_NOTES = {
    "holds": "holds from {day} on",
    "waits": "holds when you start over",
    "unusual": "; outside the usual range",
    "range": "Usual range {low} to {high} {unit}.",
    "source": "Source: {source}.",
    "assumed": "Assumed: {reason}.",
    "refused": "{name}: not allowed; allowed: {what}.",
    "number": "{low} to {high} {unit}", "whole": "a whole number, {low} to {high} {unit}",
    "at_most": "at most {other}, {value}", "at_least": "at least {other}, {value}",
    "more": "{name} +{number}",
}  # fmt: skip
UNITS = {
    "share": "%", "EUR/h": "EUR/h", "EUR/km": "EUR/km", "of 2017": "× 2017", "of the wage": "× 2017", "1/week": "a week",
    "pricing policy": "", "blocks/day at most": "a day",
}  # fmt: skip


def lever_name(name: str) -> str:
    """Return what a parameter is called on the page; one without a name of its own keeps its dotted one."""
    return LEVERS[name][0] if name in LEVERS else name


def names_of_levers(names: Sequence[str]) -> str:
    """Return the first one's name, and how many more there are."""
    first, more = lever_name(names[0]), len(names) - 1
    return LEVER_NOTES["more"].format(name=first, number=more) if more else first


def unit(declared: str) -> str:
    """Return the short form of a declared unit."""
    return "%" if declared.startswith("share") else UNITS.get(declared, declared)
