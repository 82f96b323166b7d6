"""The market as a Mesa model is usually written: in every round every agent is asked, in shuffled order.

Built on the independent market of `tests/independent`, so rules, parameters and persons are the same; only the way to find
who opens the app differs. That is one draw per agent and round here, so looks are equal in law, not one by one.
"""

from tests.independent.driver import Driver, Status
from tests.independent.evening import Evening
from tests.independent.market import Witness
from tests.independent.platform import Platform


class UsualDriver(Driver):
    """An agent that is asked in every round."""

    def act(self, evening: Evening, round_: int) -> None:
        """Open the app or not; whoever opens it looks at the offers."""
        if self.status == Status.REGISTERED and self.random.random() < self.opening_probability:
            evening.openings += 1
            evening.serve(self, round_)


class UsualEvening(Evening):
    """A booking in which all agents take their turn, round by round."""

    def run(self) -> None:
        """Go through the rounds."""
        for round_ in range(1, self.rounds + 1 if self.posted else 1):
            returned = self.take_back(round_)
            for offer in self.offers:
                self.pricing.price(offer, round_)
            open_before = [offer.open for offer in self.offers]
            self.market.agents_by_type[UsualDriver].shuffle_do("act", self, round_)
            self.note_round(round_, open_before, returned)


class UsualPlatform(Platform):
    """The platform, holding the usual kind of evening."""

    evening_class = UsualEvening


class UsualMarket(Witness):
    """Every driver an agent, every agent asked in every round."""

    driver_class, platform_class = UsualDriver, UsualPlatform
