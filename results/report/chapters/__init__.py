"""The chapters of results, one file each: claims, tables and figures of one question, from the readings of its studies."""

from types import ModuleType

from . import coverage, evidence, floor, gains, left, mileage, sensitivity, wages

CHAPTERS: dict[str, ModuleType] = {
    "coverage": coverage, "left": left, "floor": floor, "mileage": mileage, "wages": wages, "gains": gains,
    "sensitivity": sensitivity, "evidence": evidence,
}  # fmt: skip
