"""The levers: a slider and a field each, with range and source on hover, and a note that says from when the value holds."""

from contextlib import suppress
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from model.parameters import ParameterError

from . import words
from .amounts import in_field
from .levers import Lever, taken, typed
from .marks import Act, button, select
from .origins import origin, sentences
from .refusal import refusal
from .view import View


class LeverPanel:
    """One lever on the page. on_moved: what follows once its value was taken."""

    def __init__(self, lever: Lever, view: View, on_moved: Act) -> None:
        self.lever, self.view, self.on_moved = lever, view, on_moved
        with ui.element("div").classes("lever"):
            with ui.element("div").classes("head"):
                self._name()
                if lever.is_number:
                    self.field = self._field()
            self.slider = self._slider() if lever.is_number else None
            if not lever.is_number:
                self.choice = select(words.LEVERS[lever.name][0], words.POLICIES, lever.value, self.moved)
            self.note = TextElement(tag="div", text=self.waits()).classes("note")
            self.note.props["role"] = "status"
            self.again = button("over_with", lambda: view.begin_anew(view.session.again), "plain")
            self.offer_again()

    def _name(self) -> None:
        name, about = words.LEVERS[self.lever.name]
        label = TextElement(tag="label", text=name)
        quantity = self.lever.quantity
        bounds = [self.shown(bound) for bound in quantity.plausible or ()]
        usual = words.LEVER_NOTES["range"].format(low=bounds[0], high=bounds[1], unit=words.unit(quantity.unit)) if bounds else ""
        label.props["data-tip"] = sentences(about, usual, origin(quantity.source))
        label.props["tabindex"] = 0

    def _field(self) -> ui.element:
        with ui.element("span"):
            field = ui.element("input").classes("field")
            field.props.update(
                {"type": "text", "inputmode": "decimal", "maxlength": 12, "aria-label": words.LEVERS[self.lever.name][0]}
            )
            field.props["^value"] = self.shown(self.lever.value)
            field.on("change", lambda event: self.moved(event.args), js_handler="e => emit(e.target.value)")
            TextElement(tag="span", text=words.unit(self.lever.quantity.unit)).classes("unit")
        return field

    def _slider(self) -> ui.element:
        slider, lever = ui.element("input"), self.lever
        slider.props.update({"type": "range", "min": lever.low, "max": lever.high, "step": lever.step})
        slider.props["aria-label"] = f"{words.LEVERS[lever.name][0]}, {words.unit(lever.quantity.unit)}"
        slider.props["^value"] = lever.value
        slider.on("input", lambda event: self.slid(event.args), js_handler="e => emit(e.target.value)", throttle=0.05)
        return slider

    def shown(self, value: Any) -> str:
        """Write a value as its field does: shares in per cent."""
        return in_field(self.lever.quantity, value)

    def waits(self) -> str:
        """Say that a lever works on start over only; nothing for the others."""
        return "" if self.lever.quantity.midway else words.FROM_START

    def offer_again(self) -> None:
        """Offer the start over where the lever's value waits for it."""
        self.again.set_visibility(self.lever.name in self.view.session.waiting)

    async def slid(self, text: str) -> None:
        """Take a slider's value; a browser's own slider sends nothing but numbers in its range."""
        with suppress(ValueError, TypeError):
            await self._take(taken(self.lever, float(text)))

    async def moved(self, text: str) -> None:
        """Take what was typed or chosen; what is not allowed is refused beside the lever."""
        try:
            value = typed(self.lever, str(text)[:80])
        except ParameterError as error:
            self.refuse(str(error))
            return
        await self._take(value)

    async def _take(self, value: Any) -> None:
        try:
            holds = await self.view.turn(self.lever, value)
        except ParameterError as error:
            self.refuse(str(error))
            return
        self.stand(value)
        self.on_moved()
        self.note.set_text(holds)
        self.note.classes("moved")
        self.offer_again()

    def forgive(self) -> None:
        """Say no more why a value was not taken: with another lever moved it might be."""
        if "refused" in self.note.classes:
            self.note.set_text(self.waits())
            self.note.classes(remove="refused")

    def refuse(self, message: str) -> None:
        """Say why a value was not taken; the lever stays."""
        self.note.set_text(refusal(self.lever, message, self.view.session.parameters))
        self.note.classes("refused", remove="moved")
        self.stand(self.lever.value, is_forced=True)

    def settle(self, value: Any) -> None:
        """Show where a run that begins anew has the lever."""
        self.note.set_text(self.waits())
        self.note.classes(remove="moved refused")
        self.offer_again()
        self.stand(value, is_forced=True)

    def stand(self, value: Any, *, is_forced: bool = False) -> None:
        """Show a value on slider and field; a slider in the visitor's hand stays where it is unless forced."""
        self.lever = self.lever._replace(value=value)
        client = self.note.client
        if self.slider is None:
            client.run_javascript(f"live.stand({self.choice.html_id!r}, {value!r}, true)")
        else:
            for element, shown in (
                (self.slider, min(max(value, self.lever.low), self.lever.high)),
                (self.field, self.shown(value)),
            ):
                client.run_javascript(f"live.stand({element.html_id!r}, {shown!r}, {str(is_forced).lower()})")
