"""Read a design: a TOML file that names scenario, seeds, what is fixed, what varies, and arms."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from model.parameters import ParameterError, Parameters, nearest, plain

from ..options import MAX_SEED, MOST_DAYS
from ..scenario import TITLE, Scenario, flat, found, parsed, read_scenario
from .allowed import Values, check_fit, check_name, declared, is_whole
from .drawn import every_plausible, lhs, morris_trajectories, sobol_sequence
from .factors import check_distinct
from .plan import BASE, Design, Point
from .points import Varied, grid, single, star
from .rows import rows
from .smoke import SMOKE, check_smoke, shrunk

STUDIES = Path(__file__).parent.parent / "studies"
KINDS: dict[str, Callable[[Values, Parameters], Varied]] = {
    "grid": grid, "lhs": lhs, "sobol": sobol_sequence, "morris": morris_trajectories, "star": star,
}  # fmt: skip
LIST = "list"
SECTIONS = (*KINDS, LIST)
SMALLER = ("seeds", "days", "set", *SECTIONS)  # keys of [smoke]
TEXTS = (TITLE, "question", "finding")
KEYS = (*TEXTS, "scenario", "arms", "detail", SMOKE, *SMALLER)
MOST_SEEDS = 10_000


def read_design(name_or_path: str, is_smoke: bool = False) -> Design:
    """Read a design by name or path, or its small version, and try each of its points in each arm.

    Raises ParameterError with one line that names file, key, value and what is allowed.
    """
    path = found(name_or_path, STUDIES, "design")
    tree = parsed(path)
    try:
        check_head(tree)
        design = _design(path, shrunk(tree) if is_smoke else tree)
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from None
    whole = path.resolve()
    asked = path.stem if whole.parent == STUDIES.resolve() else str(whole)
    if not is_smoke:
        return design._replace(asked=(asked,))
    return design._replace(name=f"{design.name}-{SMOKE}", asked=(asked, f"--{SMOKE}"))


def check_head(tree: Values) -> None:
    """Raise ParameterError if a key is unknown, or holds no text where it should."""
    for key in tree:
        if key not in KEYS:
            raise ParameterError(f"{key}: unknown key; {nearest(key, [*KEYS])}")
    for key in TEXTS:
        if not isinstance(tree.get(key, ""), str):
            raise ParameterError(f"{key} = {plain(tree[key])}: not allowed; allowed: text")
    check_smoke(tree, [*SMALLER])


def _design(path: Path, tree: Values) -> Design:
    about, seeds, days = tree.get(TITLE, ""), seeds_of(tree), days_of(tree)
    scenario, fixed = base_of(tree, path.parent)
    base = scenario.parameters
    varied = varied_of(tree, base, fixed, path.parent)
    arms = arms_of(tree, base)
    check_once({factor.name for factor in varied.factors}, fixed, arms, varied.kind)
    for number, values in enumerate(varied.points):
        for arm, change in arms.items():
            _check_point(number, values | change, arm, base)
    points = tuple(Point(number, values) for number, values in enumerate(varied.points))
    return Design(
        path.stem, about, scenario, days, seeds, varied.kind, varied.factors, points, arms, fixed, varied.unit, detail_of(tree)
    )


def seeds_of(tree: Values) -> tuple[int, ...]:
    """Return the seeds: so many from 0, or those listed. Raises ParameterError."""
    seeds = tree.get("seeds")
    allowed = f"allowed: how many, from 1 to {MOST_SEEDS:,}, or a list of whole numbers from 0 to 2^64 - 1"
    if seeds is None:
        raise ParameterError(f"seeds: missing; {allowed}")
    if is_whole(seeds, 1, MOST_SEEDS):
        return tuple(range(seeds))
    if not isinstance(seeds, list) or not seeds or not all(is_whole(seed, 0, MAX_SEED) for seed in seeds):
        raise ParameterError(f"seeds = {plain(seeds)}: not allowed; {allowed}")
    check_distinct("seeds", seeds)
    return tuple(seeds)


def days_of(tree: Values) -> int | None:
    """Return how many days each run has; None: to the scenario's end. Raises ParameterError."""
    days = tree.get("days")
    if days is not None and not is_whole(days, 1, MOST_DAYS):
        raise ParameterError(f"days = {plain(days)}: not allowed; allowed: a whole number from 1 to {MOST_DAYS:,}")
    return days


