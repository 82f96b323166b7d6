"""Plain HTML elements with NiceGUI behind them: buttons, selects, headings; each with its hint on hover and focus."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from . import words

type Act = Callable[..., Any]


def button(key: str, act: Act, classes: str = "") -> TextElement:
    """Return a button with a text and hint of its own."""
    element = TextElement(tag="button", text=words.BUTTONS[key]).classes(classes)
    element.props["type"] = "button"
    if key in words.BUTTON_TIPS:
        element.props["data-tip"] = words.BUTTON_TIPS[key]
    element.on("click", act, args=[])
    return element


def select(label: str, choices: Mapping[Any, str], value: Any, act: Act) -> ui.element:
    """Return a native select, which every keyboard and screen reader knows; `act` gets the chosen key as text."""
    element = ui.element("select").on("change", lambda event: act(event.args), js_handler="e => emit(e.target.value)")
    element.props["aria-label"] = label
    with element:
        for key, text in choices.items():
            option = TextElement(tag="option", text=text)
            option.props["value"] = str(key)
            if key == value:
                option.props["selected"] = True
    return element


def check(label: str, tip: str, act: Act, *, is_checked: bool) -> ui.element:
    """Return a box to tick; `act` gets true or false."""
    with ui.element("label").classes("check"):
        box = ui.element("input").on("change", lambda event: act(event.args), js_handler="e => emit(e.target.checked)")
        box.props["type"] = "checkbox"
        if is_checked:
            box.props["checked"] = True
        TextElement(tag="span", text=label).props["data-tip"] = tip
    return box


def html(content: str, tag: str = "div") -> ui.html:
    """Return a piece of our own HTML."""
    return ui.html(content, sanitize=False, tag=tag)


def heading(key: str, evening: str | None = None) -> str:
    """Return a section's heading and what is drawn, as HTML. evening: of which day it tells, where that is not always today."""
    title, sub = words.SECTIONS[key]
    tip = hint(words.GLOSSARY.get(key, ""))
    below = f'<p class="sub">{escape(sub)}</p>' if sub else ""
    day = "" if evening is None else f" {live('evening', evening, classes='date')}"
    return f"<h2><span{tip}>{escape(title)}</span>{day}</h2>{below}"


def legend(entries: Sequence[tuple[str, str, str, str]]) -> str:
    """Return coloured marks with their names. entries: name, colour, kind of mark, hint."""
    items = "".join(
        f'<li><i class="{kind}" style="background:{colour}"></i><span{hint(tip)}>{escape(name)}</span></li>'
        for name, colour, kind, tip in entries
    )
    return f'<ul class="legend">{items}</ul>'


def hint(text: str) -> str:
    """Return the attributes that show a hint on hover and focus; none without a text."""
    return f' data-tip="{escape(text)}" tabindex="0"' if text else ""


def live(key: str, text: str, tag: str = "span", classes: str = "") -> str:
    """Return HTML whose text the page's script keeps up to date."""
    return f'<{tag} class="{classes}" data-live="{key}">{escape(text)}</{tag}>'
