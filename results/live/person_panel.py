"""One decision as HTML."""

from html import escape

from . import words
from .marks import hint
from .origins import sentences
from .person import Told

TERMS = ("reservation wage", "perceived surplus", "true surplus")  # explained by the glossary instead of a formula


def decision_html(told: Told | None, launch: str, *, is_gone: bool = False) -> str:
    """Return who decides, the evenings of the week, the verdict, and the budget line by line."""
    if told is None:
        return f'<p class="who">{escape(words.DRIVER["gone"] if is_gone else words.DRIVER["nobody"].format(launch=launch))}</p>'
    week = "".join(f"<span><b>{escape(day)}</b> {escape(did)}</span>" for day, did in told.week)
    return (
        f'<p class="who">{escape(told.who)}; {escape(told.about)}</p>'
        f'<p class="week" aria-label="{escape(words.DRIVER["week"])}">{week}</p>'
        f'<p class="verdict {told.tone}">{escape(told.verdict)}</p>'
        f'<p class="sub">{escape(told.block)} {escape(told.wants)}</p>'
        f'<table class="budget">{"".join(_part(name, lines) for name, lines in told.budget.items())}</table>'
    )


def _part(name: str, lines: list[tuple[str, str, str, str, bool]]) -> str:
    rows = "".join(_row(*line) for line in lines)
    return f'<tr class="part"><th colspan="2" scope="rowgroup">{escape(name)}</th></tr>{rows}'


def _row(label: str, amount: str, how: str, sources: str, is_sum: bool) -> str:
    tip = sentences(words.GLOSSARY[label] if label in TERMS else how, sources)
    kind = ' class="sum"' if is_sum else ""
    return f'<tr{kind}><th scope="row"><span{hint(tip)}>{escape(label)}</span></th><td>{escape(amount)}</td></tr>'
