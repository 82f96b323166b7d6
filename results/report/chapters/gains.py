"""Winners and losers: what each policy changes on every account."""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.closing_table import GROUP_NAMES
from experiments.measures import AT_LOW_LATENESS, LOW_LATENESS
from model.roster import GROUPS

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import NotRunError, Readings, Where
from ..said import Claim, Said, say
from ..traced import Number
from . import floor, mileage, wages

ACCOUNTS = {
    "driver": ("Drivers", "drivers"), "platform": ("Platform", "platform"), "carrier": ("Carriers", "carriers"),
    "courier": ("Couriers", ""),
    "state": ("State", "state"), "recipient": ("Recipients", "recipients"), "shipper": ("Shippers", ""),
}  # fmt: skip
# The trade in cars, fuel and vans is left out: what it receives net of tax equals the resources it uses.
WELFARE = "welfare_total_eur"


class Policy(NamedTuple):
    """A policy, and where its runs and those of its reference are."""

    label: str
    study: str
    where: Where
    versus: Where


def policies(readings: Readings) -> list[Policy]:
    """Return the policies that were run."""
    found = [
        Policy("Platform", wages.STUDY, Where(wages.PLATFORM), wages.ALONE),
        Policy("Wages +10 %", wages.STUDY, Where(wages.RAISE), wages.ALONE),
    ]
    if floor.STUDY in readings.sweeps:
        high, low = floor.sides(readings, floor.FREE)
        capped, _ = floor.sides(readings, floor.CAPPED)
        found += [Policy("Floor, free entry", floor.STUDY, high, low), Policy("Floor, capped", floor.STUDY, capped, low)]
    found += [
        Policy("Allowance 0.20", mileage.STUDY, Where(mileage.MIDDLE), Where()),
        Policy("No deduction", mileage.STUDY, Where(mileage.NO_DEDUCTION), Where()),
    ]
    return [policy for policy in found if policy.study in readings.sweeps]


def change(readings: Readings, policy: Policy, measure: str) -> Number:
    """Return what a policy changes."""
    return readings.change(policy.study, measure, policy.where, policy.versus)


def the_platform(readings: Readings) -> Policy:
    """Return the platform against carriers alone. Raises NotRunError."""
    readings.study(wages.STUDY)
    return policies(readings)[0]


def who_gains(readings: Readings) -> Said:
    """Check that recipients and the platform gain while drivers as a group lose."""
    platform = the_platform(readings)
    names = ("recipient", "platform", "driver", "carrier", "state")
    found = {name: change(readings, platform, f"{name}_surplus_total_eur") for name in names}
    start = (
        "Against carriers alone, the platform changes the recipients' account by {recipient}, its own by {platform}, "
        "the drivers' by {driver}, the carriers' by {carrier} and the state's by {state}"
    )
    text = f"{start}: {sides_of(found)}."
    as_claimed = (found["recipient"].sign, found["platform"].sign, -found["driver"].sign)
    sign = -1 if min(as_claimed) < 0 else min(as_claimed)
    return say("recipients and platform gain, drivers as a group lose", sign, text, **found)


def sides_of(found: dict[str, Number]) -> str:
    """Say who gains, who loses, and of whom neither can be told."""
    told = {sign: [ACCOUNTS[name][0].lower() for name, one in found.items() if one.sign == sign] for sign in (1, -1, 0)}
    words = {1: "to the gain of {}", -1: "to the loss of {}", 0: "for {} it cannot be told"}
    return ", ".join(words[sign].format(listed(names)) for sign, names in told.items() if names)


