"""Everybody who opened the app: a dot per person, by group and by what the best block was worth; its answer as colour and shape."""

import numpy as np

from model.roster import GROUPS
from model.sights import Answer
from results.theme import INK, QUIET, ROLE, RULE

from .. import words
from ..session import Session
from ..snapshot import Evening
from .frame import TEXT, Option, Row

NAME = "cloud"
LEGEND = tuple(
    zip(
        Answer,
        (ROLE["drivers"], ROLE["recipients"], "#A9AEB3", ROLE["carriers"]),
        ("circle", "diamond", "rect", "triangle"),
        strict=True,
    )
)  # answer, colour, shape
LOW, HIGH = -80.0, 60.0  # EUR; what lies beyond is drawn at the edge
GOLDEN = 0.6180339887498949  # spreads dots of a group evenly over its height


def option(_: Session) -> Option:
    """Return the chart without its dots."""
    names = [words.GROUPS[group] for group in GROUPS]
    worth_it = {"symbol": "none", "silent": True, "animation": False, "data": [{"xAxis": 0}], "label": {"show": False},
                "lineStyle": {"color": INK, "type": "solid", "width": 1}}  # fmt: skip
    return {
        "animation": False,
        "textStyle": TEXT,
        "aria": {"enabled": True, "label": {"description": words.CHARTS_SAY[NAME]}},
        "grid": {"left": 92, "right": 12, "top": 6, "bottom": 24},
        "xAxis": {"type": "value", "min": LOW, "max": HIGH, "interval": 20,
                  "axisLabel": {**TEXT, ":formatter": "v => live.euros(v)"},
                  "splitLine": {"lineStyle": {"color": RULE}}, "axisLine": {"show": False}},
        "yAxis": {"type": "value", "min": 0, "max": len(GROUPS), "interval": 1, "inverse": True, "splitLine": {"show": False},
                  "axisLabel": {"show": False}, "axisLine": {"show": False}, "axisTick": {"show": False}},
        "graphic": [{"type": "text", "left": 0, "top": f"{(k + 0.5) * 100 / len(names) - 3:.1f}%", "silent": True,
                     "style": {"text": name, "fill": QUIET, "font": f"12px {TEXT['fontFamily']}"}} for k, name in enumerate(names)],
        "tooltip": {"trigger": "item", ":formatter": "p => live.dot(p)", "confine": True, "transitionDuration": 0,
                    "textStyle": {**TEXT, "color": INK}},
        "series": [
            {"type": "scatter", "name": words.ANSWERS[answer], "symbol": shape, "symbolSize": 6, "data": [], "animation": False,
             "itemStyle": {"color": colour, "opacity": 0.75}, **({"markLine": worth_it} if answer == Answer.TOOK else {})}
            for answer, colour, shape in LEGEND
        ] + [{"type": "scatter", "name": "", "symbol": "circle", "symbolSize": 14, "data": [], "animation": False, "silent": True,
              "itemStyle": {"color": "transparent", "borderColor": INK, "borderWidth": 2}}],
    }  # fmt: skip


def dots(evening: Evening | None, chosen: int | None) -> list[list[Row]]:
    """Return the dots by answer, and the chosen one's ring: place, height, person, EUR."""
    if evening is None:
        return [[] for _ in range(len(LEGEND) + 1)]
    sights, people = evening.sights, evening.people
    x = np.round(sights["perceived_surplus"], 1)
    y = np.round(people["group"] + 0.12 + 0.76 * ((people["person"] * GOLDEN) % 1.0), 2)
    at, persons = np.clip(x, LOW, HIGH), people["person"]

    def of(mask: np.ndarray) -> list[Row]:
        return [list(dot) for dot in zip(*(column[mask].tolist() for column in (at, y, persons, x)), strict=True)]

    by_answer = [of(sights["answer"] == answer) for answer, _, _ in LEGEND]
    return [*by_answer, of(persons == chosen)]
