"""One small run, day by day, as it was last agreed on. Refresh with --update-golden, and say why under "Results changed"."""

import json
from pathlib import Path

import pytest

from model.records import Day

pytestmark = pytest.mark.rules

GOLDEN = Path(__file__).parent / "small_market.json"
KEPT = (
    "parcels_arrived", "parcels_delivered_by_carriers", "parcels_delivered_by_platform", "parcels_delivered_late",
    "parcels_backlog", "blocks_posted", "blocks_filled", "blocks_no_show", "pay_total_eur", "car_cost_total_eur", "tax_total_eur",
    "driver_surplus_total_eur", "drivers_aware", "drivers_registered", "drivers_active", "couriers_employed", "app_openings",
)  # fmt: skip


def test_a_small_market_is_what_it_was(busy_market, request):
    """Counts are equal; amounts to 1e-9 relative, as mathematical libraries differ between processors."""
    market = busy_market(rng=2017)
    market.run()
    table = {name: [getattr(day, name) for day in market.diary] for name in KEPT}
    if request.config.getoption("--update-golden"):
        lines = [f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in table.items()]
        GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        pytest.skip(f"rewrote {GOLDEN.name}: say why in CHANGELOG.md under 'Results changed'")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert list(golden) == list(KEPT)
    assert sum(golden["blocks_filled"]) > 300
    for name, values in golden.items():
        is_count = Day.__dataclass_fields__[name].type in ("int", int)
        assert table[name] == (values if is_count else pytest.approx(values, rel=1e-9, abs=1e-9)), name
