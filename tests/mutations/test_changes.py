"""The list of faults keeps up with the code, and the published table with the list."""

import ast

import pytest

from .changes import CHANGES
from .table import CHECKOUT, found_so_far


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.rule}: {change.fault}")
def test_a_fault_fits_the_code_as_it_is_and_leaves_python(change):
    sound = (CHECKOUT / "model" / change.rule).read_text(encoding="utf-8")
    assert sound.count(change.old) == 1
    assert ast.dump(ast.parse(change.applied_to(sound))) != ast.dump(ast.parse(sound))


def test_each_fault_was_tried_and_has_its_row():
    assert list(found_so_far()) == [(change.rule, change.fault) for change in CHANGES]
