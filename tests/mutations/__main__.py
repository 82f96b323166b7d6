"""Try the faults, all or those that contain one of some words: `python -m tests.mutations [WORD ...]`.

Each fault is put into a copy of the checkout, where the tests marked `rules` then run, compiled anew, up to the first that fails.
What was found is written to docs/mutations.md after each.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .changes import CHANGES, Change
from .table import CHECKOUT, found_so_far, write_table

OPTIONS = ("-m", "rules", "-x", "-q", "--tb=short", "-p", "no:cacheprovider", "--hypothesis-profile=unshrunk")
NOT_COPIED = (".*", "__pycache__", "runs", "published", "build", "dist")
FIRST_FAILURE = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?\.py)::(\w+)", re.MULTILINE)
LONGEST = 900.0  # seconds


class SaysNothingError(Exception):
    """The change does not compile, or tests cannot be collected: it says nothing about the tests."""


def first_failure(copy: Path, rule: str) -> str:
    """Run the rules' tests in a copy, the rule's own first; return the first that fails as `folder/file::test`, "" if all pass."""
    own_tests = copy / "tests" / "units" / f"test_{Path(rule).parts[0].removesuffix('.py')}.py"
    with tempfile.TemporaryDirectory(prefix="gigsupply-compiled-") as cache:
        for tests in (own_tests, copy / "tests"):
            if tests.exists() and (failure := _first_failure_of(tests, copy, cache)):
                return failure
    return ""


def _first_failure_of(tests: Path, copy: Path, cache: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment = inherited | {"PYTHONPATH": str(copy), "XDG_CACHE_HOME": cache, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", *OPTIONS, str(tests)]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode == 0:
        return ""
    failure = FIRST_FAILURE.search(done.stdout)
    if done.returncode != 1 or not failure or "numba.core.errors" in done.stdout:
        raise SaysNothingError(f"the tests did not get as far as a claim\n{done.stdout[-2_000:]}")
    file, test = failure.groups()
    return f"{file.removeprefix('tests/').removesuffix('.py')}::{test}"


def try_out(change: Change, copy: Path) -> str:
    """Put the change in, run, and take it out again."""
    file = copy / "model" / change.rule
    sound = file.read_text(encoding="utf-8")
    file.write_text(change.applied_to(sound), encoding="utf-8")
    try:
        return first_failure(copy, change.rule)
    finally:
        file.write_text(sound, encoding="utf-8")


def main(words: list[str]) -> None:
    """Try the faults one after another, one process at a time; the copy without a fault first."""
    wanted = [change for change in CHANGES if not words or any(word in f"{change.rule}: {change.fault}" for word in words)]
    found = found_so_far()
    with tempfile.TemporaryDirectory(prefix="gigsupply-faults-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        if failure := _first_failure_of(copy / "tests", copy, str(Path(folder) / "compiled")):
            sys.exit(f"{failure} fails without any change")
        for change in wanted:
            try:
                found[change.rule, change.fault] = try_out(change, copy)
            except (SaysNothingError, subprocess.TimeoutExpired) as error:
                print(f"{change.rule}: {change.fault}: {error}", flush=True)
                continue
            print(f"{change.rule}: {change.fault}: {found[change.rule, change.fault] or 'NOT CAUGHT'}", flush=True)
            write_table(found)


if __name__ == "__main__":
    main(sys.argv[1:])
