"""One driver's decision on one evening: run the market until then, watch who opens the app, and work out what he saw."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from model import BlockMarket
from model.choice import Explanation, Hindrance, choose, explain
from model.clock import SUNDAY, is_working_day
from model.matching import Look, side_income_today, wages_of_evening
from model.parameters import ParameterError, Parameters
from model.population import SUCCESSOR
from model.roster import Status, Table
from model.terms import Terms


class Sight(NamedTuple):
    """The best block a driver found open when he opened the app; round 0: he did not, it is what round 1 would have shown him."""

    round: int
    driver: Table  # his row as it stood then
    offer: Table
    explanation: Explanation
    is_chosen: bool
    has_passed: bool  # took none at this look


class Decision(NamedTuple):
    """A sight worth telling, with the evening around it."""

    day: date
    terms: Terms
    sight: Sight
    looks: tuple[int, ...]  # rounds in which he opened the app
    taken: tuple[Table, ...]  # his trades of the evening
    refusals: int | None  # persons who passed though they could have taken an open block; None: not asked for

    @property
    def is_real(self) -> bool:
        """Tell whether it happened: he looked, and took or passed at the pay that is explained."""
        sight = self.sight
        has_decided = sight.is_chosen or sight.has_passed
        return sight.round > 0 and has_decided and sight.explanation.pay == sight.offer["cents"] / 100.0


class Evening:
    """An onlooker that keeps what the drivers saw: of everybody the first refusal that counts, of one person all."""

    def __init__(self, market: BlockMarket, slot: int | None = None, person: int | None = None) -> None:
        self.market, self.slot, self.person = market, slot, person
        self.looks: list[tuple[int, int]] = []  # round and row
        self.at_first: Sight | None = None  # the person, before anybody has taken anything
        self.own: list[Sight] = []  # the person's, look by look
        self.refused: Sight | None = None
        self.refusers: set[int] = set()

    def __call__(self, look: Look) -> None:
        """See one look."""
        is_first = not self.looks
        self.looks.append((look.round, look.row))
        if self.person is None:
            self.compare_refusal(self.sight(look))
            return
        if is_first:
            for row in np.flatnonzero(self.market.drivers["person"] == self.person):
                self.at_first = self.sight(look._replace(round=0, row=int(row)))
        if self.market.drivers["person"][look.row] == self.person and (sight := self.sight(look)):
            self.own.append(sight)

    def sight(self, look: Look) -> Sight | None:
        """Work out the open blocks at one look with the booking's own rules, and return the best; None if none is open."""
        driver, terms = self.market.drivers[look.row].copy(), self.market.terms
        side_income = side_income_today(driver, look.trades)
        wages = wages_of_evening(self.market.drivers, np.array([look.row]), terms)[0]
        choice = choose(driver, wages, look.offers, side_income, terms)
        found = [
            Sight(
                look.round, driver, offer.copy(),
                explain(driver, int(offer["slot"]), int(offer["station"]), offer["cents"] / 100.0, side_income, terms),
                index == choice.offer, choice.offer < 0,
            )
            for index, offer in enumerate(look.offers)
            if offer["open"] > 0 and self.slot in (None, offer["slot"])
        ]  # fmt: skip
        return max(found, key=_rank, default=None)

    def compare_refusal(self, sight: Sight | None) -> None:
        """Keep the refusal of the highest offer, of equals the lowest person's first."""
        if sight is None or not sight.has_passed or sight.explanation.hindrance != Hindrance.NONE:
            return
        self.refusers.add(int(sight.driver["person"]))
        if self.refused is None or _height(sight) > _height(self.refused):
            self.refused = sight


def _rank(sight: Sight) -> tuple[bool, float]:
    return sight.explanation.hindrance == Hindrance.NONE, sight.explanation.perceived_surplus


def _height(sight: Sight) -> tuple[int, int]:
    return int(sight.offer["cents"]), -int(sight.driver["person"])


