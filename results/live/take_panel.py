"""Take it with you: run folder, scenario, figures, and the command line."""

from collections.abc import Callable
from html import escape

from nicegui import run, ui
from nicegui.elements.mixins.text_element import TextElement

from model.parameters import ParameterError

from . import take, words
from .marks import button, html, live
from .view import View

MEDIA = {"zip": "application/zip", "toml": "application/toml", "svg": "image/svg+xml", "png": "image/png"}


def take_panel(view: View) -> None:
    """Put the downloads on the page."""
    session = view.session
    with ui.element("section").classes("section-take"):
        html(f"<h2>{escape(words.SECTIONS['take'][0])}</h2>")
        with ui.element("div").classes("buttons"):
            _offer(view, words.TAKE["run"], "zip", lambda: take.run_folder(session, view.name), "")
            _offer(view, words.TAKE["scenario"], "toml", lambda: take.scenario_of(session).as_toml().encode(), "")
        for which, name in words.FIGURES.items():
            with ui.element("div").classes("buttons"):
                for kind in ("svg", "png"):
                    text = f"{words.TAKE['figures']} {name}, {kind.upper()}" if kind == "svg" else kind.upper()
                    act = lambda which=which, kind=kind: take.figure(session, which, kind)  # noqa: E731
                    _offer(view, text, kind, act, f"-{which}", f"{words.TAKE['figures']} {name}, {kind.upper()}")
        html(f'<p class="sub">{escape(words.TAKE["command"])}</p>')
        html(live("command", take.command(session, view.name)), "pre").props["tabindex"] = 0
        with ui.element("div").classes("buttons"):
            button("copy", lambda: ui.clipboard.write(take.command(session, view.name)), "plain")


def _offer(view: View, text: str, kind: str, make: Callable[[], bytes], suffix: str, label: str = "") -> None:
    """Put a button on the page that makes a file and downloads it; what cannot be made is said."""

    async def give() -> None:
        try:
            content = await run.io_bound(make)
        except ParameterError as error:
            ui.notify(f"{words.TAKE['not_yet']} ({error})")
            return
        if content is not None:
            ui.download(content, f"{take.file_name(view.session)}{suffix}.{kind}", MEDIA[kind])

    element = TextElement(tag="button", text=text).classes("plain").on("click", give, args=[])
    element.props["type"] = "button"
    if label:
        element.props["aria-label"] = label
