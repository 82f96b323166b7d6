"""The story line: the date and the market of the day in one sentence, why parcels wait, and below it why blocks are left."""

import numpy as np

from model.blocks import station_limit
from model.clock import is_working_day
from model.sights import Answer

from . import season, words
from .amounts import euros, percent, whole
from .session import Session
from .snapshot import Evening, Snapshot

HALF = 0.5  # blocks less full than this are worth a sentence


def date_line(session: Session) -> str:
    """Return the date on the page."""
    return words.day_in_words(session.latest.day.date if session.latest else session.market.today)


def evening(session: Session) -> str:
    """Return the day whose blocks were booked on the evening that is shown: the latest with blocks."""
    return words.day_in_words(session.evening.date) if session.evening else ""


def keys(session: Session) -> str:
    """Say before the first day which keys play; a phone has none."""
    return "" if session.latest else words.KEYS


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
    """Say what the market was like; at the season's end, what came of it."""
    snapshot = session.latest
    if snapshot is None:
        return words.STORY["first"]
    if session.round is not None and snapshot.evening:
        return _round_in_words(snapshot.evening, session.round)
    return season.headline(session) if session.has_just_ended else _day_in_words(snapshot)


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
        room=words.STORY["room"].format(room=whole(min(room_left(snapshot), day.parcels_backlog))) if room_left(snapshot) else "",
    )


def room_left(snapshot: Snapshot) -> float:
    """Return how many parcels the blocks could carry that nobody took."""
    return (snapshot.day.blocks_posted - snapshot.day.blocks_filled) * snapshot.parameters.blocks.parcels


def _round_in_words(evening: Evening, round: int) -> str:
    now = evening.rounds[round - 1]
    posted, left = int(evening.offers["posted"].sum()), int((now["open_before"] - now["taken"]).sum())
    is_open = now["open_before"] > 0
    price = float(now["cents"][is_open].max() if is_open.any() else now["cents"].max()) / 100.0
    return words.STORY["round"].format(
        round=round, rounds=len(evening.rounds), taken=whole(posted - left), posted=whole(posted), price=euros(price)
    )


def cause(session: Session) -> str:
    """Say why parcels wait: how many couriers are missing, and how far blocks could make up for them."""
    snapshot = session.latest
    if snapshot is None:
        platform = session.parameters.platform
        key = "first_alone" if platform.policy == "none" else "first"
        return words.CAUSE[key].format(launch=words.short_day(platform.launch_date))
    if session.has_just_ended:
        return ""
    past = session.past or [snapshot]
    worked, vacancies = next((one for one in reversed(past) if one.day.parcels_arrived), snapshot), past[-1].day.courier_vacancies
    key = "short"
    if worked.is_all_tried:
        key = "tried"
    elif not vacancies:
        key = "staffed"
    elif snapshot.has_blocks:
        key = "limited" if is_limited(snapshot) else "posted"
    return words.CAUSE[key].format(
        couriers=words.couriers(vacancies),
        lack=whole(past[-1].parcels_lacking),
        posted=whole(snapshot.day.blocks_posted),
        could=whole(snapshot.parcels_in_blocks),
    )


def why(session: Session) -> str:
    """Say what was delivered, who looked and who passed."""
    snapshot = session.latest
    if snapshot is None:
        return ""
    if session.has_just_ended:
        return season.summary(session)
    day, evening = snapshot.day, session.evening if snapshot.evening else None
    facts, keys = {}, []
    if day.parcels_arrived and session.round is None:
        keys.append("moved")
        facts |= {
            "arrived": whole(day.parcels_arrived),
            "carriers": whole(day.parcels_delivered_by_carriers),
            "platform": whole(day.parcels_delivered_by_platform),
        }
    if evening:
        keys += _keys_of_evening(snapshot, evening, session.round)
        facts |= _facts_of_evening(snapshot, evening, session.round)
    return " ".join(words.WHY[key].format(**facts) for key in keys)


def _keys_of_evening(snapshot: Snapshot, evening: Evening, round: int | None) -> list[str]:
    """Return which sentences an evening needs."""
    if round is not None:
        return ["round"]
    spare = ["spare"] if used_share(snapshot) < HALF else []
    if snapshot.day.blocks_posted == snapshot.day.blocks_filled:
        return [*spare, "all"]
    is_at_cap = last_price(evening) >= snapshot.cap_per_block
    return [*spare, "cap" if is_at_cap else "open", *(["passed"] if evening.number(Answer.PASSED) else [])]


def _facts_of_evening(snapshot: Snapshot, evening: Evening, round: int | None) -> dict[str, str]:
    """Return what the sentences about an evening need, up to a round."""
    numbers = {answer: evening.number(answer) for answer in Answer}
    still_open = snapshot.day.blocks_posted - snapshot.day.blocks_filled
    takers_hold_more = snapshot.day.blocks_filled > numbers[Answer.TOOK]
    facts = {
        "took": whole(numbers[Answer.TOOK]),
        "what": words.WHY["several" if takers_hold_more and round is None else "one"],
        "passed": whole(numbers[Answer.PASSED]),
        "cannot": whole(numbers[Answer.CANNOT]),
        "late": whole(numbers[Answer.TOO_LATE]),
        "open": whole(still_open),
        "room": whole(room_left(snapshot)),
        "price": euros(float(evening.rounds["cents"][-1].max()) / 100.0),
        "used": percent(used_share(snapshot), 0),
    }
    late = words.WHY["late"].format(late=facts["late"]) if numbers[Answer.TOO_LATE] else ""
    lookers = words.WHY["lookers"].format(**facts, lookers=whole(sum(numbers.values()))) + late
    losses = -evening.sights["perceived_surplus"][evening.sights["answer"] == Answer.PASSED]
    return facts | {"lookers": lookers, "miss": whole(float(np.median(losses))) if losses.size else ""}


def used_share(snapshot: Snapshot) -> float:
    """Return how full driven blocks were; 1 where none was driven."""
    room = snapshot.day.blocks_driven * snapshot.parameters.blocks.parcels * snapshot.parameters.blocks.delivered_share
    return snapshot.day.parcels_delivered_by_platform / room if room else 1.0


def is_limited(snapshot: Snapshot) -> bool:
    """Tell whether the platform posted as many blocks as it may."""
    return snapshot.day.blocks_posted >= limit_of(snapshot)


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
