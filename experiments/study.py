"""Studies: the designs that come with the model, what each asks, and what it found."""

from textwrap import fill
from typing import NamedTuple

from .design.read import STUDIES, TEXTS
from .scenario import names_in, parsed

WIDTH, INDENT = 110, "    "
HOW = (
    "gigsupply sweep STUDY --smoke runs a small version in seconds, --dry-run says how long the whole takes; gigsupply sensitivity "
    "STUDY, where parameters are screened, says which matter."
)


class Study(NamedTuple):
    """What a study says of itself."""

    name: str
    about: str
    question: str
    finding: str


def studies() -> list[Study]:
    """Return the studies that come with the model; their points are not looked at."""
    trees = {name: parsed(STUDIES / f"{name}.toml") for name in names_in(STUDIES)}
    return [Study(name, *(tree.get(text, "") for text in TEXTS)) for name, tree in trees.items()]


def list_of_studies() -> str:
    """Write each study's question and finding, and how to run one."""
    return "\n\n".join([*map(paragraph, studies()), fill(HOW, WIDTH)])


def paragraph(study: Study) -> str:
    """Write a study."""
    told = [text for text in (study.question, study.finding) if text]
    return "\n".join(
        [f"{study.name}: {study.about}", *(fill(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT) for text in told)]
    )
