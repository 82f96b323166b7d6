"""Take it with you: run folder, scenario, figures, and the command line."""

import asyncio
from collections.abc import Callable
from functools import partial
from html import escape

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from . import take, words
from .marks import button, html, live
from .view import View

MEDIA = {"zip": "application/zip", "toml": "application/toml", "svg": "image/svg+xml", "png": "image/png"}

ONE_AFTER_ANOTHER = asyncio.Lock()  # whoever asked: downloads would else take the threads in which markets step


def take_panel(view: View) -> None:
    """Put the downloads on the page."""
    session = view.session
    with ui.element("section").classes("section-take"):
        html(f"<h2>{escape(words.SECTIONS['take'][0])}</h2>")
        with ui.element("div").classes("buttons"):
            _offer(view, words.TAKE["run"], "zip", take.run_folder, "")
            _offer(view, words.TAKE["scenario"], "toml", take.scenario_file, "")
        for which, name in words.FIGURES.items():
            with ui.element("div").classes("buttons"):
                for kind in ("svg", "png"):
                    text = f"{words.TAKE['figures']} {name}, {kind.upper()}" if kind == "svg" else kind.upper()
                    act = partial(take.figure, which=which, kind=kind)
                    _offer(view, text, kind, act, f"-{which}", f"{words.TAKE['figures']} {name}, {kind.upper()}")
        html(f'<p class="sub">{escape(words.TAKE["command"])}</p>')
        html(live("command", take.command(session, view.opened)), "pre").props["tabindex"] = 0
        with ui.element("div").classes("buttons"):
            button("copy", lambda: ui.clipboard.write(take.command(session, view.opened)), "plain")


def _offer(view: View, text: str, kind: str, make: Callable[[take.Taken], bytes], suffix: str, label: str = "") -> None:
    """Put a button on the page that makes a file and downloads it; what cannot be made is said."""

    async def give() -> None:
        taken = await view.alone(partial(take.taken, view.session, view.opened))
        async with ONE_AFTER_ANOTHER:
            content = await asyncio.to_thread(make, taken)
        ui.download(content, f"{taken.file_name}{suffix}.{kind}", MEDIA[kind])

    sorry = f"{words.TAKE['not_yet']} ({{error}})"
    once = partial(view.once, f"download{suffix}.{kind}", give, sorry)
    element = TextElement(tag="button", text=text).classes("plain").on("click", once, args=[])
    element.props["type"] = "button"
    if label:
        element.props["aria-label"] = label
