"""`python -m benchmarks [--largest N | --only PART] [--commit]`: measure, print beside the committed figures, keep both."""

import argparse
from pathlib import Path

from .figure import png
from .measured import COMMITTED, PARTS, as_text, committed, measure, measure_one
from .speed import SIZES
from .table import as_markdown, show

FOLDER = Path("results/runs/bench")
PAGE, PICTURE = Path("docs/benchmarks.md"), Path("docs/figures/benchmarks.png")
BEGIN, END = "<!-- measured -->", "<!-- end -->"


def main() -> None:
    """Measure and print; with --commit also replace the committed figures, page and picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], choices=SIZES, help="largest pool of the table")
    parser.add_argument("--only", choices=PARTS, help="measure this part, and show all others as committed")
    parser.add_argument("--commit", action="store_true", help="replace the committed figures by these")
    options = parser.parse_args()
    before = committed() if COMMITTED.exists() else None
    result = (before or {}) | {options.only: measure_one(options.only)} if options.only else measure(options.largest)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "measured.json").write_text(as_text(result), encoding="utf-8")
    (FOLDER / "benchmarks.png").write_bytes(png(result))
    show(result, before or result)
    if options.commit:
        COMMITTED.write_text(as_text(result), encoding="utf-8")
        PICTURE.write_bytes(png(result))
        text = PAGE.read_text(encoding="utf-8")
        head, tail = text.partition(BEGIN)[0], text.partition(END)[2]
        machine = f"Measured on {result['date']} on {result['machine']}. {result.get('note', '')}".rstrip()
        PAGE.write_text(f"{head}{BEGIN}\n\n{machine}\n\n{as_markdown(result)}\n\n{END}{tail}", encoding="utf-8")
    print(f"\nwritten to {FOLDER}{', and to ' + str(PAGE) if options.commit else ''}")


if __name__ == "__main__":
    main()