def detail_of(tree: Values) -> bool:
    """Tell whether runs have more measures than the summary. Raises ParameterError."""
    detail = tree.get("detail", False)
    if not isinstance(detail, bool):
        raise ParameterError(f"detail = {plain(detail)}: not allowed; allowed: true or false")
    return detail


def base_of(tree: Values, folder: Path) -> tuple[Scenario, Values]:
    """Return the scenario with what is fixed, and that; a path may start at the current folder or at the design's."""
    name = tree.get("scenario")
    if not isinstance(name, str):
        told = "missing" if name is None else f"{plain(name)}: not allowed"
        raise ParameterError(f"scenario: {told}; allowed: the name of a scenario or a TOML file")
    is_path = "/" in name or name.endswith(".toml")
    if is_path and not Path(name).is_file() and (folder / name).is_file():
        name = str(folder / name)
    try:
        scenario = read_scenario(name)
    except ParameterError as error:
        raise ParameterError(f"scenario: {error}") from None
    told = flat(table_of(tree, "set"))
    try:
        parameters = scenario.parameters.with_values(told)
    except ParameterError as error:
        raise ParameterError(f"[set] {error}") from None
    return Scenario(name, scenario.about, parameters), {one: attrgetter(one)(parameters) for one in told}


def varied_of(tree: Values, base: Parameters, fixed: Values, folder: Path) -> Varied:
    """Read the one section that says what varies; without any, nothing does."""
    kinds = [kind for kind in SECTIONS if kind in tree]
    if len(kinds) > 1:
        raise ParameterError(f"[{kinds[0]}] and [{kinds[1]}]: two kinds of design; allowed: one of {', '.join(SECTIONS)}")
    if not kinds:
        return single()
    section = every_plausible(table_of(tree, kinds[0]), base, fixed)
    return rows(section, base, folder) if kinds[0] == LIST else KINDS[kinds[0]](section, base)


def arms_of(tree: Values, base: Parameters) -> dict[str, Values]:
    """Read what each arm changes; the arm without a change comes first, told or not. Raises ParameterError."""
    arms: dict[str, Values] = {BASE: {}}
    for label, told in table_of(tree, "arms").items():
        try:
            arms[label] = _arm(label, told, base)
        except ParameterError as error:
            raise ParameterError(f"[arms] {error}") from None
        for twin in (other for other in arms if other not in (label, BASE) and arms[other] == arms[label]):
            raise ParameterError(f"[arms] {twin} and {label}: change the same; allowed: arms that differ")
    return arms


def _arm(label: str, told: Any, base: Parameters) -> Values:
    if not label.strip() or not label.isprintable():
        raise ParameterError(f"{label!r}: not allowed; allowed: a name of printable characters")
    if not isinstance(told, dict):
        raise ParameterError(f"{label} = {plain(told)}: not allowed; allowed: a table of parameters")
    values = flat(told)
    if label == BASE:
        if values:
            raise ParameterError(f"{BASE}: changes {next(iter(values))}; allowed: no change, or another name for the arm")
        return {}
    for name in values:
        check_name(name, base)
    values = {name: declared(name, value, base) for name, value in values.items()}
    if all(value == attrgetter(name)(base) for name, value in values.items()):
        raise ParameterError(f"{label}: no parameter differs from {BASE}; allowed: arms that differ")
    return values


def check_once(varied: set[str], fixed: Values, arms: Mapping[str, Values], kind: str) -> None:
    """Raise ParameterError if a factor is fixed, or changed by an arm, as well."""
    for name in sorted(varied):
        if name in fixed:
            raise ParameterError(f"{name}: in [set] and in [{kind}]; allowed: one of them")
        for arm in (label for label, change in arms.items() if name in change):
            raise ParameterError(f"{name}: in [{kind}] and in the arm {arm}; allowed: one of them")


def _check_point(number: int, values: Values, arm: str, base: Parameters) -> None:
    try:
        check_fit(values, base)
    except ParameterError as error:
        where = f"point {number}" if arm == BASE else f"point {number}, arm {arm}"
        raise ParameterError(f"{where}: {error}") from None


def table_of(tree: Values, key: str) -> Values:
    """Return a section. Raises ParameterError if the key holds anything else."""
    section = tree.get(key, {})
    if not isinstance(section, dict):
        raise ParameterError(f"{key} = {plain(section)}: not allowed; allowed: a table [{key}]")
    return section