def decide(market: BlockMarket, person: int | None, slot: int | None = None, pay: float | None = None) -> Decision:
    """Let the market's next day pass and explain one decision of its evening.

    person: his first block taken, else the best one at his last look at which any was open, else what round 1 would have shown
    him; None: of those who passed though they could have taken an open block, the one whose best offer paid most, of equals
    the lowest number. pay: as if this had been offered, EUR. Raises ParameterError where there is nothing to explain.
    """
    market.changes_take_effect()
    day, terms, evening = market.today, market.terms, Evening(market, slot, person)
    market.onlooker = evening
    market.step()
    market.onlooker = None
    if market.diary[-1].blocks_posted == 0:
        raise ParameterError(f"--day {day}: no block was posted, no parcels were expected to be left; allowed: a day with blocks")
    if person is not None:
        must_be_registered(market, person, day)
    sight = evening.refused if person is None else told(evening)
    if sight is None:
        what = f"no block was open in slot {slot}" if slot is not None else "nobody refused a block he could have taken"
        raise ParameterError(f"--day {day}: {what} ({len(evening.looks):,} looks); allowed: another day, slot or --person N")
    if pay is not None:
        sight = sight._replace(explanation=at_pay(sight, pay, terms))
    row = int(np.flatnonzero(market.drivers["person"] == sight.driver["person"])[0])
    looks = tuple(round for round, who in evening.looks if who == row)
    taken = tuple(market.trades[market.trades["row"] == row])
    return Decision(day, terms, sight, looks, taken, len(evening.refusers) if person is None else None)


def told(evening: Evening) -> Sight | None:
    """Return which of a person's sights is told."""
    chosen = [sight for sight in evening.own if sight.is_chosen]
    return chosen[0] if chosen else evening.own[-1] if evening.own else evening.at_first


def at_pay(sight: Sight, pay: float, terms: Terms) -> Explanation:
    """Explain the same block at another pay."""
    offer = sight.offer
    return explain(sight.driver, int(offer["slot"]), int(offer["station"]), pay, sight.explanation.side_income, terms)


def must_be_registered(market: BlockMarket, person: int, day: date) -> None:
    """Refuse a person who could not open the app: name his status, and how many could."""
    statuses, persons = market.drivers["status"], market.drivers["person"]
    registered = persons[statuses == Status.REGISTERED]
    found = statuses[persons == person]
    if found.size:
        word = Status(int(found[0])).name.lower()
    elif person in market.former_drivers["person"]:
        word = "left, another person has taken the row"
    else:
        raise no_such_person(person, persons.size)
    if word != "registered":
        first = f", the first is {registered.min()}" if registered.size else ""
        raise ParameterError(f"--person {person}: {word} on {day}; allowed: one of the {registered.size:,} registered{first}")


def no_such_person(person: int, pool: int) -> ParameterError:
    """Say which numbers there are."""
    return ParameterError(f"--person {person}: no such person; allowed: 0 to {pool - 1}, or a successor's number")


def check_person(person: int, day: date, parameters: Parameters) -> None:
    """Refuse a number that nobody can have on a date: no row's, or of more successors than Mondays have passed."""
    pool, mondays = parameters.population.drivers, (day - parameters.scenario.start_date).days // 7 + 1
    if person % SUCCESSOR >= pool or person // SUCCESSOR > mondays:
        raise no_such_person(person, pool)


def check_day(day: date, parameters: Parameters) -> None:
    """Refuse a date without a market: say why, and name the nearest date with one."""
    if reason := why_no_market(day, parameters):
        near = nearest_market_day(day, parameters)
        raise ParameterError(f"--day {day}: {reason}{f'; the nearest market day is {near}' if near else ''}")


def why_no_market(day: date, parameters: Parameters) -> str:
    """Say why no blocks are offered on a date; empty where they are."""
    period, platform = parameters.scenario, parameters.platform
    if all(there.platform.policy == "none" for there in parameters.in_turn):
        return "there is no platform in this scenario"
    if day < period.start_date:
        return f"before the scenario starts on {period.start_date}"
    if day > period.end_date:
        return f"after the scenario ends on {period.end_date}"
    if day < platform.launch_date:
        return f"before the platform's launch on {platform.launch_date}"
    if parameters.on(day).platform.policy == "none":
        return "there is no platform on that day"
    if is_working_day(day):
        return ""
    return "a Sunday" if day.weekday() == SUNDAY else "a public holiday in Berlin"


def nearest_market_day(day: date, parameters: Parameters) -> date | None:
    """Return the date with a market nearest to `day`, of two the earlier; None if the scenario has none."""
    first, last = parameters.scenario.start_date, parameters.scenario.end_date
    dates = (first + timedelta(k) for k in range((last - first).days + 1))
    return min((one for one in dates if not why_no_market(one, parameters)), key=lambda one: abs(one - day), default=None)
