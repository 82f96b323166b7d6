"""Every number of the model, once: `Parameters()` is the baseline, `with_values` a difference from it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from pydantic import PrivateAttr, ValidationError, model_validator

from .changes import Change, by_day, check_midway
from .declare import OR_NONE, Group, ParameterError, Quantity, first_problem, nearest, plain
from .market import MOST_SLOTS, STATIONS, Blocks, Period, Platform, Policy, Rules
from .parcels import Carriers, Demand, Welfare
from .population import Population
from .supply import Attention, Awareness, Behaviour, Cars, Entry, Exit, Perception, TimeValue

__all__ = ["MOST_SLOTS", "STATIONS", "Change", "ParameterError", "Parameters", "Quantity", "by_day", "nearest", "plain"]

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2199, 12, 31)
CARRIERS = ("DHL", "Hermes", "UPS", "DPD", "GLS")


class Parameters(Group):
    """The whole set, frozen. Dotted names (`platform.pay_cap_per_hour`) are those of scenarios and of `--set`.

    The values are those of the start; `changes` says what changes later, and `on` what is in force on a day.
    """

    scenario: Period = Period()
    population: Population = Population()
    rules: Rules = Rules()
    awareness: Awareness = Awareness()
    entry: Entry = Entry()
    exit: Exit = Exit()
    attention: Attention = Attention()
    time_value: TimeValue = TimeValue()
    cars: Cars = Cars()
    perception: Perception = Perception()
    behaviour: Behaviour = Behaviour()
    blocks: Blocks = Blocks()
    platform: Platform = Platform()
    policy: Policy = Policy()
    demand: Demand = Demand()
    carriers: Carriers = Carriers()
    welfare: Welfare = Welfare()
    _changes: tuple[Change, ...] = PrivateAttr(())
    _in_turn: tuple[tuple[date, "Parameters"], ...] = PrivateAttr(())  # what is in force from each date on

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """Refuse numbers that are fine alone and impossible together."""
        for name, day in {
            "scenario.start_date": self.scenario.start_date,
            "scenario.end_date": self.scenario.end_date,
            "platform.launch_date": self.platform.launch_date,
        }.items():
            if not FIRST_DATE <= day <= LAST_DATE:
                raise ValueError(f"{name} = {day}: not allowed; allowed: a date from {FIRST_DATE} to {LAST_DATE}")
        for is_wrong, message in self._misfits():
            if is_wrong:
                raise ValueError(message)
        for name, weights in self._weights().items():
            if not sum(weights) > 0:
                raise ValueError(f"{name} = {plain(weights)}: not allowed; allowed: weights with a positive sum")
        return self

    def _misfits(self) -> list[tuple[bool, str]]:
        """Return every way in which numbers may contradict each other: whether they do, and what to say."""
        period, platform, blocks, cars, entry = self.scenario, self.platform, self.blocks, self.cars, self.entry
        slots, classes = len(blocks.slot_starts), len(cars.cost_per_km)
        return [
            (period.end_date < period.start_date,
             f"scenario.end_date = {period.end_date}: not allowed; allowed: {period.start_date} (scenario.start_date) or later"),
            (platform.pay_floor_per_hour > platform.pay_cap_per_hour,
             f"platform.pay_floor_per_hour = {plain(platform.pay_floor_per_hour)}: not allowed; "
             f"allowed: up to platform.pay_cap_per_hour = {plain(platform.pay_cap_per_hour)}"),
            (not 1 <= slots <= MOST_SLOTS,
             f"blocks.slot_starts = {plain(blocks.slot_starts)}: not allowed; allowed: 1 to {MOST_SLOTS} slots"),
            (blocks.slots_overlap,
             f"blocks.slot_starts = {plain(blocks.slot_starts)}: not allowed; "
             f"allowed: slots one after another, of blocks.slot_hours = {plain(blocks.slot_hours)}"),
            *(_misfit(f"blocks.{name}", values, "blocks.slot_starts", slots)
              for name, values in (("slot_hours", blocks.slot_hours), ("slot_shares", blocks.slot_shares))),
            _misfit("cars.cost_shares", cars.cost_shares, "cars.cost_per_km", classes),
            (len(set(platform.stations)) != len(platform.stations) or not platform.stations,
             f"platform.stations = {plain(platform.stations)}: not allowed; "
             f"allowed: each of {', '.join(STATIONS)} at most once, at least one"),
            (entry.delay_longest < entry.delay_shortest,
             f"entry.delay_longest = {entry.delay_longest}: not allowed; "
             f"allowed: entry.delay_shortest = {entry.delay_shortest} or more"),
        ]  # fmt: skip

    def _weights(self) -> dict[str, tuple[float, ...]]:
        """Return every list of weights that is normalised to 1."""
        districts = [getattr(self.population.districts, name) for name in type(self.population.districts).model_fields]
        return {
            "blocks.slot_shares": self.blocks.slot_shares,
            "cars.cost_shares": self.cars.cost_shares,
            "carriers.shares": self.carriers.shares,
            "population.shares": tuple(self.population.shares.model_dump().values()),
            "population.districts": tuple(district.residents * district.cars_per_1000 for district in districts),
        }

    def table(self) -> dict[str, Quantity]:
        """Return every parameter by its dotted name, in the order of declaration."""
        return {quantity.name: quantity for quantity in self.quantities()}

    def with_values(self, values: Mapping[str, Any]) -> "Parameters":
        """Return a copy in which dotted names have new values.

        Dated changes stay, and come on top. Raises ParameterError with one line that names key, value and what is allowed, or
        the nearest name.
        """
        table = self.table()
        tree = self.model_dump()
        for name, value in values.items():
            if name not in table:
                raise ParameterError(f"{name}: {_what_is_wrong(name, table)}")
            *path, last = name.split(".")
            branch = tree
            for part in path:
                branch = branch.setdefault(part, {})
            branch[last] = _as_declared(value, table[name])
        try:
            return Parameters.model_validate(tree).with_changes(self._changes)
        except ValidationError as error:
            raise ParameterError(first_problem(error, table)) from None

    # --- what changes midway ---

    @property
    def changes(self) -> tuple[Change, ...]:
        """Dated changes, in the order of dates and names."""
        return self._changes

    @property
    def in_turn(self) -> "tuple[Parameters, ...]":
        """What is in force from the start, and then from each date with changes; each without changes of its own."""
        return tuple(parameters for _, parameters in self._in_turn) or (self,)

    def on(self, day: date) -> "Parameters":
        """Return what is in force on a day: the values of the start, and every change up to this morning."""
        return next((parameters for since, parameters in reversed(self._in_turn) if since <= day), self)

    def with_changes(self, changes: Iterable[Change]) -> "Parameters":
        """Return a copy in which these dated changes come on top of those it has, in place of any of the same day and name.

        Raises ParameterError with one line that names day, key, value and what is allowed.
        """
        days, new = by_day(self._changes), by_day(changes)
        for day, values in new.items():
            days[day] = days.get(day, {}) | values
        first = min(new, default=date.max)  # what is in force before it stays
        dated = [change for change in self._changes if change.date < first]
        in_turn = [entry for entry in self._in_turn if entry[0] < first] or [(date.min, self.in_turn[0])]
        for day, values in sorted(item for item in days.items() if item[0] >= first):
            in_force = in_turn[-1][1]._changed_on(day, values)
            table = in_force.table()
            dated += [Change(day, name, table[name].value) for name in sorted(values)]
            in_turn.append((day, in_force))
        copy = self.model_copy()
        copy._changes, copy._in_turn = tuple(dated), tuple(in_turn) if dated else ()
        return copy

    def held(self, values: Mapping[str, Any]) -> "Parameters":
        """Return a copy in which dotted names have these values from the first day to the last, whatever was to change."""
        kept = [change for change in self._changes if change.name not in values]
        return self.in_turn[0].with_values(values).with_changes(kept)

    def _changed_on(self, day: date, values: Mapping[str, Any]) -> "Parameters":
        first, last = self.scenario.start_date, self.scenario.end_date
        try:
            if not first <= day <= last:
                raise ParameterError(f"outside the season; allowed: a date from {first} to {last} (scenario.end_date)")
            check_midway(values, self.table())
            return self.with_values(values)
        except ParameterError as error:
            raise ParameterError(f"change on {day}: {error}") from None


def _misfit(name: str, values: tuple[float, ...], other: str, expected: int) -> tuple[bool, str]:
    """Return whether a list is not as long as the one it belongs to, and what to say."""
    return len(values) != expected, f"{name} = {plain(values)}: not allowed; allowed: as many numbers as {other} ({expected})"


def _as_declared(value: Any, quantity: Quantity) -> Any:
    """Read what scenario files cannot write: lists are tuples, dates may be text, and `none` is no value."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(quantity.default, date) and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return None if value == "none" and quantity.kind.endswith(OR_NONE) else value


def _what_is_wrong(name: str, table: dict[str, Quantity]) -> str:
    """Say why a dotted name is none: it is a section, or unknown with a nearest name."""
    if any(known.startswith(f"{name}.") for known in table):
        return "this is a section, its parameters go below it"
    sections = sorted({known.rpartition(".")[0] for known in table})
    return f"unknown parameter; {nearest(name, [*table, *sections])}"


BASELINE = Parameters()
