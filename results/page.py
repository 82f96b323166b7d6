"""One page that tells the story: no script, no address, nothing outside the file."""

import re
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


def page(story: Story, pictures: list[Picture]) -> bytes:
    """Return the page, UTF-8. Same story, same bytes."""
    parts = (
        {"budget": ""}
        | words(story)
        | drawings(pictures)
        | tables(story)
        | {"css": (HERE / "page.css").read_text(encoding="utf-8")}
    )
    template = Template((HERE / "page.html").read_text(encoding="utf-8"))
    body = template.substitute(parts, fonts="")
    return template.substitute(parts, fonts=font_faces("".join(sorted(set(body))))).encode()


def words(story: Story) -> dict[str, str]:
    """Return every text of the page, escaped."""
    cap, hours, manifest = story.pay_cap_per_block, max(story.parameters.blocks.slot_hours), story.with_platform.manifest
    pool, command = story.parameters.population.drivers, f"gigsupply demo --seed {story.seed}"
    texts = {
        "title": f"What {cap:.0f} euros buy",
        "description": f"Private drivers in Berlin's Christmas peak of 2017: one simulated season, seed {story.seed}.",
        "lede": "Private drivers in Berlin’s Christmas peak of 2017: one simulated season, with a delivery platform and without it.",
        "question": f"In November 2017 Berlin’s parcel carriers lack drivers, and up to 30 million more parcels than the year before are expected in Germany "
        f"before Christmas. A platform offers private people with a car delivery blocks: up to {cap:.0f} EUR for {hours:.0f} hours, car costs theirs. "
        f"This page follows {pool:,} such people, the platform and five carriers from {_day(story.days['date'].iloc[0])} to {_day(story.days['date'].iloc[-1])}. "
        "Every number on it is computed by the model, not observed, unless it says so.",
        "what_is_left": sentences.what_is_left(story),
        "who_keeps_most": sentences.who_keeps_most(story),
        "budget_words": f"One block at the highest price shows the steps. The last two lines count the driver’s own time at what an hour of that "
        "morning was worth to this person: a block is taken when it looks like a gain. The typical driver of a group need not be one who takes it."
        if story.typical
        else "",
        "who_drives": sentences.who_drives(story),
        "how_the_gap_is_met": sentences.how_the_gap_is_met(story),
        "how_prices_move": sentences.how_prices_move(story),
        "who_gains": sentences.who_gains(story),
        "one_season": sentences.one_season(story),
        "unknown_words": "Some numbers behind the result are assumptions. Change one with gigsupply run --set name=value, and see what is left of the story. Sources are facts by their ids in model/data/facts.toml, or assumptions with a reason.",
        "disagreements": disagreements(story),
        "command": command,
        "reproduce": f"The same command gives the same numbers, tables and figures. It writes both run folders, with every parameter in their manifests, beside this page. "
        f"Seed {story.seed}; {', '.join(f'{name} {number}' for name, number in manifest['versions'].items())}; commit {_commit(manifest['commit'])}.",
        "footer": f"gigsupply: an agent-based model of gig-driver supply. Scenario {manifest['scenario']} against {story.without.manifest['scenario']}, seed {story.seed}.",
    }  # fmt: skip
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
    head = picture.headline
    return (
        f'<figure id="{picture.name}">\n<h3>{typeset(head.title)}</h3>\n<p class="subtitle">{typeset(head.subtitle)}</p>\n'
        f'<div class="wide">{svg(picture, PAGE, keeps_text=True)}</div>\n<div class="phone">{svg(picture, PHONE, keeps_text=True)}</div>\n'
        f"<figcaption><b>Figure {number}.</b> {typeset(picture.caption)}</figcaption>\n</figure>"
    )


def tables(story: Story) -> dict[str, str]:
    """Return every table as HTML."""
    built = {
        "by_month": by_month,
        "by_group": by_group,
        "accounts": accounts,
        "unknowns": unknowns,
        "against_evidence": against_evidence,
    }
    return {name: _table(build(story), name) for name, build in built.items()}


def _table(table: Table, name: str) -> str:
    kind = f"scroll {'words' if table.is_text else 'figures'} {name}".replace("_", "-")
    head = "".join(f'<th scope="col">{typeset(cell)}</th>' if cell else "<td></td>" for cell in table.head)
    rows = "\n".join(_row(table, row) for row in table.rows)
    return (
        f'<div class="{kind}" tabindex="0" role="region" aria-label="{typeset(table.caption)}"><table>\n<caption>{typeset(table.caption)}</caption>\n'
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


def _day(day) -> str:  # noqa: ANN001 - a pandas Timestamp
    return f"{day.day} {day:%B %Y}"


def _commit(commit: str | None) -> str:
    """Shorten a commit, and say when files differ from it."""
    if commit is None:
        return "not known (outside a checkout)"
    head, changed, _ = commit.partition("+")
    return head[:COMMIT_LETTERS] + (" with changes" if changed else "")
