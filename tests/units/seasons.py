"""Seasons of a busy little market, as a tab of the page plays them."""

from experiments.scenario import Scenario
from model import Parameters
from results.live.session import Session
from tests.conftest import BUSY

CAP = "platform.pay_cap_per_hour"
LAUNCHED = 40  # days after which blocks are booked


def session_of(days=0, seed=0, **overrides):
    values = BUSY | {name.replace("__", "."): value for name, value in overrides.items()}
    session = Session(Scenario("busy", "", Parameters().with_values(values)), seed)
    pass_days(session, days)
    return session


def pass_days(session, number):
    for _ in range(number):
        session.advance()


def compare(session):
    session.is_comparing = True
    session.follow()
