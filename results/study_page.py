"""The page of a study that is published: what was asked, what came out, and how it can be done again."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.compare.levels import Level
from experiments.compare.paired_sweep import Effect
from experiments.compare.sweeps import SweepComparison, not_run_off
from experiments.design.plan import as_setting
from experiments.study import Study
from experiments.sweep.finished import FinishedSweep
from experiments.sweep.plan import ASKED
from experiments.wording import title_of, words_of

from .figures.effects import lines_of as lines_of_effects
from .figures.levels import lines_of as lines_of_levels
from .figures.levels import name_of
from .figures.lines import Factors, Line, axes_of, in_words

if TYPE_CHECKING:
    from .figures import Picture

PLAIN = "base"  # the arm whose levels are shown
SHOWN = ("gigsupply", "python", "mesa", "numpy", "numba")  # versions

type Lines = Iterator[str]


def page(
    study: Study,
    sweep: FinishedSweep,
    comparison: SweepComparison | None,
    measures: Sequence[str],
    overview: "Picture",
    compared: "Mapping[str, Picture]",
) -> str:
    """Write the page. measures: those of the overview; compared: a figure by measure."""
    parts = [*head(study), *of_levels(sweep, measures, overview)]
    if comparison:
        parts += of_differences(comparison, compared)
    return "\n".join([*parts, *notes_on(sweep, comparison), *how(study, sweep)]) + "\n"


def head(study: Study) -> Lines:
    """Yield question and finding."""
    yield from (f"# {study.about}", "", f"**Asked.** {study.question}", "", f"**Found.** {study.finding}", "")


def image(shown: "Picture") -> Lines:
    """Yield a figure with its caption."""
    yield from (f"![{shown.headline.title}]({shown.name}.svg)", "", f"*{shown.headline.subtitle}. {shown.caption}*", "")


def of_levels(sweep: FinishedSweep, measures: Sequence[str], shown: "Picture") -> Lines:
    """Yield the figure of the levels and a table of each."""
    yield from ("## What comes out", "", *image(shown))
    for measure in measures:
        lines = lines_of_levels(sweep, PLAIN, measure)
        words = words_of(measure)
        widest = max((each.high - each.low) / 2.0 * words.factor for line in lines for each in line.means)
        yield from (f"{name_of(measure)}; 95 % intervals of these means are ± {widest:.{words.decimals}f} at most:", "")
        yield from table_of(sweep.factors, lines, lambda each, words=words: words.level(each.mean).removesuffix(" %"))


def of_differences(comparison: SweepComparison, shown: "Mapping[str, Picture]") -> Lines:
    """Yield a figure and a table of each measure that is compared."""
    reference, arm = comparison.sides["A"], comparison.sides["B"]
    yield from (f"## Arm {arm} less arm {reference}", "", arms_in_words(comparison.sweeps[0].manifest["arms"]), "")
    for measure, drawn in shown.items():
        yield from image(drawn)
        name = title_of(measure)
        yield from (f"{name[:1].upper()}{name[1:]}; in brackets what cannot be told from nothing:", "")
        yield from table_of(comparison.factors, lines_of_effects(comparison, comparison.contrasts[0], measure), change)


def arms_in_words(arms: Mapping[str, Mapping[str, Any]]) -> str:
    """Say what each arm changes."""
    told = [
        f"{arm} has {', '.join(f'{name} = {as_setting(value)}' for name, value in new.items())}" for arm, new in arms.items() if new
    ]
    return f"Arm {PLAIN} is the scenario as it stands; {'; '.join(told)}. Same points, same seeds."


def change(effect: Effect) -> str:
    """Write a difference, in brackets if its interval has nothing in it."""
    text = words_of(effect.measure).change(effect.mean).removesuffix(" pt")
    return text if effect.low > 0.0 or effect.high < 0.0 else f"({text})"


def table_of[M: Effect | Level](factors: Factors, lines: Sequence[Line[M]], write: Callable[[M], str]) -> Lines:
    """Yield a table with a row per line and a column per level of the factor that goes along."""
    along, other = axes_of(factors)
    yield f"| {' ↓, '.join(filter(None, (in_words(other), in_words(along))))} → | {' | '.join(factors[along])} |"
    yield f"|---|{'---|' * len(factors[along])}"
    for line in lines:
        cells = {each.at[along]: write(each) for each in line.means}
        yield f"| {line.level} | {' | '.join(cells.get(level, '–') for level in factors[along])} |"
    yield ""


def notes_on(sweep: FinishedSweep, comparison: SweepComparison | None) -> Lines:
    """Yield what a reader should know of the runs."""
    notes = comparison.notes if comparison else (*sweep.notes, *not_run_off(sweep))
    for note in notes:
        yield from (f"Note: {note.removeprefix(f'{sweep.folder}, ')}.", "")


def how(study: Study, sweep: FinishedSweep) -> Lines:
    """Yield what makes the same numbers again."""
    manifest: dict[str, Any] = sweep.manifest
    versions = ", ".join(f"{name} {manifest['versions'][name]}" for name in SHOWN)
    counts = (
        f"{manifest['points']:,} points, {len(sweep.arms)} arms, {len(sweep.seeds)} seeds: {manifest['runs']['finished']:,} runs"
    )
    yield from ("## How it was made", "")
    yield from (
        "```",
        shlex.join(["gigsupply", "sweep", *sweep.plan[ASKED]]),
        shlex.join(["python", "-m", "results.publish", study.name]),
        "```",
        "",
    )
    yield f"{counts} of {manifest['scenario']}; commit {manifest['commit']}; {versions}; {manifest['platform']}."
    yield "The tables `.csv` have every mean with its interval, `manifest.json` every parameter and the sha256 of the runs' table."
