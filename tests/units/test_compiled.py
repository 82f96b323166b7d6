"""Compiled code is never stale, and where the cache cannot be written it goes elsewhere."""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from model import compiled

MODEL = Path(compiled.__file__).parent

ASK_A_KERNEL = """
from datetime import date
from model.choice import budget
from model.parameters import Parameters
from model.roster import new_rows
from model.terms import terms_of
print(budget(new_rows(1)[0], 0, 0, 64.0, 0.0, 9.0, terms_of(date(2017, 11, 15), Parameters(), 0)).car_cost_share_seen)
"""


ASK_THE_TERMS = """
from datetime import date
from model.parameters import Parameters
from model.terms import terms_of
print(terms_of(date(2017, 11, 15), Parameters(), 0).minimum_wage)
"""


def ask(home: Path, cache: Path, question: str = ASK_A_KERNEL) -> float:
    """Return a number of the kernel in choice.py that follows from a rule in car_costs.py, from a fresh process."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment |= {"PYTHONPATH": str(home), "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run([sys.executable, "-c", question], cwd=home, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_a_rule_edited_in_another_file_changes_the_kernels_number(tmp_path):
    home, cache = tmp_path / "checkout", tmp_path / "cache"
    shutil.copytree(MODEL, home / "model", ignore=shutil.ignore_patterns("__pycache__"))
    assert ask(home, cache) == pytest.approx(0.6, rel=1e-12)
    rule = home / "model" / "car_costs.py"
    text = rule.read_text(encoding="utf-8")
    edited = text.replace("return 1.0 - (1.0 - seen_at_first)", "return 1.5 - (1.0 - seen_at_first)")
    assert edited != text
    kernel = (home / "model" / "choice.py").stat()
    rule.write_text(edited, encoding="utf-8")
    assert ask(home, cache) == pytest.approx(1.1, rel=1e-12)
    assert (home / "model" / "choice.py").stat().st_mtime_ns == kernel.st_mtime_ns  # the kernel's own file stood still
    assert len(list((cache / "gigsupply").iterdir())) == 2


def test_two_processes_that_compile_at_the_same_time_do_not_disturb_each_other(tmp_path):
    with ThreadPoolExecutor(2) as two:
        numbers = list(two.map(lambda _: ask(MODEL.parent, tmp_path), range(2)))
    assert numbers == [ask(MODEL.parent, tmp_path)] * 2
    assert len(list((tmp_path / "gigsupply").iterdir())) == 1


def test_an_edited_table_is_read_anew(tmp_path):
    home = tmp_path / "checkout"
    shutil.copytree(MODEL, home / "model", ignore=shutil.ignore_patterns("__pycache__"))
    table = home / "model" / "data" / "minimum_wage.csv"
    before = ask(home, tmp_path / "cache", ASK_THE_TERMS)
    text = table.read_text(encoding="utf-8")
    assert "8.84" in text
    table.write_text(text.replace("8.84", "9.84"), encoding="utf-8")
    assert ask(home, tmp_path / "cache", ASK_THE_TERMS) == pytest.approx(before + 1.0, rel=1e-12)
    assert len(list((tmp_path / "cache" / "gigsupply").iterdir())) == 2


def test_where_compiled_code_cannot_be_kept_it_is_said_once_and_nothing_stays(tmp_path):
    """A parent and the child it starts: one line, one temporary folder, gone at the end."""
    script = (
        f"import subprocess, sys; import model.compiled\n{ASK_A_KERNEL}\nsubprocess.run([sys.executable, '-c', {ASK_A_KERNEL!r}])"
    )
    environment = os.environ | {"PYTHONPATH": str(MODEL.parent), "NUMBA_CACHE_DIR": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.count("\n") == 1
    assert "compiled code cannot be kept there" in done.stderr
    assert "/proc/nowhere" in done.stderr
    assert len(set(done.stdout.split())) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("nowhere", ["/proc/nonexistent", "a file"])
def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_folder(nowhere, tmp_path, monkeypatch):
    """Root writes anywhere with permission bits, so the unwritable is a folder of the kernel's, or a file as parent."""
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked) if nowhere == "a file" else nowhere)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = Path(compiled.place_of_compiled_code())
    assert place.parent == tmp_path
    assert place.name.startswith("gigsupply-")
    assert os.access(place, os.W_OK)


def test_the_state_of_the_house_depends_on_numbas_settings(monkeypatch):
    before = compiled.state_of_the_house()
    assert compiled.state_of_the_house() == before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "an unheard-of value")
    assert compiled.state_of_the_house() != before
