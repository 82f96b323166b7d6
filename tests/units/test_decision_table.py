"""An explanation names what the booking used."""

from datetime import date

from experiments.decision.budget import offered
from experiments.decision.decide import decide
from experiments.decision.table import heading
from experiments.scenario import load_scenario
from model import BlockMarket

DAY = date(2017, 11, 20)


def test_an_explanation_names_the_station_of_the_block_in_whatever_order_a_scenario_lists_them():
    stations = {"platform.stations": ("Mariendorf", "Tegel")}
    market = BlockMarket(load_scenario("baseline").with_values(stations), rng=0, population__drivers=3_000)
    market.run((DAY - market.today).days)
    decision = decide(market, None)
    ways = decision.sight.explanation.km - decision.terms.block_km
    to_tegel, to_mariendorf = (2.0 * way for way in decision.sight.driver["way_km"])
    assert abs(to_tegel - to_mariendorf) > 1.0  # the ways tell which station it is
    name = "Tegel" if abs(ways - to_tegel) < 1e-9 else "Mariendorf"
    assert f"station {name}" in heading(decision, market.parameters, "a title")
    distance = next(line for line in offered(decision, market.parameters) if line.label == "distance")
    assert f"to {name} and home" in distance.how
    assert any(f"km_to_{name.lower()}" in parameter for parameter in distance.parameters)
