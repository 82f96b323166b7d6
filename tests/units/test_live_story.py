"""What the page says: why parcels wait, how many are late, what levers changed and since when, how a season ended."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from experiments.measures import summary_of
from experiments.scenario import Scenario
from model import Parameters
from model.parameters import Change
from model.sights import Answer
from model.sources import facts
from model.welfare import ledger_frame
from results.live import compared, person, played, season, story, words
from results.live.amounts import percent, whole
from results.live.charts import drivers, gap, pay
from results.live.charts.frame import LABEL_WIDTH, labelled, round_axis
from results.live.levers import GROUPS, LEVERS, levers, taken, typed
from results.live.origins import origin, sentences
from results.live.session import Session
from tests.conftest import BUSY
from tests.units.seasons import CAP, LAUNCHED, compare, pass_days, session_of

LIMIT = "platform.station_limit"


def to_the_end(session):
    while not session.is_over:
        session.advance()


# --- why parcels wait ---


def test_missing_couriers_would_deliver_what_carriers_gain_by_hiring_them():
    session = session_of(LAUNCHED)
    market, snapshot = session.market, session.latest
    day, failed = snapshot.day.date, snapshot.parameters.carriers.failed_to_queue
    before = sum(carrier.normal_attempts(day) for carrier in market.carriers)
    market.carriers[0].couriers += snapshot.day.courier_vacancies
    gained = (sum(carrier.normal_attempts(day) for carrier in market.carriers) - before) * (1.0 - failed)
    assert snapshot.day.courier_vacancies > 0
    assert snapshot.parcels_lacking == pytest.approx(gained, rel=1e-9)
    assert f"{whole(gained)} parcels a day" in story.cause(session)


def test_the_cause_says_what_all_posted_blocks_could_carry_and_whether_more_may_be_posted():
    session, bounded = session_of(LAUNCHED), session_of(LAUNCHED, platform__station_limit=20)
    for one in (session, bounded):
        while one.latest.evening is None or one.latest.is_all_tried:
            one.advance()
        could = one.latest.day.blocks_posted * one.latest.parameters.blocks.parcels
        assert f"carry {whole(could)}." in story.cause(one)
        is_limited = one.latest.day.blocks_posted == story.limit_of(one.latest)
        assert ("as many as the platform may post" in story.cause(one)) == is_limited
    assert bounded.latest.day.blocks_posted == 20


def test_where_everything_was_tried_no_courier_is_said_to_be_missed():
    session = session_of(1)
    day, failed = session.latest.day, session.latest.parameters.carriers.failed_to_queue
    assert day.parcels_backlog == pytest.approx(day.parcels_delivered_by_carriers / (1.0 - failed) * failed, rel=1e-9)
    assert story.cause(session) == words.CAUSE["tried"]
    short = session_of(LAUNCHED)
    assert not short.latest.is_all_tried
    assert story.cause(short).startswith("Carriers lack")


def test_open_blocks_are_told_with_the_room_in_them_and_the_cap_only_where_it_binds():
    session = session_of(LAUNCHED)
    while not (session.latest.evening and session.latest.day.blocks_filled < session.latest.day.blocks_posted):
        session.advance()
    day, told = session.latest.day, story.why(session)
    still_open = day.blocks_posted - day.blocks_filled
    assert f"{still_open} blocks, room for {whole(still_open * session.latest.parameters.blocks.parcels)} parcels" in told
    is_at_cap = story.last_price(session.latest.evening) >= session.latest.cap_per_block
    assert ("the most the platform may pay" in told) == is_at_cap


def test_of_the_parcels_that_wait_the_line_says_how_many_the_open_blocks_could_carry():
    told = set()
    session = session_of(LAUNCHED)
    for _ in range(12):
        session.advance()
        day = session.latest.day
        still_open = day.blocks_posted - day.blocks_filled
        could = min(36 * still_open, day.parcels_backlog)
        assert (f"wait, of them the open blocks could carry {whole(could)}" in story.sentence(session)) == (still_open > 0)
        told.add(still_open > 0)
    assert told == {True, False}


def test_losses_are_told_against_the_price_at_the_last_look():
    session = session_of(LAUNCHED)
    while not (session.latest.evening and session.latest.evening.number(Answer.PASSED) and "pass" in story.why(session)):
        session.advance()
    assert "the best price at their last look was less than car, tax and own time cost them, for half of them by" in story.why(
        session
    )


def test_people_who_took_fewer_blocks_than_were_filled_took_one_or_more():
    session = session_of(LAUNCHED)
    told = set()
    for _ in range(12):
        session.advance()
        if session.latest.evening:
            more = session.latest.day.blocks_filled > session.latest.evening.number(Answer.TOOK)
            assert (words.WHY["several"] in story.why(session)) == more
            told.add(more)
    assert True in told


def test_blocks_that_drove_half_empty_are_told():
    session = session_of(LAUNCHED)
    while session.latest.evening is None:
        session.advance()
    assert story.used_share(session.latest) > story.HALF
    assert "full." not in story.why(session)
    day = session.latest.day
    day.parcels_delivered_by_platform *= 0.25
    assert 0.1 < story.used_share(session.latest) < story.HALF
    assert f"their blocks were {percent(story.used_share(session.latest), 0)} full." in story.why(session)


# --- lateness ---


def test_lateness_is_that_of_the_summary():
    session = session_of(LAUNCHED, carriers__starting_gap_share=0.1)
    share = summary_of(session.market.diary, session.parameters)["parcels_late_share"]
    assert 0.001 < share < 1.0
    assert f"({100 * share:.1f} %)" in season.late(session)
    assert season.late(session_of(1)) == words.LATE["none"]


def test_what_is_not_nothing_does_not_look_like_nothing():
    assert percent(0.0) == "0.0 %"
    assert percent(0.0001) == "under 0.1 %"
    assert percent(0.0125) == "1.2 %"


def test_late_is_explained_by_the_promise_of_the_run():
    assert "more than a working day" in season.late_tip(Parameters())
    assert "more than 2 working days" in season.late_tip(Parameters().with_values({"carriers.promise_days": 2}))


def test_at_the_end_nothing_is_said_so_far():
    session = session_of(carriers__starting_gap_share=0.1)
    to_the_end(session)
    share = summary_of(session.market.diary, session.parameters)["parcels_late_share"]
    assert season.late(session).endswith(f"parcels late ({100 * share:.1f} %).")
    session.advance()
    assert "so far" in season.late(session)


# --- what levers changed ---


def test_differences_are_counted_from_the_first_change_on():
    session = session_of(LAUNCHED + 5)
    session.change(CAP, 28.0)
    compare(session)
    assert compared.differences(session) == words.COMPARED["same"]
    first = session.market.today
    pass_days(session, 3)
    session.change("cars.fuel_price_factor", 1.5)
    pass_days(session, 4)
    assert f"Your changes, since {words.short_day(first)}: " in compared.differences(session)
    means = []
    for market in (session.market, session.twin.market):
        days = market.days[market.days["date"].dt.date >= first]
        means.append(days["pay_total_eur"].sum() / days["blocks_driven"].sum())
    assert f"pay {abs(means[0] - means[1]):.2f} EUR a block {'higher' if means[0] > means[1] else 'lower'}" in compared.differences(
        session
    )


def test_what_was_changed_at_the_start_differs_from_the_first_day():
    session = session_of()
    session.change("carriers.starting_gap_share", 0.1)
    session.begin(session.again())
    compare(session)
    pass_days(session, LAUNCHED)
    session.change(CAP, 28.0)
    session.advance()
    assert session.changed_from == session.market.diary[0].date
    assert "Your changes, since 9 Oct: " in compared.differences(session)


def test_a_dated_change_that_a_start_over_took_out_differs_from_its_day_on():
    day = date(2017, 11, 20)
    given = Parameters().with_values(BUSY).with_changes([Change(day, CAP, 28.0)])
    session = Session(Scenario("raised", "", given), 0)
    session.change(CAP, 20.0)
    session.change(CAP, 16.0)
    session.begin(session.again())
    assert session.changed_from == day
    compare(session)
    while session.market.today < date(2017, 12, 1):
        session.advance()
    session.change("cars.fuel_price_factor", 1.3)
    session.advance()
    assert "Your changes, since 20 Nov: " in compared.differences(session)


# --- the end of a season ---


def test_the_end_is_summed_up_from_diary_and_ledger():
    session = session_of()
    to_the_end(session)
    total = session.market.days.sum(numeric_only=True)
    assert (
        story.sentence(session)
        == f"the season is over; {total['blocks_filled']:,.0f} of {total['blocks_posted']:,.0f} blocks taken"
    )
    assert story.cause(session) == ""
    told = story.why(session)
    assert f"paid {total['pay_total_eur'] / total['block_hours_driven']:.2f} EUR" in told
    assert f"{total['net_total_eur'] / total['driver_hours']:.2f} were left" in told
    ledger = ledger_frame(session.market.diary, session.market.parameters)
    paid = ledger[ledger["amount_eur"] > 0].groupby("flow")["amount_eur"].sum() / 1000.0
    assert f"Carriers paid the platform {paid['F2']:,.0f} thousand EUR, the platform paid drivers {paid['F3']:,.0f};" in told
    assert f"car and tax took {paid['F5'] + paid['F6']:,.0f} of it" in told
    assert "Your changes" not in told
    session.advance()
    assert "the season is over" not in story.sentence(session)


def test_at_the_end_those_who_gained_by_a_change_are_those_of_the_accounts():
    session = session_of(LAUNCHED)
    session.change(CAP, 28.0)
    compare(session)
    to_the_end(session)
    now, before = (summary_of(market.diary, market.parameters) for market in (session.market, session.twin.market))
    gained = (now["platform_surplus_total_eur"] - before["platform_surplus_total_eur"]) / 1000.0
    assert abs(gained) >= 0.5
    assert all(f"{name} " in season.gains(session) for name in words.ACCOUNTS.values())
    accounts = [name for name in now if name.endswith("_surplus_total_eur")]
    together = sum(now[name] - before[name] for name in accounts) / 1000.0
    assert len(accounts) == len(words.ACCOUNTS)
    assert f"together {'+' if together > 0 else '−'}{abs(together):,.0f}. Drivers" in season.gains(session)
    assert f"the platform {'+' if gained > 0 else '−'}{abs(gained):,.0f}" in season.gains(session)
    assert f"without your changes {100 * before['parcels_late_share']:.1f} %" in season.late(session)


def test_a_mileage_top_up_is_part_of_the_pay_that_is_told():
    session = session_of(LAUNCHED)
    session.change("policy.mileage_eur_per_km", 0.3)
    compare(session)
    to_the_end(session)
    days = session.market.days
    total = days.sum(numeric_only=True)
    pay = (total["pay_total_eur"] + total["mileage_total_eur"]) / total["block_hours_driven"]
    assert total["mileage_total_eur"] > 0
    assert f"An hour in a block was paid {pay:.2f} EUR with the mileage top-up;" in season.summary(session)
    since = session.changed_from
    means = []
    for market in (session.market, session.twin.market):
        sums = market.days[market.days["date"].dt.date >= since].sum(numeric_only=True)
        means.append((sums["pay_total_eur"] + sums["mileage_total_eur"]) / sums["blocks_driven"])
    assert f"pay with the mileage top-up {abs(means[0] - means[1]):.2f} EUR a block" in compared.differences(session)


def test_a_season_without_blocks_ends_without_accounts():
    session = session_of(platform__policy="none")
    to_the_end(session)
    assert story.sentence(session) == words.STORY["over_alone"]
    assert story.why(session) == words.SEASON["goes_on"]


# --- seasons side by side ---


def test_seasons_played_to_their_end_stand_side_by_side_with_what_luck_alone_moved():
    session = session_of(carriers__starting_gap_share=0.1)
    assert (played.rows(session), played.luck(session)) == ([], "")
    shares = []
    for _ in range(2):
        to_the_end(session)
        summary = summary_of(session.market.diary, session.parameters)
        shares.append(100 * summary["parcels_late_share"])
        seed, levers_told, late, blocks, left = played.rows(session)[-1]
        total = session.market.days.sum(numeric_only=True)
        assert (seed, levers_told, late) == (str(session.seed), "as opened", f"{shares[-1]:.1f} %")
        assert blocks == f"{total['blocks_filled']:,.0f} of {total['blocks_posted']:,.0f}"
        assert left == f"{total['net_total_eur'] / total['driver_hours']:.2f} EUR"
        session.begin(session.other_luck())
    assert abs(shares[0] - shares[1]) > 0.1
    assert f"in the 2 seasons with the same levers {min(shares):.1f} % to {max(shares):.1f} % of parcels" in played.luck(session)


def test_a_season_is_kept_once_with_its_levers_and_since_when():
    session = session_of(LAUNCHED)
    session.change(CAP, 28.0)
    day = words.short_day(session.market.today)
    to_the_end(session)
    session.begin(session.again())
    to_the_end(session)
    pass_days(session, 3)
    session.begin(session.again())
    to_the_end(session)
    assert [row[1] for row in played.rows(session)] == [f"Highest pay 28 EUR/h from {day}", "Highest pay 28 EUR/h"]
    assert played.luck(session) == words.LUCK["may"]


def test_a_dated_change_that_was_taken_out_is_a_lever_too():
    given = Parameters().with_values(BUSY).with_changes([Change(date(2017, 11, 20), "carriers.wage_factor", 1.3)])
    session = Session(Scenario("busy", "", given), 0)
    pass_days(session, 5)
    assert played.levers_of(session) == ()
    session.change("carriers.wage_factor", 1.0)
    session.begin(session.again())
    assert played.levers_of(session) == (("carriers.wage_factor", 1.0, None),)


# --- where numbers come from ---


def test_no_hint_names_a_fact_by_its_id():
    ids = re.compile(rf"\b({'|'.join(map(re.escape, facts()))})\b")
    for quantity in Parameters().table().values():
        told = origin(quantity.source)
        assert not ids.search(told), told
        assert ".." not in told
    assert origin(Parameters().table()[CAP].source) == "Source: heise online, 'Amazon Flex kommt nach Berlin', 2017-11."


def test_sentences_end_once():
    assert sentences("One", "", "two.", "three?") == "One. two. three?"


def test_nobody_is_called_he_and_nothing_is_said_twice():
    session = session_of(LAUNCHED)
    while session.latest.evening is None:
        session.advance()
    for number in session.evening.people["person"][:200].tolist():
        told = person.told(session, number)
        texts = [told.who, told.about, told.block, told.verdict, told.wants]
        texts += [text for lines in told.budget.values() for label, _, how, sources, _ in lines for text in (label, how, sources)]
        assert not re.search(r"\b(he|his|him|she|her)\b", " ".join(texts))
        assert not any(".." in text for text in texts)


# --- levers ---


def test_every_lever_stands_in_one_group_and_has_words():
    assert sorted(LEVERS) == sorted(words.LEVERS) == sorted(name for names in GROUPS.values() for name in names)
    assert set(GROUPS) == set(words.LEVER_GROUPS)


def test_the_limit_on_blocks_is_a_lever_in_whole_numbers():
    (lever,) = [lever for lever in levers(Parameters(), 8.84) if lever.name == LIMIT]
    assert (lever.low, lever.high, lever.value) == (100, 1000, 400)
    assert (lever.low + 30 * lever.step) == lever.value
    for value in (taken(lever, 500.0), typed(lever, "500")):
        assert (value, type(value)) == (500, int)
    session = session_of(LAUNCHED)
    session.change(LIMIT, taken(lever, 10.0))
    pass_days(session, 7)
    assert max(day.blocks_posted for day in session.market.diary[-7:]) == 10


# --- charts ---


def test_the_gap_is_drawn_to_one_scale():
    session = session_of(LAUNCHED)
    while session.latest.evening is None:
        session.advance()
    row = dict(zip(("date", *gap.COLUMNS), gap.row(session.past, []), strict=True))
    assert row["lack"] == round(session.latest.parcels_lacking / 1000, 2)
    assert row["could"] == round(session.latest.day.blocks_posted * 36 / 1000, 2)
    assert row["carried"] == round(session.latest.day.parcels_delivered_by_platform / 1000, 2)
    assert row["carried"] <= row["could"]


def test_pay_without_the_changes_stays_on_the_axis():
    session = session_of()
    session.change(CAP, 12.0)
    session.begin(session.again())
    low, high = (pay.option(session)["yAxis"][end] for end in ("min", "max"))
    compare(session)
    pass_days(session, LAUNCHED + 20)
    axis = pay.option(session)["yAxis"]
    means = [day.pay_mean_per_block_eur for day in session.twin.market.diary if day.blocks_driven]
    assert low < high < max(means)
    assert axis["min"] <= min(means) <= max(means) <= axis["max"]


def test_no_group_is_named_before_anybody_drives():
    session = session_of(1)
    assert set(drivers.row(session.past, [])[1:]) == {None}
    pass_days(session, LAUNCHED + 10)
    assert None not in drivers.row(session.past, [])[1:-1]


@pytest.mark.parametrize("days", [(0, 1, 2), (3, 40, 41, 80, 99), (0, 31, 62, 93), (99,), ()])
def test_names_over_marks_do_not_overlap_and_the_latest_is_named(days):
    first, last = date(2017, 10, 9), date(2017, 10, 9) + timedelta(100)
    marks = labelled([(first + timedelta(day), [CAP, LIMIT]) for day in days], first, last)
    assert [mark["xAxis"] for mark in marks] == [(first + timedelta(day)).isoformat() for day in days]
    assert all(mark["name"] == "Highest pay, Most blocks a day" for mark in marks)
    named = [day for day, mark in zip(days, marks, strict=True) if mark["label"]["formatter"]]
    assert all(b - a >= 100 * LABEL_WIDTH for a, b in pairwise(named))
    assert named[-1:] == list(days[-1:])
    assert {mark["label"]["formatter"] for mark in marks} <= {"Highest pay +1", ""}


@pytest.mark.parametrize(("low", "high"), [(39.0, 64.0), (40.0, 69.1), (39.0, 112.0), (0.0, 160.0), (0.0, 400.0), (0.0, 1.0)])
def test_ticks_are_round_and_hold_what_is_drawn(low, high):
    axis = round_axis(low, high, most=4)
    step = axis["interval"]
    assert axis["min"] <= low < high <= axis["max"]
    assert (axis["max"] - axis["min"]) / step <= 4 + 1e-9
    assert f"{step:.0e}"[0] in "125"
    assert axis["min"] / step == pytest.approx(round(axis["min"] / step), abs=1e-9)
