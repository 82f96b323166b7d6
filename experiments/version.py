"""Which code makes the numbers: runs of another are never mixed with its own."""

import hashlib
from pathlib import Path

from model.compiled import state_of_the_model

SHOWN = 12  # digits of a digest


def state_of_the_code(detail: bool = False) -> str:
    """Return a name for the present state of what makes the numbers: the model, and how measures are taken."""
    files = ("measures.py", "detail.py", "block_by_block.py") if detail else ("measures.py",)
    measures = b"".join(Path(__file__).with_name(name).read_bytes() for name in files)
    return hashlib.sha256(state_of_the_model().encode() + measures).hexdigest()
