"""The page's sentences: each computed from the run, each able to say the opposite."""

from experiments.accounts_table import gains
from experiments.closing_table import money, share, whole
from experiments.measures import AT_LOW_LATENESS, LOW_LATENESS, late_share, ratio, totals
from model.roster import GROUPS

from .figures.net_pay import net_by_group
from .people import PEOPLE
from .story import Story


def key_figures(story: Story) -> list[tuple[str, str, str]]:
    """Return the four numbers at the head of the page: value, what it is, what to hold against it."""
    summary, total, n = story.with_platform.summary, totals(story.days), len(story.open_days)
    return [
        (
            f"{whole(ratio(total['blocks_filled'], n))} of {whole(ratio(total['blocks_posted'], n))}",
            "blocks find a driver on a day with blocks",
            f"{share(summary['blocks_filled_share'])} of {whole(total['blocks_posted'])}",
        ),
        (
            f"{money(summary['net_pay_per_hour_eur'])} EUR/h",
            "left after car, tax and the unpaid way",
            f"{money(summary['net_pay_per_hour_full_cost_eur'])} at full car cost",
        ),
        (
            share(summary["share_of_blocks_below_minimum_wage"]),
            "of blocks leave less than the minimum wage",
            f"of {money(story.minimum_wage)} EUR an hour",
        ),
        (
            share(late_share(total)),
            "of parcels come late with the platform",
            f"{share(late_share(totals(story.days_without)))} without it",
        ),
    ]  # fmt: skip


def who_drives(story: Story) -> str:
    """Say how many of the pool registered and drove, and which groups are over-represented."""
    persons, last = story.persons, story.days.iloc[-1]
    drove = persons[persons["blocks_driven"] > 0]["group"].value_counts(normalize=True)
    pool = story.pool["group"].value_counts(normalize=True)
    over = [group for group in GROUPS if drove[group] > 1.15 * pool[group]]
    under = [group for group in GROUPS if drove[group] < pool[group] / 1.15]
    text = (
        f"Of {whole(story.parameters.population.drivers)} people with a car who might do it at some price, "
        f"{whole(last['drivers_aware'])} had heard of the platform by the end, {whole(last['drivers_registered'])} were "
        "still registered, "
        f"and {whole((persons['blocks_driven'] > 0).sum())} drove at least one block."
    )
    if over:
        text += f" Compared with the pool, more {_listed(over)} drive than their number suggests"
        text += f", and fewer {_listed(under)}." if under else "."
    return text


def _listed(groups: list[str]) -> str:
    names = [PEOPLE[group] for group in groups]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def what_is_left(story: Story) -> str:
    """Follow the mean hour from the pay of a block to what is left of it."""
    total = totals(story.days)
    hours, blocks = total["driver_hours"], total["blocks_driven"]
    if not blocks:
        return "No block was driven."
    per_hour = {name: total[f"{name}_total_eur"] / hours for name in ("pay", "mileage", "car_cost", "tax", "net")}
    top_up = f", and {money(per_hour['mileage'])} EUR of mileage top-up" if total["mileage_total_eur"] else ""
    pay_per_block, pay_per_hour = total["pay_total_eur"] / blocks, total["pay_total_eur"] / total["block_hours_driven"]
    return (
        f"A driven block pays {money(pay_per_block)} EUR on average, or {money(pay_per_hour)} EUR for each of its hours. "
        f"With the ways to the station and home it takes {hours / blocks:.1f} hours, so an hour pays {money(per_hour['pay'])} EUR"
        f"{top_up}. Of these the car takes {money(per_hour['car_cost'])}, tax, contributions and withdrawn transfers "
        f"{money(per_hour['tax'])}; {money(per_hour['net'])} EUR are left."
    )


def who_keeps_most(story: Story) -> str:
    """Name the groups that keep most and least, and by how much they differ."""
    groups = net_by_group(story.persons).iloc[:-1]
    if len(groups) < 2:
        return ""
    best, worst = groups.iloc[0], groups.iloc[-1]
    return (
        f"Tax and transfers differ between people, and so does what is left: {PEOPLE[str(groups.index[0])]} keep "
        f"{money(best['marginal'])} EUR an hour, {PEOPLE[str(groups.index[-1])]} {money(worst['marginal'])}."
    )


def how_the_gap_is_met(story: Story) -> str:
    """Say how much of the gap drivers carried, and what that did to late parcels."""
    summary, late, alone = story.with_platform.summary, late_share(totals(story.days)), late_share(totals(story.days_without))
    parcels = story.days["parcels_delivered_by_platform"].sum()
    fewer = story.days_without["parcels_delivered_late"].sum() - story.days["parcels_delivered_late"].sum()
    change = f"{whole(abs(fewer))} {'fewer' if fewer >= 0 else 'more'} parcels come late than with the carriers alone"
    text = (
        f"From the launch on, drivers carry {whole(parcels)} parcels, as many as {share(summary['platform_share_of_gap'])} "
        "of those "
        f"that arrive beyond the carriers’ own couriers. {change}: {share(late)} instead of {share(alone)}."
    )
    saved = ratio(fewer, parcels)
    if saved > 1:
        text += (
            f" A parcel carried saves {saved:.1f} late ones: queues are served first in, first out, "
            "so a shorter queue helps everybody behind it."
        )
    return f"{text} {how_typical(story)}" if len(story.seasons) > 1 else text


