"""Figures and fonts as bytes: SVG with alternative text, PNG, and the part of a font that a page needs."""

import re
from base64 import b64encode
from html import escape
from io import BytesIO

import matplotlib as mpl

from .figures import Picture
from .theme import FACES, FILE, FONT, PAPER, Look, themed


@themed
def svg(picture: Picture, look: Look, *, keeps_text: bool) -> str:
    """Draw a picture as SVG. keeps_text: text stays text in the page's font; otherwise outlines, which look alike everywhere."""
    with mpl.rc_context(
        {"svg.fonttype": "none" if keeps_text else "path", "svg.hashsalt": f"gigsupply {picture.name} {look.width}"}
    ):
        target = BytesIO()
        picture.draw(look).savefig(target, format="svg", metadata={"Date": None, "Creator": "gigsupply"}, transparent=True)
    return accessible(target.getvalue().decode(), picture, f"{picture.name}-{'phone' if look.is_narrow else 'wide'}")


@themed
def png(picture: Picture, look: Look = FILE) -> bytes:
    """Draw a picture as PNG at 200 dots per inch."""
    target = BytesIO()
    picture.draw(look).savefig(
        target, format="png", metadata={"Software": "gigsupply", "Title": picture.headline.title}, facecolor=PAPER
    )
    return target.getvalue()


def accessible(drawing: str, picture: Picture, prefix: str) -> str:
    """Add title and description, and make ids unique so that several drawings can stand on one page."""
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', drawing)
    drawing = re.sub(r'(xlink:href="|href="|url\()#', rf"\g<1>#{prefix}-", drawing)
    title = f'<title id="{prefix}-title">{escape(picture.headline.title)}</title>'
    words = f'{title}<desc id="{prefix}-desc">{escape(picture.alternative)}</desc>'
    head, body = drawing.split(">", 1)
    return f'{head} role="img" aria-labelledby="{prefix}-title {prefix}-desc">{words}{body}'


def as_file(drawing: str) -> bytes:
    """Return an SVG drawing as a file of its own."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{drawing}'.encode()


def font_faces(text: str) -> str:
    """Return CSS that carries the font, reduced to the characters of `text`: no network, no installed font is needed."""
    return "\n".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};font-style:normal;"
        f"src:url(data:font/woff;base64,{b64encode(_subset(str(path), text)).decode()}) format('woff')}}"
        for weight, path in FACES.items()
    )


def _subset(path: str, text: str) -> bytes:
    """Return a WOFF font with the glyphs of `text` only. fontTools comes with matplotlib."""
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "liga", "lnum", "tnum", "mark", "ccmp"], notdef_outline=True)
    options.desubroutinize = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    target = BytesIO()
    with subset.load_font(path, options) as font:
        subsetter.subset(font)
        subset.save_font(font, target, options)
    return target.getvalue()
