"""What everybody saw of an evening, put together again, is what an onlooker saw look by look."""

import numpy as np
import pytest

from experiments.decision.decide import Evening as Onlooker
from experiments.decision.decide import told
from model import BlockMarket
from model.roster import Status
from model.sights import Answer
from results.live.watched import WatchedMarket
from tests.conftest import BUSY

DAYS = 50
VARIANTS = {
    "busy": {},
    "scarce": {"platform.station_limit": 20, "platform.station_limit_at_launch": 20},
    "two stations": {"platform.stations": ("Tegel", "Mariendorf"), "blocks.cancellation": 0.6},
    "one block a day": {"blocks.per_driver_day": 1, "blocks.rounds": 4},
}


def markets(variant):
    from model import Parameters

    parameters = Parameters().with_values(BUSY | VARIANTS[variant])
    return WatchedMarket(parameters, 3), BlockMarket(parameters, rng=3)


@pytest.mark.parametrize("variant", VARIANTS)
def test_sights_are_those_of_an_onlooker(variant):
    watched, plain = markets(variant)
    for _ in range(DAYS):
        watched.step()
        plain.step()
    answers = np.zeros(len(Answer), int)
    for _ in range(3):
        evening = look_on(watched, plain)
        if evening is None:
            continue
        answers += np.bincount(evening["answer"], minlength=len(Answer))
    assert (answers[[Answer.TOOK, Answer.CANNOT]] > 0).all()


def look_on(watched, plain):
    """Let both markets pass a day, and compare every opener's sight with the onlooker's, person by person."""
    registered = plain.drivers["person"][plain.drivers["status"] == Status.REGISTERED]
    onlookers = [Onlooker(plain, person=int(person)) for person in registered]
    plain.onlooker = lambda look: [onlooker(look) for onlooker in onlookers if plain.drivers["person"][look.row] == onlooker.person]
    watched.step()
    plain.step()
    evening = watched.snapshot.evening
    if evening is None:
        return None
    for onlooker in onlookers:
        place = evening.place_of(onlooker.person)
        assert (place is not None) == bool(onlooker.looks)
        if place is not None:
            compare(evening, place, onlooker)
    return evening.sights


def compare(evening, place, onlooker):
    sight = evening.sights[place]
    assert sight["looks"] == len(onlooker.looks)
    if not onlooker.own:
        assert sight["answer"] == Answer.TOO_LATE
        return
    expected, decision = told(onlooker), evening.decision(place)
    assert (decision.sight.is_chosen, decision.sight.round) == (expected.is_chosen, expected.round)
    assert decision.sight.offer["cents"] == expected.offer["cents"]
    assert decision.sight.offer["slot"] == expected.offer["slot"]
    assert decision.sight.explanation == expected.explanation
    assert decision.sight.explanation.shocks == expected.explanation.shocks
    assert sight["perceived_surplus"] == expected.explanation.perceived_surplus
    can = expected.explanation.hindrance == 0
    assert sight["answer"] == (Answer.TOOK if expected.is_chosen else Answer.PASSED if can else Answer.CANNOT)


def test_a_watched_market_is_the_market():
    watched, plain = markets("busy")
    watched.run(days=60)
    plain.run(days=60)
    assert watched.days.equals(plain.days)
    assert watched.drivers.tobytes() == plain.drivers.tobytes()


def test_a_snapshot_adds_up_to_the_day():
    watched, _ = markets("busy")
    for _ in range(60):
        watched.step()
        snapshot, day = watched.snapshot, watched.snapshot.day
        for sums in (snapshot.groups, snapshot.districts):
            assert sums["blocks"].sum() == day.blocks_driven
            assert sums["below"].sum() == day.blocks_below_minimum_wage
            assert sums["pay"].sum() == pytest.approx(day.pay_total_eur, rel=1e-9)
            assert sums["net"].sum() == pytest.approx(day.net_total_eur, rel=1e-9, abs=1e-6)
            assert sums["hours"].sum() == pytest.approx(day.driver_hours, rel=1e-9)
        assert snapshot.active.sum() == day.drivers_active


def test_a_snapshot_cannot_be_written():
    watched, _ = markets("busy")
    watched.run(days=50)
    with pytest.raises(ValueError, match="read-only"):
        watched.snapshot.districts["pay"] = 0.0
