"""What the README shows works: its Python is run, its scenario is read, its commands exist."""

import re
import shlex
from pathlib import Path

import pytest

from experiments.scenario import read_scenario
from results.cli import status_of

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    assert found
    return found


def test_the_python_of_the_readme_runs(capsys):
    for code in blocks("python"):
        exec(code, {"__name__": "readme"})
    assert "reservation_wage=" in capsys.readouterr().out


def test_the_scenario_of_the_readme_is_one(tmp_path):
    for number, text in enumerate(blocks("toml")):
        path = tmp_path / f"{number}.toml"
        path.write_text(text)
        assert read_scenario(str(path)).about


# all days and seeds would take minutes: the command's form is what is tried here
COMMANDS = [line.partition("#")[0].strip() for line in re.findall(r"^gigsupply .*$", README, flags=re.MULTILINE)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return one folder for all: some commands read what others wrote."""
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_run(command, folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    words = shlex.split(command)[1:]
    is_folder = words[0] == "compare" and words[1].startswith("results/runs/")
    if words[0] in {"run", "compare"} and not is_folder:
        words += ["--days", "3"]
    if words[0] == "compare" and not is_folder:
        words += ["--seeds", "2", "--workers", "1"]
    assert status_of(words) == 0
