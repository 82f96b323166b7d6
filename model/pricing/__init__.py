"""How the platform prices its blocks: one policy, one small file.

A new one is added to `POLICIES` here and to the choices of `platform.policy`.
"""

from collections.abc import Callable

from ..parameters import Parameters
from .escalator import Escalator
from .feedback import Feedback
from .fixed import Fixed
from .protocol import Learning, Outcome, Posting, Pricing, tariff_of

__all__ = ["POLICIES", "Learning", "Outcome", "Posting", "Pricing", "pricing_policy", "tariff_of"]

POLICIES: dict[str, Callable[[Parameters], Pricing]] = {
    "fixed": Fixed,
    "escalator": Escalator,
    "feedback": Feedback,
}


def pricing_policy(parameters: Parameters) -> Pricing | None:
    """Return the scenario's policy; None where there is no platform."""
    name = parameters.platform.policy
    return None if name == "none" else POLICIES[name](parameters)
