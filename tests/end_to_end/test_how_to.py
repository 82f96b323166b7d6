"""What the how-to pages show works: their Python and commands are run, their scenario is read, their edits fit the code."""

import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path

import pytest

from model import BlockMarket
from model.parameters.market import POLICIES as NAMES
from model.parameters.market import Platform
from model.pricing import POLICIES
from results.cli import status_of

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "how_to").glob("*.md"))
POLICY_FILE = "model/pricing/memory.py"
SMALL = ["--set", "population.drivers=300", "--days", "40"]


def blocks(page, language):
    """Return the code blocks of a page in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def save_files(page, folder):
    """Save the files that a page shows, each under the first names that it mentions."""
    for name, text in zip(re.findall(r"`([\w-]+\.toml)`", page.read_text(encoding="utf-8")), blocks(page, "toml"), strict=False):
        (folder / name).write_text(text, encoding="utf-8")


def policy_page():
    (page,) = (page for page in PAGES if POLICY_FILE in page.read_text(encoding="utf-8"))
    return page


@pytest.fixture
def policy(tmp_path, monkeypatch):
    """Plug the policy of the page in, as a file of model/pricing and by name, for one test."""
    (code,) = blocks(policy_page(), f"python file={POLICY_FILE}")
    path = tmp_path / "memory.py"
    path.write_text(code, encoding="utf-8")
    spec = spec_from_file_location("model.pricing.memory", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "model.pricing.memory", module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(POLICIES, "memory", module.Memory)
    monkeypatch.setitem(Platform.model_fields["policy"].json_schema_extra, "choices", (*NAMES, "memory"))
    return code


def test_there_is_a_page_for_each_question():
    assert [page.stem for page in PAGES] == [
        "add_a_pricing_policy",
        "change_a_parameter",
        "compare_two_policies",
        "read_a_decision",
        "read_sensitivity_indices",
        "resume_a_sweep",
        "run_a_sweep",
        "run_on_a_dask_cluster",
        "use_mesas_own_page",
        "watch_it_live",
        "write_a_report",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_works(page, policy, tmp_path, monkeypatch, capsys):
    """In its order and in one folder: files are written, Python and commands are run; a page's Python says something."""
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    if page.stem == "write_a_report":
        pytest.importorskip("typst", reason="the extra `report` is not installed")
    save_files(page, tmp_path)
    shown = re.findall(r"^```(python|console)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    assert shown
    names = {"__name__": "how_to"}  # what one block imports the next ones have, as for who reads on
    for language, code in shown:
        if language == "python":
            exec(compile(code, page.name, "exec"), names)
            assert capsys.readouterr().out
            continue
        for line in code.splitlines():
            assert status_of(words_of(line)) == 0, f"{line}: {capsys.readouterr().err}"


def words_of(line):
    """Return the words of a command; runs get a small pool, few days and one worker: the last mention of an option counts."""
    name, *words = shlex.split(line.partition(" # ")[0])
    assert name == "gigsupply"
    is_folder = words[0] == "compare" and Path(words[1]).is_dir()
    small = {"run": SMALL, "compare": [*SMALL, "--workers", "1", "--seeds", "2"], "explain": ["--set", "population.drivers=3000"]}
    return words if is_folder else words + small.get(words[0], [])


def test_the_policy_learns_and_keeps_to_floor_and_cap(policy):
    """Ten blocks a day soon find a driver: days come to begin below the first offer, never below the floor."""
    market = BlockMarket(platform__policy="memory", platform__station_limit_at_launch=10, platform__station_limit_per_week=0)
    market.run()
    pay = market.blocks["pay_per_block_eur"]
    assert pay.between(40.0, 64.0).all()
    first_round = market.blocks.loc[market.blocks["round"] == 1].groupby("date")["pay_per_block_eur"].mean()
    assert first_round.iloc[0] == 56.0
    assert first_round.iloc[1:].nunique() > 3
    assert first_round.min() < 56.0


def test_the_policy_is_about_forty_lines(policy):
    assert len(policy.splitlines()) <= 45


def test_the_edits_of_the_page_make_the_policy_a_choice(tmp_path):
    """In a copy of the code, the lines of the page are applied, and the name leads to the class."""
    for folder in ("model", "experiments"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / POLICY_FILE).write_text(blocks(policy_page(), f"python file={POLICY_FILE}")[0], encoding="utf-8")
    (edits,) = blocks(policy_page(), "diff")
    for number, (path, before, after) in enumerate(changes(edits)):
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"edit {number} of {path}"
        (tmp_path / path).write_text(text.replace(before, after), encoding="utf-8")
    code = (
        "from experiments.scenario import read_scenario; from model.pricing import pricing_policy; "
        "print(type(pricing_policy(read_scenario('baseline', ['platform.policy=memory']).parameters)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={}, stdout=subprocess.PIPE, timeout=60, check=True)
    assert printed.stdout.decode() == "<class 'model.pricing.memory.Memory'>\n"


def changes(edits):
    """Yield (path, text before, text after) for each removed line with its successor, and each kept line with what follows it."""
    path, lines = "", edits.splitlines()
    for line, successor in pairwise(lines):
        if line.startswith(" # "):
            path = line.removeprefix(" # ")
        elif successor.startswith("+"):
            before, added = f"{line[1:]}\n", f"{successor[1:]}\n"
            yield path, before, added if line.startswith("-") else before + added