def listed(names: Sequence[str]) -> str:
    """Write names as a list in words."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def welfare(readings: Readings) -> Said:
    """Check that welfare rises, also if a late day costs little."""
    platform = the_platform(readings)
    full, low = (change(readings, platform, name) for name in (WELFARE, AT_LOW_LATENESS))
    lateness = readings.parameter(wages.STUDY, "welfare.lateness")
    start = (
        f"Welfare changes by {{full}} if a late day costs {lateness:.2f} EUR a parcel, and by {{low}} if it costs "
        f"{LOW_LATENESS:.2f}"
    )
    verbs = {1: "it rises", -1: "it falls", 0: "whether it rises cannot be told"}
    end = (
        f"{verbs[full.sign]} at either price of waiting"
        if full.sign == low.sign
        else f"{verbs[full.sign]} at the first price of waiting, {verbs[low.sign]} at the second, and the price is an assumption"
    )
    sign = -1 if min(full.sign, low.sign) < 0 else min(full.sign, low.sign)
    return say("welfare rises, also at a low price of waiting", sign, f"{start}: {end}.", full=full, low=low)


def drivers_by_group(readings: Readings) -> Said:
    """Check that no group of drivers gains, registering counted."""
    platform = the_platform(readings)
    found = {group: change(readings, platform, f"driver_surplus_total_eur.group.{group}") for group in GROUPS}
    gain, lose, nothing = (
        [group for group in GROUPS if test(found[group])]
        for test in (lambda one: one.sign > 0, lambda one: one.sign < 0, lambda one: one.is_nothing and one.has_interval)
    )
    told = [f"{GROUP_NAMES[group]} {{{group}}}" for group in sorted((*gain, *lose), key=lambda group: -found[group].value)]
    counted = [(len(gain), "gain"), (len(lose), "lose"), (len(nothing), "have nothing of it")]
    counted.append((len(GROUPS) - sum(number for number, _ in counted), "cannot be told to do either"))
    end = ", ".join(f"{number} {what}" for number, what in counted if number)
    text = f"By group, registering counted: {', '.join(told) or 'no change can be told from luck'}. Of {len(GROUPS)} groups {end}."
    sign = -1 if gain else int(len(lose) + len(nothing) == len(GROUPS))
    shown = {group: found[group] for group in (*gain, *lose)}
    return say("no group of drivers gains from the platform", sign, text, **shown)


CLAIMS: dict[str, Claim] = {"who_gains": who_gains, "welfare": welfare, "drivers_by_group": drivers_by_group}


def tables(readings: Readings) -> list[Table]:
    """Return every account's change by policy; drivers by group below."""
    found = policies(readings)
    if not found:
        return []
    rows = [Row(label, changes(readings, found, f"{name}_surplus_total_eur")) for name, (label, _) in ACCOUNTS.items()]
    rows.append(Row("Welfare", changes(readings, found, WELFARE), is_sum=True))
    rows.append(Row(f"at {LOW_LATENESS:.2f} a late day", changes(readings, found, AT_LOW_LATENESS)))
    rows.append(Row("Drivers by group", (), is_head=True))
    rows += [Row(label_of(group), changes(readings, found, f"driver_surplus_total_eur.group.{group}")) for group in GROUPS]
    return [Table("gains", "Winners and losers, million EUR over the run", ("", *(policy.label for policy in found)), tuple(rows))]


def label_of(group: str) -> str:
    """Name a group at the start of a row."""
    name = GROUP_NAMES[group]
    return name[0].upper() + name[1:]


def changes(readings: Readings, found: list[Policy], measure: str) -> tuple[Number, ...]:
    """Return a measure's change under each policy."""
    return tuple(change(readings, policy, measure) for policy in found)


def figures(readings: Readings) -> list[Figure]:
    """Return what the platform changes: on every account, and for drivers by group."""
    try:
        platform = the_platform(readings)
    except NotRunError:
        return []
    one = change(readings, platform, WELFARE)
    accounts = [
        intervals.Row(label, (intervals.Mark(change(readings, platform, f"{name}_surplus_total_eur"), role),))
        for name, (label, role) in ACCOUNTS.items()
    ]
    own = [
        intervals.Row(
            label_of(group), (intervals.Mark(change(readings, platform, f"driver_surplus_total_eur.group.{group}"), "drivers"),)
        )
        for group in GROUPS
    ]
    panels = [
        intervals.Panel("Accounts, million EUR", (*accounts, intervals.Row("Welfare", (intervals.Mark(one, ""),), is_sum=True))),
        intervals.Panel("Drivers by group, million EUR", tuple(own)),
    ]
    title = {
        1: "The platform raises welfare", 0: "Whether the platform raises welfare cannot be told", -1: "The platform lowers welfare"
    }  # fmt: skip
    head = Headline(
        f"{title[one.sign]}; who gains and who loses",
        f"Platform less carriers alone over the season; n = {one.seeds} paired seeds",
    )
    return [
        intervals.figure(
            "gains", head, panels,
            "Means of the paired differences with 95 % intervals. An account's change is its money and what is not "
            "money: time, waiting, "
            "refunded goods. The panels' scales differ.",
        )
    ]  # fmt: skip
