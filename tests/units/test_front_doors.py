"""Front doors answer quickly: nothing heavy is imported before it is used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import experiments
import model
from experiments import design

ROOT = Path(model.__file__).parent.parent


def modules_after(statement: str) -> set[str]:
    """Return the top-level modules a fresh process has loaded after one statement."""
    code = f"{statement}\nimport sys\nprint(' '.join(name for name in sys.modules if '.' not in name))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import model", {"mesa", "pandas", "numba", "numpy"}),
        ("import model.choice", {"mesa", "pandas", "matplotlib"}),
        ("import results.cli", {"mesa", "pandas", "matplotlib", "numba", "scipy", "pyarrow"}),
        ("import experiments", {"mesa", "pandas", "matplotlib", "numba"}),
        ("from experiments.design import PlannedRun", {"mesa", "pandas", "matplotlib", "numba", "numpy", "scipy", "typer"}),
    ],
)
def test_an_import_loads_nothing_it_does_not_need(statement, heavy):
    loaded = modules_after(statement)
    assert not loaded & heavy
    assert loaded & {"model", "results", "experiments"}


@pytest.mark.parametrize("door", [model, experiments, design])
def test_a_front_door_opens_to_each_of_its_names_and_to_no_other(door):
    for name in door.__all__:
        assert getattr(door, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        door.Nothing  # noqa: B018


def test_the_packages_tested_are_those_of_this_checkout():
    for package in (model, experiments):
        assert Path(package.__file__).is_relative_to(Path(__file__).parents[2])
