"""From data to HTML and PDF: figures drawn, fonts at hand, one Typst source compiled twice; nothing is asked of the network."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.engines.pool import WorkError
from experiments.store import as_json
from model.parameters import ParameterError

from ..images import font_faces, svg
from ..theme import FONTS, PAGE, PHONE
from .exhibit import Figure

HERE = Path(__file__).parent
SOURCES = ("report.typ", "house.typ")
EXPECTED = ("html export is under active development",)  # what Typst says of its HTML each time


def check_typst() -> None:
    """Raise ParameterError if what typesets the report is not installed."""
    from importlib.util import find_spec

    for module in ("typst", "jinja2"):
        if find_spec(module) is None:
            raise ParameterError(
                f"the report needs {module}, which is not installed; the extra `report` brings it: pip install -e '.[report]'"
            )


def typeset(data: Mapping[str, Any], figures: Mapping[str, Figure]) -> dict[str, bytes]:
    """Return report.html and report.pdf. Raises WorkError if Typst warns of anything but its own youth."""
    with TemporaryDirectory(prefix="gigsupply-report-") as name:
        folder = Path(name)
        for source in SOURCES:
            (folder / source).write_bytes((HERE / source).read_bytes())
        draw(figures, folder / "figures")
        css = (HERE / "web.css").read_text(encoding="utf-8")
        (folder / "data.json").write_bytes(as_json({**data, "css": font_faces(letters(data)) + css}))
        html = compiled(folder, format="html")
        pdf = compiled(folder, format="pdf", pdf_standards="ua-1", sys_inputs={"target": "paper"})
        return {"report.html": as_page(html), "report.pdf": pdf}


def draw(figures: Mapping[str, Figure], folder: Path) -> None:
    """Draw every figure with text as text for print, and twice as outlines for pages, whose fonts an image cannot use."""
    folder.mkdir()
    for name, figure in figures.items():
        looks = {"": (PAGE, True), "-web": (PAGE, False)} | ({"-phone": (PHONE, False)} if figure.fits_a_phone else {})
        for suffix, (look, keeps_text) in looks.items():
            (folder / f"{name}{suffix}.svg").write_text(svg(figure.picture, look, keeps_text=keeps_text), encoding="utf-8")


def letters(data: Mapping[str, Any]) -> str:
    """Return the characters that the page may use, each once."""
    prose = "".join((HERE / source).read_text(encoding="utf-8") for source in SOURCES)
    return "".join(
        sorted(
            {chr(code) for code in range(32, 127)}
            | set(prose)
            | set(json.dumps(dict(data), ensure_ascii=False, default=str))
            | set("’‘“”–")
        )
    )


def compiled(folder: Path, **options: Any) -> bytes:
    """Compile the report."""
    import typst

    result, warnings = typst.compile_with_warnings(
        folder / "report.typ", root=folder, font_paths=[FONTS], ignore_system_fonts=True, **options
    )
    told = [one.message for one in warnings if not any(words in one.message for words in EXPECTED)]
    if told:
        raise WorkError(f"the report could not be typeset as it should: {'; '.join(told)}")
    return result if isinstance(result, bytes) else b"".join(result)


def as_page(html: bytes) -> bytes:
    """Give the page the width of the screen it is read on."""
    head = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    text = html.decode()
    return (text if 'name="viewport"' in text else re.sub(r"<head>", f"<head>\n{head}", text, count=1)).encode()
