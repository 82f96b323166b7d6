"""Designs that are drawn: latin hypercube, Sobol' sequence, Saltelli's rows, Morris's trajectories."""

from typing import TYPE_CHECKING

from model.parameters import ParameterError, Parameters, plain

from ..options import MAX_SEED
from ..scenario import flat
from .allowed import Values, is_whole
from .cube import latin_hypercube, morris, saltelli, sobol
from .factors import NUMBER, PLAUSIBLE, WHOLE_NUMBER, Factor, kind_of, sampled
from .points import MOST_POINTS, Varied, check_keys, check_number, factors_of

if TYPE_CHECKING:
    from .cube import Array

MOST_LEVELS = 100
SALTELLI = "saltelli"
FACTORS = "factors"  # a table that may hold the factors, or "plausible"


def lhs(section: Values, base: Parameters) -> Varied:
    """Draw a latin hypercube."""
    options, factors = parts("lhs", section, base, {"points": None, "seed": 0})
    points, seed = whole("points", options, 1, MOST_POINTS), whole("seed", options, 0, MAX_SEED)
    return filled("lhs", factors, latin_hypercube(points, len(factors), seed))


def sobol_sequence(section: Values, base: Parameters) -> Varied:
    """Draw the start of a Sobol' sequence, or the rows from which Sobol' indices are worked out."""
    options, factors = parts("sobol", section, base, {"points": None, "seed": 0, "arrangement": ""})
    points, seed = whole("points", options, 2, MOST_POINTS), whole("seed", options, 0, MAX_SEED)
    if points & (points - 1):
        raise ParameterError(f"[sobol] points = {points}: not allowed; allowed: a power of two")
    if options["arrangement"] not in ("", SALTELLI):
        raise ParameterError(f'[sobol] arrangement = {plain(options["arrangement"])}: not allowed; allowed: "{SALTELLI}", or none')
    if not options["arrangement"]:
        return filled("sobol", factors, sobol(points, len(factors), seed))
    check_number(points * (len(factors) + 2))
    return filled(SALTELLI, factors, saltelli(points, len(factors), seed))


def morris_trajectories(section: Values, base: Parameters) -> Varied:
    """Draw Morris's trajectories."""
    options, factors = parts("morris", section, base, {"trajectories": None, "levels": 4, "seed": 0})
    trajectories, levels = whole("trajectories", options, 2, MOST_POINTS), whole("levels", options, 2, MOST_LEVELS)
    if levels % 2:
        raise ParameterError(f"[morris] levels = {levels}: not allowed; allowed: an even number")
    check_number(trajectories * (len(factors) + 1))
    return filled("morris", factors, morris(trajectories, len(factors), levels, whole("seed", options, 0, MAX_SEED)))


def parts(kind: str, section: Values, base: Parameters, options: Values) -> tuple[Values, tuple[Factor, ...]]:
    """Tell a section's options from its factors. options: by name, what holds where nothing is told."""
    beside = {key: value for key, value in section.items() if key not in options and key != FACTORS}
    below = section.get(FACTORS, {})
    if not isinstance(below, dict):
        raise ParameterError(
            f'[{kind}] {FACTORS} = {plain(below)}: not allowed; allowed: a table of names and ranges, or "{PLAUSIBLE}"'
        )
    words = [key for key, value in beside.items() if "." not in key and not isinstance(value, dict)]
    check_keys(kind, dict.fromkeys(words), [*options, FACTORS])
    told = flat(beside)
    for name, value in flat(below).items():
        if name in told:
            raise ParameterError(f"{name}: given twice")
        told[name] = value
    return options | {key: section[key] for key in options if key in section}, factors_of(kind, told, base, sampled)


def every_plausible(section: Values, base: Parameters, fixed: Values) -> Values:
    """Return a section with its `factors = "plausible"`, if it says so, written out.

    That is every number that has a value and a plausible range, unless it is fixed or has a line of its own. What is `none` in the
    base, such as the wage of a group without one, would change what the model is.
    """
    if section.get(FACTORS) != PLAUSIBLE:
        return section
    others = {*fixed, *flat({key: value for key, value in section.items() if key != FACTORS})}
    names = [
        name
        for name, quantity in base.table().items()
        if quantity.plausible and quantity.value is not None and kind_of(quantity) in (NUMBER, WHOLE_NUMBER) and name not in others
    ]
    return section | {FACTORS: dict.fromkeys(names, PLAUSIBLE)}


def whole(key: str, options: Values, least: int, most: int) -> int:
    """Return an option that is a whole number. Raises ParameterError."""
    value = options[key]
    if not is_whole(value, least, most):
        told = f"{key}: missing" if value is None else f"{key} = {plain(value)}: not allowed"
        raise ParameterError(f"{told}; allowed: a whole number from {least} to {most:,}")
    return value


def filled(kind: str, factors: tuple[Factor, ...], unit: "Array") -> Varied:
    """Turn rows of the unit cube into points."""
    shares = tuple(tuple(row) for row in unit.tolist())
    points = [{factor.name: factor.to_value(u) for factor, u in zip(factors, row, strict=True)} for row in shares]
    return Varied(kind, factors, points, shares)
