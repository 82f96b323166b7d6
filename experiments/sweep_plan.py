"""What the runs of a sweep folder have in common: another base scenario, length or version of the model needs another folder."""

import hashlib
import json
import shlex
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.compiled import state_of_the_model
from model.parameters import ParameterError, plain

from .store import MANIFEST

if TYPE_CHECKING:
    from .design import Design

PLAN, RUNS = "plan.json", "runs.jsonl"
SHOWN = 12  # digits of a digest
ASKED = "asked"

type Plan = dict[str, Any]


def plan_of(design: "Design") -> Plan:
    """Return what all runs of a design share, with its sha256. Seeds, points and arms are not in it: more of them only add runs.

    Outside the sha256 it has what was asked for: a design may move to another folder.
    """
    shared = {
        "design": design.name,
        "version": version("gigsupply"),
        "model": state_of_the_code(design.detail),
        "days": design.days,
        "parameters": {name: quantity.value for name, quantity in design.scenario.parameters.table().items()},
        "changes": design.scenario.parameters.changes,
    }
    return sealed(json.loads(json.dumps(shared, default=str))) | {ASKED: list(design.asked)}  # as it will be read


def sealed(shared: Plan) -> Plan:
    """Add the sha256."""
    return shared | {"sha256": hashlib.sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()}


def state_of_the_code(detail: bool = False) -> str:
    """Return a name for the present state of what makes the numbers: the model, and how measures are taken."""
    files = ("measures.py", "detail.py", "block_by_block.py") if detail else ("measures.py",)
    measures = b"".join(Path(__file__).with_name(name).read_bytes() for name in files)
    return hashlib.sha256(state_of_the_model().encode() + measures).hexdigest()


def check_folder(folder: Path, plan: Plan) -> None:
    """Raise ParameterError, naming what differs, if a folder holds anything but runs of this plan."""
    if not (folder / PLAN).exists():
        for name in (MANIFEST, RUNS):
            if (folder / name).exists():
                raise ParameterError(f"--out {folder}: holds other results ({name} without {PLAN}); allowed: another folder")
        return
    known = known_plan(folder / PLAN)
    if known["sha256"] != plan["sha256"]:
        raise ParameterError(f"--out {folder}: {difference(known, plan)}; allowed: another folder")


def known_plan(path: Path) -> Plan:
    """Read a plan. Raises ParameterError if it is not as it was written."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["sha256"] == sealed({name: value for name, value in known.items() if name not in ("sha256", ASKED)})["sha256"]:
            return known
    except OSError as error:
        raise ParameterError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, AttributeError, TypeError, KeyError):
        pass  # no JSON, or no table of ours
    raise ParameterError(f"{path}: damaged, so that nobody can say whose runs these are; allowed: another folder")


def line_that_goes_on(plan: Plan, folder: Path) -> str:
    """Return the command that does what a folder still lacks."""
    return shlex.join(["gigsupply", "sweep", *(plan.get(ASKED) or [f"{plan['design']}.toml"]), "--out", str(folder)])


def difference(known: Plan, plan: Plan) -> str:
    """Say in what a folder's plan differs from the design's."""
    if known["design"] != plan["design"]:
        return f"holds the design {known['design']}, not {plan['design']}"
    if (known["version"], known["model"]) != (plan["version"], plan["model"]):
        there, here = (f"{one['version']}, {one['model'][:SHOWN]}" for one in (known, plan))
        return f"holds runs of another version of the model ({there}; this is {here})"
    if known["days"] != plan["days"]:
        return f"holds runs with days = {plain(known['days'])}, not {plain(plan['days'])}"
    if known.get("changes") != plan["changes"]:
        return "holds runs of a scenario with other dated changes"
    changed = [name for name, value in plan["parameters"].items() if known["parameters"].get(name) != value]
    there, here = (plain(one["parameters"].get(changed[0])) for one in (known, plan))
    more = f" (and {len(changed) - 1} more changed)" if len(changed) > 1 else ""
    return f"holds runs with {changed[0]} = {there}, not {here}{more}"
