"""The day's market: a panel per slot; by round of the evening the price, blocks taken so far, and blocks still open."""

from typing import Any

from results.theme import INK, PALE, QUIET, ROLE, RULE

from .. import words
from ..amounts import slot_name
from ..session import Session
from ..snapshot import Evening
from .frame import TEXT, Option, Row, number, round_axis

NAME = "tonight"
LEGEND = (("taken", ROLE["drivers"]), ("open", PALE["recipients"]), ("price", ROLE["platform"]))
HEADROOM = 1.08
GAP = 3.0  # per cent of the width between panels


def option(session: Session) -> Option:
    """Return the chart without its rows: axes are there before the first evening, so that nothing jumps."""
    blocks = session.parameters.blocks
    slots, rounds = len(blocks.slot_hours), blocks.rounds
    return {
        "animation": False,
        "textStyle": TEXT,
        "aria": {"enabled": True, "label": {"description": words.CHARTS_SAY[NAME]}},
        "tooltip": {"trigger": "axis", ":formatter": "rows => live.tip(rows, '')", "confine": True, "transitionDuration": 0,
                    "textStyle": {**TEXT, "color": INK}},
        "dataset": {"dimensions": ["round", *(f"{what}{slot}" for slot in range(slots) for what in ("taken", "open", "price"))],
                    "source": []},
        "title": [title(session, slot, slots) for slot in range(slots)],
        "grid": [{"left": f"{left(slot, slots):.1f}%", "width": f"{width(slots):.1f}%", "top": 28, "bottom": 22}
                 for slot in range(slots)],
        "xAxis": [{"type": "category", "gridIndex": slot, "data": [str(k) for k in range(1, rounds + 1)],
                   "axisTick": {"show": False},
                   "axisLine": {"lineStyle": {"color": QUIET}}, "axisLabel": {**TEXT, "fontSize": 11, "hideOverlap": True}}
                  for slot in range(slots)],
        "yAxis": [axis for slot in range(slots) for axis in axes(session, slot)],
        "series": [one for slot in range(slots) for one in series(slot)],
    }  # fmt: skip


def left(slot: int, slots: int) -> float:
    """Return where a slot's panel begins, per cent."""
    return 4.5 + slot * (width(slots) + GAP)


def width(slots: int) -> float:
    """Return a panel's width, per cent."""
    return (91.0 - GAP * (slots - 1)) / slots


def title(session: Session, slot: int, slots: int) -> Option:
    """Return a panel's heading: the slot's hours."""
    style: Option = {**TEXT, "color": INK, "fontWeight": 600, "fontSize": 12}
    return {
        "text": slot_name(session.parameters, slot),
        "left": f"{left(slot, slots):.1f}%",
        "top": 11,
        "padding": 0,
        "textStyle": style,
    }


def axes(session: Session, slot: int) -> list[Option]:
    """Return a panel's two vertical axes, the same in all panels: blocks on the left, EUR on the right."""
    shared: dict[str, Any] = {"type": "value", "gridIndex": slot, "axisLine": {"show": False}, "axisTick": {"show": False}}
    is_first, is_last = slot == 0, slot == len(session.parameters.blocks.slot_hours) - 1
    blocks = {
        **round_axis(0.0, most_blocks(session), most=4),
        "splitLine": {"lineStyle": {"color": RULE}},
        "axisLabel": {**TEXT, "show": is_first},
    }
    euros = {**prices(session), "splitLine": {"show": False},
             "axisLabel": {**TEXT, "color": ROLE["platform"], "show": is_last}}  # fmt: skip
    return [shared | blocks, shared | euros]


def prices(session: Session) -> Option:
    """Return the price axis, EUR: from the lowest floor of the run to above the highest cap, where the last price is written."""
    hours = session.parameters.blocks.slot_hours
    platforms = [parameters.platform for parameters in session.market.parameters.in_turn]
    low = min(platform.pay_floor_per_hour for platform in platforms) * min(hours)
    high = max(platform.pay_cap_per_hour for platform in platforms) * max(hours)
    return round_axis(low, HEADROOM * high, most=4)


def most_blocks(session: Session) -> float:
    """Return what a slot may be offered at most during the run."""
    shares = session.parameters.blocks.slot_shares
    limit = max(parameters.platform.station_limit for parameters in session.market.parameters.in_turn)
    return max(1.0, limit * max(shares) / sum(shares))


def series(slot: int) -> list[Option]:
    """Return a panel's bars and its price line."""
    place = {"xAxisIndex": slot, "animation": False, "emphasis": {"disabled": True}}
    names, colours = words.SERIES, dict(LEGEND)
    bars = [
        {"type": "bar", "name": names[what], "stack": f"s{slot}", "barCategoryGap": "25%", "yAxisIndex": 2 * slot,
         "encode": {"x": "round", "y": f"{what}{slot}"}, "itemStyle": {"color": colours[what]}, **place}
        for what in ("taken", "open")
    ]  # fmt: skip
    price = {
        "type": "line", "name": names["price"], "yAxisIndex": 2 * slot + 1, "encode": {"x": "round", "y": f"price{slot}"},
        "showSymbol": False, "lineStyle": {"color": ROLE["platform"], "width": 2.2}, **place,
        "itemStyle": {"color": ROLE["platform"]},
        "endLabel": {"show": True, **TEXT, "color": ROLE["platform"], "fontWeight": 600, "align": "right", "offset": [4, -12],
                     "backgroundColor": "rgba(255,255,255,.85)", "padding": [1, 3], "borderRadius": 2,
                     ":formatter": "p => live.price(p)"},
    }  # fmt: skip
    return [*bars, price]


def rows(evening: Evening | None, round: int | None) -> list[Row]:
    """Return a row per round, empty ones for rounds to come; stations of a slot are taken together."""
    if evening is None:
        return []
    shown = len(evening.rounds) if round is None else round
    return [[str(k + 1), *(_cells(evening, k) if k < shown else [])] for k in range(len(evening.rounds))]


def heads(session: Session) -> list[str]:
    """Return the panels' headings: hours, and blocks taken of those posted."""
    names = [slot_name(session.parameters, slot) for slot in range(len(session.parameters.blocks.slot_hours))]
    evening = session.evening
    if evening is None:
        return names
    shown = len(evening.rounds) if session.round is None else session.round
    cells = _cells(evening, shown - 1)
    counts = [
        (int(taken or 0), int(taken or 0) + int(still_open or 0)) for taken, still_open in zip(cells[::3], cells[1::3], strict=True)
    ]
    return [words.PANEL.format(name=name, taken=taken, posted=posted) for name, (taken, posted) in zip(names, counts, strict=True)]


def _cells(evening: Evening, k: int) -> Row:
    now, cells = evening.rounds[k], []
    for slot in sorted(set(evening.offers["slot"].tolist())):
        here = evening.offers["slot"] == slot
        posted = int(evening.offers["posted"][here].sum())
        still_open = int((now["open_before"] - now["taken"])[here].sum())
        cells += [posted - still_open, still_open, number(float(now["cents"][here].max()) / 100.0, 2)]
    return cells
