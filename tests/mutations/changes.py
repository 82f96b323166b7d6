"""The list: one small change to one rule each."""

from typing import NamedTuple


class Change(NamedTuple):
    """A fault. rule: file in `model/`; old occurs there exactly once, and new takes its place."""

    rule: str
    fault: str
    old: str
    new: str

    def applied_to(self, sound: str) -> str:
        """Return the file's text with the fault in it."""
        assert sound.count(self.old) == 1, f"{self.rule}: {self.fault}: occurs {sound.count(self.old)} times"
        return sound.replace(self.old, self.new)


CHANGES = (
    # what an hour is worth, what driving costs, what is left after tax
    Change("value_of_time.py", "evenings and Saturdays make an hour cheaper, not dearer", "+ premium +", "- premium +"),
    Change("value_of_time.py", "expected surplus: the density term with the wrong sign", "sigma) + sigma *", "sigma) - sigma *"),
    Change("car_costs.py", "the fuel in a car's cost is counted once more", "(fuel_price_factor - 1.0)", "fuel_price_factor"),
    Change("car_costs.py", "costs seen and not seen at first are swapped", "(1.0 - seen_at_first)", "seen_at_first"),
    Change("net_income.py", "a new schedule holds from the day after its date", "if known <= day)", "if known < day)"),
    Change("net_income.py", "a block is taxed as if it were all of the month's income", "tax(side_income + profit,", "tax(profit,"),
    Change("net_income.py", "beyond the last node the slope before the last", "nodes.size - 2", "nodes.size - 3"),
    Change("outside_options.py", "a new minimum wage holds from the day after its date", "entry[0] <= day", "entry[0] < day"),
    Change("outside_options.py", "a minijob is easier to find when many look for one",
           "reference_rate / unemployment_rate", "unemployment_rate / reference_rate"),
    Change("outside_options.py", "an hour is worth the lesser of its two options", "return max(net_wage", "return min(net_wage"),
    # accept or pass
    Change("choice.py", "the way home is free of kilometres", "km = terms.block_km + way + way", "km = terms.block_km + way"),
    Change("choice.py", "taxable is pay less the car's cost, not less the flat rate",
           "terms.deductible_per_km[driver.group] * km", "driver.cost_per_km * km"),
    Change("choice.py", "the shares seen of tax and of car cost are swapped",
           "tax * tax_seen - car_cost * cost_seen", "tax * cost_seen - car_cost * tax_seen"),
    Change("choice.py", "one block a day more than allowed",
           "driver.blocks_held_today >= terms", "driver.blocks_held_today > terms"),
    Change("choice.py", "everybody is free when the first group is",
           "slot_available[driver.group, slot]", "slot_available[0, slot]"),
    Change("choice.py", "only what is still open is wanted",
           "if surplus > wanted_surplus", "if offer.open > 0 and surplus > wanted_surplus"),
    # an evening
    Change("looks.py", "who looked skips the next round",
           "time, look, count = float(round),", "time, look, count = float(round) + 1.0,"),
    Change("looks.py", "one order for all rounds of an evening",
           "driver.person, round)\n            time", "driver.person, 0)\n            time"),
    Change("matching.py", "a block is given back a round later",
           "return round + 1 + int(floor((", "return round + 2 + int(floor(("),
    Change("matching.py", "who accepts in the last round but one may cancel", "terms.rounds - 2", "terms.rounds - 1"),
    Change("matching.py", "a slot given back may be taken again the same day",
           "driver.blocks_held_today -= 1",
           "driver.blocks_held_today -= 1\n            driver.slots_closed_today &= ~(1 << trade.slot)"),
    Change("matching.py", "hours given back still count to the weekly cap",
           "hours_held_this_week -= terms.slot_hours[trade.slot]", "hours_held_this_week -= 0.0 * terms.slot_hours[trade.slot]"),
    Change("matching.py", "blocks given back are taxed too", "if trades[index].is_held:", "if trades[index].row >= 0:"),
    # after the day's work
    Change("settlement.py", "half as many drivers stay away", ">= terms.no_show", ">= 0.5 * terms.no_show"),
    Change("settlement.py", "each block is taxed as the month's first", "driver.income_this_month, trade.res", "0.0, trade.res"),
    Change("settlement.py", "pay without the deductible is the month's income",
           "this_month += worth.profit", "this_month += worth.pay"),
    Change("settlement.py", "unpaid ways take no time in the accounts",
           "reservation_wage * worth.hours", "reservation_wage * terms.slot_hours[slot]"),
    Change("settlement.py", "full cost of a car at its marginal cost", "full_cost_per_km * worth.km", "cost_per_km * worth.km"),
    Change("settlement.py", "a driver is struck off again on the day he is forgotten", "< ACTIVE_DAYS:", "<= ACTIVE_DAYS:"),
    # joining and leaving
    Change("participation.py", "own district and city are swapped",
           "weight * own + (1.0 - weight)", "(1.0 - weight) * own + weight"),
    Change("participation.py", "the hours of registering cost nothing",
           "entrance.money + entrance.hours *", "entrance.money + 0.0 *"),
    Change("participation.py", "papers never take the longest delay", "delay_shortest + 1", "delay_shortest"),
    Change("participation.py", "weeks are averaged from the first Monday on", "active_from + 14 -", "active_from + 7 -"),
    Change("participation.py", "nobody leaves", "driver.status = _LEFT", "driver.status = _REGISTERED"),
    Change("participation.py", "who earns much leaves sooner",
           "weekly_surplus_average < entrance", "weekly_surplus_average > entrance"),
    Change("participation.py", "applicants do not count to the entry cap",
           "(_APPLICANT, _REGISTERED)).sum()", "(_REGISTERED,)).sum()"),
    Change("prospects.py", "hope: the tax of the month's first block", "BLOCKS_TRIED = 4.0", "BLOCKS_TRIED = 1.0"),
    Change("prospects.py", "hope: from the farthest station", "way = min(way,", "way = max(way,"),
    Change("prospects.py", "hope: every block wanted is got", "return entrance.believed_chance *", "return"),
    # parcels, couriers, carriers
    Change("parcels.py", "late from the promise on, not after it", "if age > promise_days", "if age >= promise_days"),
    Change("parcels.py", "Christmas is over a day later", ">= (12, 24)", ">= (12, 25)"),
    Change("parcels.py", "the forecast is the median day", "shock_before + variance / 2.0 -", "shock_before -"),
    Change("parcels.py", "the platform is offered the larger of rest and limit", "* min(waiting,", "* max(waiting,"),
    Change("parcels.py", "arrivals without the Christmas extra",
           "level + christmas_extra(day, demand, season_years)\n\n\ndef expected", "level\n\n\ndef expected"),
    Change("couriers.py", "a higher wage fills fewer vacancies", "f0 * relative_wage**", "f0 / relative_wage**"),
    Change("couriers.py", "a wage waits a week less", "WAGE_PAUSE_WEEKS = 13", "WAGE_PAUSE_WEEKS = 12"),
    Change("couriers.py", "the sick carry more",
           "(1.0 - carriers.sick) / (1.0 - carriers.sick_normal)", "(1.0 - carriers.sick_normal) / (1.0 - carriers.sick)"),
    Change("carrier.py", "wages of couriers fall", "*= 1.0 + carriers.wage_step", "*= 1.0 - carriers.wage_step"),
    Change("carrier.py", "what couriers carry is offered to the platform too", "(need - self.own_attempts,", "(need,"),
    Change("carrier.py", "relief vans may take what own couriers could",
           "carriers.relief_limit * normal", "(1.0 + carriers.relief_limit) * normal"),
    Change("carrier.py", "the season's helpers cover the usual gap too",
           "(1.0 - carriers.starting_gap_share) * carriers.season_share", "carriers.season_share"),
    # the platform
    Change("blocks.py", "the station limit never grows", " + platform.station_limit_per_week * (days_since_launch // 7)", ""),
    Change("blocks.py", "fewer blocks where more stay away", "(1.0 - blocks.no_show)", "(1.0 + blocks.no_show)"),
    Change("pricing/fixed.py", "the one price goes up after the first round",
           "first_offer)\n\n    def close", "first_offer + self.tariff.step)\n\n    def close"),
    Change("pricing/escalator.py", "a step where nothing is open", "[open > 0]", "[open >= 0]"),
    Change("pricing/feedback.py", "steps from round r* on, not after it", "if round > self", "if round >= self"),
    Change("pricing/feedback.py", "the price falls when too little is filled", "fill_target - filled", "filled - self.fill_target"),
    Change("pricing/protocol.py", "a step is per round, whatever the number of rounds",
           "step_per_hour * 10 / blocks.rounds", "step_per_hour"),
    Change("platform.py", "the backlog is not forecast", "max(0.0, backlog + expected_arrivals", "max(0.0, expected_arrivals"),
    Change("platform.py", "public beliefs never move", "Beliefs(float(pay), float(chance))", "Beliefs(*self.beliefs)"),
    Change("platform.py", "recruiting starts at launch", "launch_date - head_start", "launch_date"),
    # accounts
    Change("welfare.py", "relief vans: the marginal cost of the last for all", "(2.0 * normal_attempts)", "normal_attempts"),
    Change("welfare.py", "an hour of overtime is paid like any other", "+ overtime_pay_factor *", "+"),
    Change("welfare.py", "penalty also for what no posted block could carry",
           "(could_carry - carried)", "(day.parcels_offered_to_platform - carried)"),
    Change("clairvoyant.py", "blocks given back are bought too", 'booking.trades[booking.trades["is_held"]]', "booking.trades"),
    Change("clairvoyant.py", "he considers no more persons than the largest offer has blocks",
           "int(posted.sum())", "int(posted.max())"),
    # persons and places
    Change("population.py", "the chance to see the app is that of a tenth, whatever R",
           "** (10.0 / parameters.blocks.rounds)", "** 1.0"),
    Change("population.py", "ALG I's weekly hours are not limited",
           "min(city.weekly_cap[group], city.archetype_cap[driver.archetype])", "city.weekly_cap[group]"),
    Change("population.py", "dearer fuel lowers the full cost of a car",
           "full_cost_factor + (driver", "full_cost_factor - (driver"),
    Change("city.py", "districts by residents, not by cars", "district.residents * district.cars_per_1000", "district.residents"),
    Change("city.py", "the two stations are swapped",
           "(district.km_to_tegel, district.km_to_mariendorf)", "(district.km_to_mariendorf, district.km_to_tegel)"),
    Change("city.py", "a scenario's weekly cap is ignored", "min(group.weekly_cap, p.blocks.weekly_cap)", "group.weekly_cap"),
    # the day
    Change("terms.py", "the evening begins after 17 h, not at it", "start >= EVENING else", "start > EVENING else"),
    Change("terms.py", "all but ALG II have ALG II's deductible", 'if group == "alg2" else', 'if group != "alg2" else'),
    Change("clock.py", "Saturday counts to the next week", "(day.toordinal() - day.weekday()) // 7", "(day.toordinal() + 1) // 7"),
    Change("clock.py", "the Christmas extra stops a day early", "date(day.year, 12, 23)", "date(day.year, 12, 22)"),
    Change("clock.py", "the season's couriers come a day later", "date(day.year, 10, 31)).days", "date(day.year, 11, 1)).days"),
    Change("market.py", "the forecast forgets overtime",
           "for carrier in self.carriers) * (1.0 + day.overtime_share)", "for carrier in self.carriers)"),
    Change("market.py", "side income starts anew on the second", "self.today.day == 1:", "self.today.day == 2:"),
    Change("market.py", "more unemployed where the rate is lower",
           "population.unemployment_rate / population.reference_unemployment_rate",
           "population.reference_unemployment_rate / population.unemployment_rate"),
)  # fmt: skip
