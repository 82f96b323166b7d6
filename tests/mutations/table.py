"""docs/mutations.md: which fault was noticed by which test. The table is also the memory of what was tried."""

import re
from pathlib import Path

from .changes import CHANGES

CHECKOUT = Path(__file__).parents[2]
TABLE = CHECKOUT / "docs" / "mutations.md"
WIDE = ("independent", "golden")  # folders whose tests watch the whole market, not one rule
ROW = re.compile(r"^\| `(?P<rule>[^`]+)` \| (?P<fault>[^|]+) \| (?P<caught>[^|]+) \|$", re.MULTILINE)
NAMES = re.compile(r"`([^`]+)`: `([^`]+)`")
NOTHING, NOT_TRIED = "**nothing**", "not tried yet"

type Found = dict[tuple[str, str], str]  # rule and fault -> first test that failed, `folder/file::test`; "": none

HEAD = """# Faults on purpose

A test that cannot fail proves nothing. Each rule below was broken on purpose, one small change at a time, in a copy of the
checkout: a sign, an off-by-one round, a swapped cost. Then the fast tests that watch the rules ran (`pytest -m rules`, under a
minute once the rules are compiled). The table names the first test that failed; often others failed too.

Narrow tests run first: those named like the rule's file, then others of one rule (`units`), of a known answer (`theory`), of the
accounts (`identities`). Then come the two that compare whole runs: the independent witness (`independent`) and, last of all, the
golden run (`golden`). They notice nearly anything, so what they caught alone is counted apart.

**{caught} of {tried} faults were caught, {narrowly} of them without witness and golden run;** {by_witness} by the witness,
{by_golden} by the golden run alone. The table was put together in parts: some tests were written with a fault in mind, and what
they concern was tried again.

`python -m tests.mutations` tries them all again and writes this page (about half an hour); with words behind it, only the
faults that contain one of them. They are listed in `tests/mutations/changes.py`; a test sees to it that each still fits the
code and has its row.

| rule in `model/` | fault | caught by |
|---|---|---|
"""
FOOT = """
## What the table does not say

Some of these tests were written for this list, so the share caught is no sample of how many faults would be caught that nobody
thought of. Without them the day on which Christmas is over went unnoticed, and only the witness noticed fewer no-shows, the
median for the forecast, helpers who cover the usual gap, and overtime at usual pay.

A fault that is caught says that the rule is watched, not that it is right. What the rules should be stands in
`docs/economics.md`; that the product follows them is for the witness to say, which was written from the description alone.

The witness takes the drawn persons as they are and compares neither the full cost of a car nor what the clairvoyant pays: for
these only the narrow tests count. Rules that only cost speed, or change a number by rounding, are not looked for. Neither are
changes that no run can show: a week that begins on Sunday is the same week where nobody works on Sundays.
"""


def found_so_far() -> Found:
    """Read the table; rows that were not tried yet are left out."""
    rows = ROW.finditer(TABLE.read_text(encoding="utf-8"))
    return {(row["rule"], row["fault"]): _read(row["caught"]) for row in rows if row["caught"] != NOT_TRIED}


def write_table(found: Found) -> None:
    """Write the page anew, in the order of the list; what is no longer in the list is dropped."""
    tests = [found[change.rule, change.fault] for change in CHANGES if (change.rule, change.fault) in found]
    caught = [test for test in tests if test]
    wide = [sum(test.startswith(folder) for test in caught) for folder in WIDE]
    page = HEAD.format(
        caught=len(caught), tried=len(tests), narrowly=len(caught) - sum(wide), by_witness=wide[0], by_golden=wide[1]
    )
    rows = [f"| `{change.rule}` | {change.fault} | {_written(found.get((change.rule, change.fault)))} |" for change in CHANGES]
    TABLE.write_text(page + "\n".join(rows) + "\n" + FOOT, encoding="utf-8")


def _written(test: str | None) -> str:
    if test is None:
        return NOT_TRIED
    return "`{}`: `{}`".format(*test.split("::")) if test else NOTHING


def _read(caught: str) -> str:
    names = NAMES.fullmatch(caught)
    return "::".join(names.groups()) if names else ""