def how_prices_move(story: Story) -> str:
    """Say how the price rule works and how often it meets its cap."""
    days, platform, blocks = story.open_days, story.parameters.platform, story.parameters.blocks
    at_cap = int((days["pay_highest_offer_per_block_eur"] >= story.pay_cap_per_block).sum())
    full = int((days["blocks_filled"] == days["blocks_posted"]).sum())
    return (
        f"The rule wants {100 * platform.fill_target:g} % of a slot’s blocks taken when {100 * blocks.escalation_share:g} % of the "
        "booking time is over. It lowers the next evening’s first offer when more are taken, raises it when fewer are, and "
        "adds a step per round "
        f"to what is still open. On {at_cap} of {len(days)} days with blocks the last offers reached the cap of "
        f"{story.pay_cap_per_block:.0f} EUR; "
        f"on {full} days every block found a driver."
    )


def who_gains(story: Story) -> str:
    """Say what drivers gain and expected, and on what the sign of welfare hangs."""
    total = totals(story.days)
    expected, true = total["block_surplus_perceived_total_eur"], total["block_surplus_total_eur"]
    entry = total["entry_money_eur"] + total["entry_time_value_eur"]
    sums = total["driver_surplus_total_eur"]
    gains = "gain" if true > 0 else "lose"
    text = f"On the blocks they drove, drivers {gains} {whole(abs(true))} EUR, their own time counted at its value. "
    if expected > true:
        text += f"They expected {whole(expected)} EUR: at first they see only part of what car and tax will cost. "
    leaves = f"leaves them {'a gain' if sums > 0 else 'a loss'} of {whole(abs(sums))} EUR"
    return (
        f"{text}Registering cost them {whole(entry)} EUR in money and hours, so that the season {leaves}. {what_welfare_is(story)}"
    )


def what_welfare_is(story: Story) -> str:
    """Say how large welfare is with the scenario's and with the lowest value of a day's delay."""
    gained = gains(story.with_platform.tables["ledger"], story.without.tables["ledger"])
    welfare, lateness = sum(gain.surplus for gain in gained.values()), story.parameters.welfare.lateness
    low = story.with_platform.summary[AT_LOW_LATENESS] - story.without.summary[AT_LOW_LATENESS]
    ledgers = (story.with_platform.tables["ledger"], story.without.tables["ledger"])
    waiting, waiting_alone = (ledger.loc[ledger["flow"] == "N4", "amount_eur"].sum() for ledger in ledgers)
    still = "rises" if welfare > 0 else "falls"
    spared = "less" if waiting > waiting_alone else "more"
    return (
        f"Together, welfare {still} by {abs(welfare) / 1e6:.1f} million EUR. In it, {spared} waiting counts for "
        f"{abs(waiting - waiting_alone) / 1e6:.1f} million, at an assumed {money(lateness)} EUR per late parcel and working day. "
        f"At {money(LOW_LATENESS)} EUR it would {'rise' if low > 0 else 'fall'} by {abs(low) / 1e6:.1f} million."
    )


def one_season(story: Story) -> str:
    """Say how far the season told here stands for others."""
    seasons, net = story.seasons, story.seasons["net_pay_per_hour_eur"]
    points = 100 * (seasons["parcels_late_share_without"] - seasons["parcels_late_share"])
    return (
        f"Everything above is one draw of one season. Over {len(seasons)} seeds the platform lowers the late share by "
        f"{points.median():.1f} percentage points in the median; here by {points.iloc[0]:.1f}. {how_typical(story)} "
        f"What is left of an hour lies between {money(net.min())} and {money(net.max())} EUR in all of them."
    )


def how_typical(story: Story) -> str:
    """Say by which share late parcels fall here and in the median season, and where that puts this season."""
    falls = story.late_reductions
    rank, number = int((falls > falls.iloc[0]).sum()) + 1, len(falls)
    place = "the most of" if rank == 1 else "the least of" if rank == number else f"number {rank} of"
    return (
        f"Late parcels fall by {100 * falls.iloc[0]:.0f} % here, {place} {number} seasons that differ by their draws only, "
        f"and by {100 * falls.median():.0f} % in the median season."
    )


def one_block(story: Story) -> str:
    """Introduce the budgets; nothing where nobody was driving on their day."""
    if not story.typical:
        return ""
    return (
        "One block at the highest price shows the steps. The last two lines count the driver’s own time at what an hour of "
        "that morning "
        "was worth to this person: a block is taken when it looks like a gain, so the typical driver of a group need not be "
        "one who takes it."
    )
