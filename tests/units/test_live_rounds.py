"""An evening round by round: it is shown as it stood, and the day after it is not yet known."""

from datetime import date

import numpy as np

from model.looks import looks_of_evening
from model.sights import Answer
from results.live import compared, frames, season, story
from results.live.amounts import whole as whole_number
from results.live.charts import cloud
from tests.units.seasons import LAUNCHED, compare, pass_days, session_of


def test_rounds_are_shown_one_by_one_and_then_the_day():
    session = session_of()
    pass_days(session, LAUNCHED)
    shown = []
    while session.latest.evening is None or session.round is None:
        session.next_round()
    days = session.days_passed
    rounds = len(session.latest.evening.rounds)
    while session.round is not None:
        message = frames.evening(session, None)
        filled = [row for row in message["board"] if len(row) > 1]
        assert len(filled) == session.round
        shown.append(sum(len(dots) for dots in message["dots"][:-1]))
        assert len(session.past) == days - 1
        session.next_round()
    assert len(shown) == rounds
    assert shown == sorted(shown)
    assert shown[-1] == len(session.latest.evening.sights)
    assert session.days_passed == days == len(session.past)


def test_an_evening_so_far_is_who_has_looked_by_then_and_what_they_have_done():
    session = session_of()
    pass_days(session, LAUNCHED)
    while session.round is None:
        session.next_round()
    whole = session.latest.evening
    _, looks, starts = looks_of_evening(whole.people.copy(), np.arange(whole.people.size), whole.terms)
    has_looked_again = False
    while session.round is not None:
        round, evening = session.round, session.evening
        have_looked = np.unique(looks[: starts[round]])
        assert evening.people["person"].tolist() == whole.people["person"][have_looked].tolist()
        takers = set(whole.trades["row"][whole.trades["round"] <= round].tolist())
        assert evening.number(Answer.TOOK) == len(takers)
        assert f"of {whole_number(have_looked.size)} people who opened the app" in story.why(session)
        assert sum(map(len, cloud.dots(evening, None))) == have_looked.size
        has_looked_again |= np.count_nonzero(whole.sights["round"] <= round) < have_looked.size
        session.next_round()
    assert has_looked_again
    assert evening.sights.tobytes() == whole.sights.tobytes()


def test_today_is_left_out_everywhere_until_its_evening_is_over():
    session = session_of()
    session.change("carriers.starting_gap_share", 0.1)
    session.begin(session.again())
    compare(session)
    pass_days(session, LAUNCHED + 20)
    while session.round is None:
        before = season.late(session), compared.differences(session), story.cause(session)
        session.next_round()
    lacks = before[2].split(",")[0]
    assert lacks.startswith("Carriers lack ")
    assert (season.late(session), compared.differences(session)) == before[:2]
    assert story.cause(session).startswith(f"{lacks},")
    assert [snapshot.day for snapshot in session.past] == session.diary[-len(session.past) :]
    assert [snapshot.day.date for snapshot in session.beside] == [snapshot.day.date for snapshot in session.past]
    while session.round is not None:
        session.next_round()
    assert season.late(session) != before[0]
    assert compared.differences(session) != before[1]


def test_the_last_evening_round_by_round_is_not_yet_the_end():
    session = session_of(scenario__end_date=date(2017, 11, 30))
    while session.market.today < date(2017, 11, 30):
        session.advance()
    session.next_round()
    assert session.round == 1
    assert not session.has_just_ended
    assert story.cause(session)
    while session.round is not None:
        session.next_round()
    assert session.has_just_ended
