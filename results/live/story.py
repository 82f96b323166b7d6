"""The story line: the date and the market of the day in one sentence, and below it why blocks or parcels are left."""

import numpy as np

from model.blocks import station_limit
from model.clock import is_working_day
from model.parameters import Parameters
from model.sights import Answer

from . import words
from .session import Session
from .snapshot import Evening, Snapshot


def date_line(session: Session) -> str:
    """Return the date on the page."""
    return words.day_in_words(session.latest.day.date if session.latest else session.market.today)


def progress(session: Session) -> str:
    """Say which run it is, and how far the season has come."""
    period = session.given.parameters.scenario
    return words.PROGRESS.format(
        scenario=session.given.name,
        seed=session.seed,
        day=whole(session.days_passed),
        days=whole((period.end_date - period.start_date).days + 1),
    )


def sentence(session: Session) -> str:
    """Say what the market was like."""
    snapshot, launch = session.latest, session.parameters.platform.launch_date
    if snapshot is None:
        return words.STORY["first"].format(launch=words.short_day(launch))
    if session.round is not None and snapshot.evening:
        return _round_in_words(snapshot.evening, session.round)
    return _day_in_words(snapshot)


def _day_in_words(snapshot: Snapshot) -> str:
    day, platform = snapshot.day, snapshot.parameters.platform
    key = "rest"
    if snapshot.evening:
        key = "blocks" if day.blocks_taken else "nothing_taken"
    elif platform.policy == "none":
        key = "no_platform"
    elif day.date < platform.launch_date:
        key = "before"
    elif is_working_day(day.date):
        key = "none"
    return words.STORY[key].format(
        launch=words.short_day(platform.launch_date),
        posted=whole(day.blocks_posted),
        taken=whole(day.blocks_filled),
        price=euros(last_price(snapshot.evening)) if snapshot.evening else "",
        waiting=whole(day.parcels_backlog),
    )


def _round_in_words(evening: Evening, round: int) -> str:
    now = evening.rounds[round - 1]
    posted, left = int(evening.offers["posted"].sum()), int((now["open_before"] - now["taken"]).sum())
    is_open = now["open_before"] > 0
    price = float(now["cents"][is_open].max() if is_open.any() else now["cents"].max()) / 100.0
    return words.STORY["round"].format(
        round=round, rounds=len(evening.rounds), taken=whole(posted - left), posted=whole(posted), price=euros(price)
    )


def why(session: Session) -> str:
    """Say what was delivered, who looked and who passed, and what keeps the platform from more."""
    snapshot = session.latest
    if snapshot is None:
        return words.WHY["first"]
    day, evening = snapshot.day, snapshot.evening
    numbers = {
        "arrived": day.parcels_arrived,
        "carriers": day.parcels_delivered_by_carriers,
        "platform": day.parcels_delivered_by_platform,
    }
    facts = {name: whole(number) for name, number in numbers.items()}
    keys = ["moved"] if day.parcels_arrived and session.round is None else []
    if evening:
        facts |= _facts_of_evening(snapshot, evening, session.round)
        are_left = day.blocks_posted > day.blocks_filled
        has_passed = evening.number(Answer.PASSED) > 0
        keys += (
            ["round"]
            if session.round is not None
            else ["open", *(["passed"] if has_passed else []), *_bounds(snapshot)]
            if are_left
            else ["all", *(["limit"] if is_limited(snapshot) else [])]
        )
        keys += ["beyond"] if session.round is None and day.parcels_backlog > could_carry(snapshot) else []
    keys += ["over"] if session.has_just_ended and session.round is None else []
    return " ".join(words.WHY[key].format(**facts) for key in keys)


def _facts_of_evening(snapshot: Snapshot, evening: Evening, round: int | None) -> dict[str, str]:
    """Return what the sentences about an evening need, up to a round."""
    numbers = {answer: evening.number(answer, round) for answer in Answer}
    facts = {
        "took": whole(numbers[Answer.TOOK]),
        "passed": whole(numbers[Answer.PASSED]),
        "cannot": whole(numbers[Answer.CANNOT]),
        "late": whole(numbers[Answer.TOO_LATE]),
        "open": whole(snapshot.day.blocks_posted - snapshot.day.blocks_filled),
        "price": euros(float(evening.rounds["cents"][-1].max()) / 100.0),
        "cap": euros(snapshot.cap_per_block),
        "limit": whole(limit_of(snapshot)),
        "posted": whole(snapshot.day.blocks_posted),
        "could": whole(could_carry(snapshot)),
    }
    late = words.WHY["late"].format(late=facts["late"]) if numbers[Answer.TOO_LATE] else ""
    lookers = words.WHY["lookers"].format(**facts, lookers=whole(sum(numbers.values()))) + late
    losses = -evening.sights["perceived_surplus"][evening.sights["answer"] == Answer.PASSED]
    return facts | {"lookers": lookers, "miss": whole(float(np.median(losses))) if losses.size else ""}


def _bounds(snapshot: Snapshot) -> list[str]:
    """Return what keeps the platform from more: its cap, or how many blocks it posts."""
    evening = snapshot.evening
    is_at_cap = evening is not None and last_price(evening) >= snapshot.cap_per_block
    return [key for key, holds in (("cap", is_at_cap), ("limit", is_limited(snapshot))) if holds]


def is_limited(snapshot: Snapshot) -> bool:
    """Tell whether the platform posted as many blocks as it may."""
    return snapshot.day.blocks_posted >= limit_of(snapshot)


def could_carry(snapshot: Snapshot) -> float:
    """Return how many parcels the posted blocks would take along, were all of them driven."""
    return snapshot.day.blocks_posted * snapshot.parameters.blocks.parcels


def limit_of(snapshot: Snapshot) -> int:
    """Return how many blocks the platform may post on a day."""
    platform = snapshot.parameters.platform
    return station_limit((snapshot.day.date - platform.launch_date).days, platform)


def last_price(evening: Evening) -> float:
    """Return the highest price of the last round in which a block was taken, EUR; of the last round if none was."""
    taken = evening.rounds["taken"] > 0
    rounds = [row for row in range(len(evening.rounds)) if taken[row].any()]
    if not rounds:
        return float(evening.rounds["cents"][-1].max()) / 100.0
    return float(evening.rounds["cents"][rounds[-1]][taken[rounds[-1]]].max()) / 100.0


def slot_name(parameters: Parameters, slot: int) -> str:
    """Return a slot's hours."""
    start, hours = parameters.blocks.slot_starts[slot], parameters.blocks.slot_hours[slot]
    return f"{_clock(start)}–{_clock(start + hours)} h"


def _clock(hour: float) -> str:
    minutes = round(60 * (hour % 1))
    return f"{int(hour) % 24}:{minutes:02d}" if minutes else f"{int(hour) % 24}"


def whole(number: float) -> str:
    """Write a count."""
    return f"{number:,.0f}"


def euros(amount: float) -> str:
    """Write EUR, cents only where there are any."""
    return signed(amount, 0 if abs(amount - round(amount)) < 0.005 else 2)


def signed(amount: float, digits: int = 2) -> str:
    """Write a number with a true minus; what rounds to nothing has no sign."""
    text = f"{amount:,.{digits}f}"
    return text.lstrip("-") if not float(text.replace(",", "")) else text.replace("-", "−")
