"""One evening of drivers who are all registered."""

from datetime import date

from model import Parameters
from model.population import draw_population
from model.roster import Status
from model.terms import terms_of

DAY = date(2017, 11, 15)
SEED = 9


def evening(number=300, seed=SEED, **values):
    """Return a roster of registered drivers, the parameters, and the terms of one evening."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    parameters = Parameters().with_values({"population.drivers": number, **named})
    drivers = draw_population(parameters, seed)
    drivers["status"] = Status.REGISTERED
    return drivers, parameters, terms_of(DAY, parameters, seed)
