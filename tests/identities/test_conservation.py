"""Nothing appears and nothing is lost: parcels, couriers, drivers, blocks and money, every day, in any scenario, for any seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import BlockMarket, Parameters
from model.roster import Status
from tests.identities.wide_scenarios import EAGER, close, scenarios, sums_agree, walk

SEED = st.integers(0, 2**64 - 1)
any_scenario = given(parameters=scenarios(), seed=SEED)
examples = settings(max_examples=40)


@examples
@any_scenario
def test_parcels_are_delivered_refunded_or_still_in_a_queue(parameters, seed):
    backlog = 0.0
    for evening in walk(BlockMarket(parameters, rng=seed)):
        day = evening.day
        delivered = day.parcels_delivered_by_carriers + day.parcels_delivered_by_platform
        flow = day.parcels_arrived - delivered - day.parcels_refunded
        assert close(day.parcels_backlog - backlog, flow, day.parcels_backlog + day.parcels_arrived)
        backlog = day.parcels_backlog
        parts = (day.parcels_delivered_by_relief, day.parcels_delivered_by_platform, day.parcels_refunded, day.parcels_gap, backlog)
        assert min(parts) >= 0.0
        assert day.parcels_delivered_by_relief <= day.parcels_delivered_by_carriers
        assert -1e-9 <= day.parcels_delivered_late <= delivered * (1 + 1e-12)
        assert day.parcels_overdue <= day.parcels_late_waiting <= backlog * (1 + 1e-12)


@examples
@any_scenario
def test_drivers_carry_no_more_than_is_offered_and_fits_into_their_cars(parameters, seed):
    for evening in walk(BlockMarket(parameters, rng=seed)):
        day = evening.day
        carried_at_most = min(day.parcels_offered_to_platform, parameters.blocks.parcels * day.blocks_driven)
        delivered = parameters.blocks.delivered_share * carried_at_most
        assert close(day.parcels_delivered_by_platform, delivered, delivered)


@examples
@any_scenario
def test_couriers_change_by_hires_and_separations_on_mondays_only(parameters, seed):
    market = BlockMarket(parameters, rng=seed)
    stock = sum(carrier.couriers for carrier in market.carriers)
    for evening in walk(market):
        day = evening.day
        assert day.couriers_employed == stock + day.couriers_hired - day.couriers_left
        assert day.date.weekday() == 0 or day.couriers_hired == day.couriers_left == 0
        assert min(carrier.couriers for carrier in market.carriers) >= 0
        stock = day.couriers_employed


@examples
@any_scenario
def test_drivers_by_status_sum_to_the_pool_and_change_by_their_flows(parameters, seed):
    before = np.zeros(5, np.int64)
    for evening in walk(BlockMarket(parameters, rng=seed)):
        day, counts = evening.day, np.bincount(evening.after["status"], minlength=len(Status))
        assert counts.sum() == parameters.population.drivers
        now = [day.drivers_aware, day.drivers_waiting, day.drivers_applicants, day.drivers_registered, day.drivers_gone]
        assert now == [counts[1:].sum(), *counts[Status.WAITING :]]
        flows = [
            day.drivers_became_aware - day.drivers_replaced,
            day.drivers_decided - day.drivers_admitted,
            day.drivers_admitted - day.drivers_activated,
            day.drivers_activated - day.drivers_left,
            day.drivers_left - day.drivers_replaced,
        ]
        assert (now - before).tolist() == flows
        before = np.array(now)


@examples
@any_scenario
def test_a_posted_block_is_filled_or_open_and_a_filled_one_was_taken_and_not_given_back(parameters, seed):
    for evening in walk(BlockMarket(parameters, rng=seed)):
        day, offers = evening.day, evening.offers
        assert day.blocks_taken - day.blocks_given_back == day.blocks_filled
        assert day.blocks_filled == day.blocks_driven + day.blocks_no_show
        if not day.blocks_posted:
            assert day.blocks_filled == day.blocks_taken == 0
            continue
        assert day.blocks_posted == offers["posted"].sum() == day.blocks_filled + offers["open"].sum()
        log = evening.rounds.reshape(parameters.blocks.rounds, -1)
        left = log["open_before"] - log["taken"]
        assert (log["open_before"][0] == offers["posted"]).all()
        assert (log["open_before"][1:] == left[:-1] + log["given_back"][1:]).all()
        assert (left[-1] == offers["open"]).all()
        assert left.min() >= 0
        held = evening.trades[evening.trades["is_held"]]
        assert (np.bincount(held["offer"], minlength=offers.size) == offers["posted"] - offers["open"]).all()


@examples
@any_scenario
def test_every_price_is_whole_cents_between_floor_and_cap(parameters, seed):
    hours = np.array(parameters.blocks.slot_hours)
    bounds = parameters.platform.pay_floor_per_hour, parameters.platform.pay_cap_per_hour
    low, high = (np.floor(100 * hours * rate + 0.5) for rate in bounds)
    for evening in walk(BlockMarket(parameters, rng=seed)):
        for table in (evening.rounds, evening.trades) if evening.day.blocks_posted else ():
            assert (table["cents"] >= low[table["slot"]]).all()
            assert (table["cents"] <= high[table["slot"]]).all()
        if evening.day.blocks_driven:
            assert evening.day.pay_mean_per_block_eur <= evening.day.pay_highest_offer_per_block_eur + 1e-9


@examples
@any_scenario
def test_what_drivers_are_paid_goes_to_the_car_the_state_or_themselves(parameters, seed):
    """Gross pay + mileage = car + tax + net: every day, and for every driver who ever was, whose totals add up to the days'."""
    market, sums = BlockMarket(parameters, rng=seed), np.zeros(5)
    for evening in walk(market):
        day = evening.day
        flows = np.array([day.pay_total_eur, day.mileage_total_eur, day.car_cost_total_eur, day.tax_total_eur, day.net_total_eur])
        assert close(flows[:2].sum(), flows[2:].sum(), flows[:2].sum() + flows[2])
        sums += flows
        held = evening.trades[evening.trades["is_driven"]]
        assert close(day.pay_total_eur, held["cents"].sum() / 100, day.pay_total_eur)
    everybody = np.concatenate([market.drivers, market.former_drivers])
    totals = [everybody[name] for name in ("pay_total", "mileage_total", "car_cost_total", "tax_total", "net_total")]
    received = totals[0] + totals[1]
    assert sums_agree(received, totals[2] + totals[3] + totals[4], received + totals[2])
    assert sums_agree(np.array([total.sum() for total in totals]), sums, np.full(5, sums[:3].sum()))


@pytest.mark.parametrize("policy", ["fixed", "escalator", "feedback"])
def test_the_drawn_scenarios_are_lively_enough_to_break_an_identity(policy):
    """The base from which scenarios are drawn has drivers, blocks, cancellations, no-shows, leavers and successors."""
    values = {"population.drivers": 250, "attention.opening_probability_per_tenth": 0.4, "platform.policy": policy}
    market = BlockMarket(Parameters().with_values(EAGER | values), rng=1)
    market.run()
    flows = "blocks_driven", "blocks_no_show", "blocks_given_back", "drivers_left", "drivers_replaced", "parcels_delivered_late"
    for flow in flows:
        assert sum(getattr(day, flow) for day in market.diary) > 0, flow
