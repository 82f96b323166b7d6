"""One page that tells the story: no script, no address, nothing outside the file."""

import re
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from . import sentences
from .evidence import against_evidence, disagreements
from .figures import Picture
from .images import font_faces, svg
from .story import Story
from .tables import Table, accounts, by_group, by_month, unknowns
from .theme import PAGE, PHONE

HERE = Path(__file__).parent
COMMIT_LETTERS = 12
SENTENCES = (
    sentences.what_is_left, sentences.who_keeps_most, sentences.one_block, sentences.who_drives, sentences.how_the_gap_is_met,
    sentences.how_prices_move, sentences.who_gains, sentences.one_season,
)  # fmt: skip


def page(story: Story, pictures: list[Picture]) -> bytes:
    """Return the page, UTF-8. Same story, same bytes."""
    parts = {"budget": "", "css": (HERE / "page.css").read_text(encoding="utf-8")}
    parts |= words(story) | drawings(pictures) | tables(story)
    template = Template((HERE / "page.html").read_text(encoding="utf-8"))
    body = template.substitute(parts, fonts="")
    return template.substitute(parts, fonts=font_faces("".join(sorted(set(body))))).encode()


def words(story: Story) -> dict[str, str]:
    """Return every word and number that the template asks for, escaped."""
    parameters, manifest = story.parameters, story.with_platform.manifest
    dates = story.days["date"]
    texts = {
        "cap": f"{story.pay_cap_per_block:.0f}",
        "hours": f"{max(parameters.blocks.slot_hours):g}",
        "pool": f"{parameters.population.drivers:,}",
        "first_day": _day(dates.iloc[0]),
        "last_day": _day(dates.iloc[-1]),
        "seed": f"{story.seed}",
        "versions": ", ".join(f"{name} {number}" for name, number in manifest["versions"].items()),
        "commit": _commit(manifest["commit"]),
        "scenario": manifest["scenario"],
        "other_scenario": story.without.manifest["scenario"],
        "disagreements": disagreements(story),
    } | {sentence.__name__: sentence(story) for sentence in SENTENCES}
    return {name: typeset(text) for name, text in texts.items()} | {"key_figures": _key_figures(story)}


def typeset(text: str) -> str:
    """Escape a text, and keep numbers and their units on one line."""
    safe = escape(text.replace("'", "’"), quote=True).replace("n = ", "n\u00a0=\u00a0")
    return re.sub(r"(?<=\d) (?=%|(?:EUR|km|h|hours|million)\b)", "\u00a0", safe)


def _key_figures(story: Story) -> str:
    return "\n".join(
        f'<div><dt>{typeset(what)}</dt><dd class="value">{typeset(value)}</dd><dd class="beside">{typeset(beside)}</dd></div>'
        for value, what, beside in sentences.key_figures(story)
    )


def drawings(pictures: list[Picture]) -> dict[str, str]:
    """Return each picture as a figure with heading, both drawings and caption, numbered in order."""
    return {picture.name.replace("-", "_"): _figure(number, picture) for number, picture in enumerate(pictures, 1)}


def _figure(number: int, picture: Picture) -> str:
    head, (wide, phone) = picture.headline, (svg(picture, look, keeps_text=True) for look in (PAGE, PHONE))
    return (
        f'<figure id="{picture.name}">\n<h3>{typeset(head.title)}</h3>\n<p class="subtitle">{typeset(head.subtitle)}</p>\n'
        f'<div class="wide">{wide}</div>\n<div class="phone">{phone}</div>\n'
        f"<figcaption><b>Figure {number}.</b> {typeset(picture.caption)}</figcaption>\n</figure>"
    )


def tables(story: Story) -> dict[str, str]:
    """Return every table as HTML."""
    return {
        build.__name__: _table(build(story), build.__name__) for build in (by_month, by_group, accounts, unknowns, against_evidence)
    }


def _table(table: Table, name: str) -> str:
    kind = f"scroll {'words' if table.is_text else 'figures'} {name}".replace("_", "-")
    head = "".join(f'<th scope="col">{typeset(cell)}</th>' if cell else "<td></td>" for cell in table.head)
    rows = "\n".join(_row(table, row) for row in table.rows)
    caption = typeset(table.caption)
    return (
        f'<div class="{kind}" tabindex="0" role="region" aria-label="{caption}"><table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(table: Table, row: tuple[str, ...]) -> str:
    """Return a row; every cell knows its column's head, for screens too narrow for columns."""
    name, _, parameter = row[0].partition("\n")
    below = f'<code class="name">{_breakable(parameter)}</code>' if parameter else ""
    cells = "".join(
        f'<td data-head="{typeset(head)}">{_breakable(cell)}</td>' for head, cell in zip(table.head[1:], row[1:], strict=True)
    )
    return f'<tr><th scope="row">{typeset(name)}{below}</th>{cells}</tr>'


def _breakable(text: str) -> str:
    """Let a dotted name break after its dots and underscores."""
    return re.sub(r"(?<=[a-z0-9])([._])(?=[a-z])", r"\1<wbr>", typeset(text))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _commit(commit: str | None) -> str:
    """Shorten a commit, and say when files differ from it."""
    if commit is None:
        return "not known (outside a checkout)"
    head, changed, _ = commit.partition("+")
    return head[:COMMIT_LETTERS] + (" with changes" if changed else "")
