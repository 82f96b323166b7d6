"""The page: story line, levers, today's market, charts over time, Berlin, everybody who looked, one decision, what to take away."""

from functools import partial
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from model.terms import minimum_wage

from . import compared, frames, played, season, story, words
from .berlin import PLACES
from .charts import OVER_TIME, cloud, tonight
from .lever_panel import LeverPanel
from .levers import GROUPS, levers
from .marks import button, check, heading, hint, html, legend, live, select
from .person import Told
from .person_panel import decision_html
from .session import Session
from .take_panel import take_panel
from .view import View

LINES = {
    "arrived",
    "lack",
    "backlog",
    "mean",
    "cap",
    "floor",
    "price",
    "all",
    "minimum",
    "vacancies",
}  # drawn as lines, marked as such


def build(view: View) -> None:
    """Put everything on the page."""
    with ui.element("div").classes("page"):
        _top(view)
        with ui.element("div").classes("board"):
            with ui.element("div").classes("pane left"):
                _levers(view)
                take_panel(view)
            with ui.element("div").classes("pane middle"):
                _chart_section(view, tonight, [(words.SERIES[key], colour, key) for key, colour in tonight.LEGEND])
                with ui.element("div").classes("over-time"):
                    for chart in OVER_TIME:
                        _chart_section(view, chart, [(words.series_name(key), colour, key) for key, colour in chart.LEGEND])
            with ui.element("div").classes("pane right"):
                _berlin(view)
                _cloud(view)
                _decision(view)


def _top(view: View) -> None:
    session = view.session
    with ui.element("header").classes("top"):
        html(f"<b>{escape(words.HEADING)}</b> {live('progress', story.progress(session))}", "h1")
        date, sentence = live("date", story.date_line(session), classes="date"), live("story", story.sentence(session))
        html(f'{date}<span class="date">: </span>{sentence}', "p").classes("story")
        late = f"<span{hint(season.late_tip(session.parameters))}>{live('late', season.late(session))}</span>"
        html(f"{live('cause', story.cause(session))} {late}", "p").classes("cause")
        why, differences = live("why", story.why(session), "p"), live("compared", compared.differences(session), "p", "compared")
        html(why + live("keys", story.keys(session), "p", "keys") + differences).classes("below")
        html(_played(session)).classes("played")
        with ui.element("div").classes("controls"):
            with ui.element("div").classes("bar"):
                play = button("play", lambda: view.press("play"), "main")
                for key in ("day", "round", "end"):
                    button(key, lambda key=key: view.press(key))
            button("over", lambda: view.begin_anew(session.again))
            button("luck", lambda: view.begin_anew(session.other_luck))
            select(words.SPEED, words.SPEEDS, view.speed, lambda text: _set_speed(view, text))
        notice = ui.element("div").classes("notice fault")
        notice.props["role"] = "alert"
        notice.set_visibility(False)
    view.on_state = lambda: _state(view, play, notice)
    ui.on("pressed", lambda event: view.press(_first(event.args)))
    ui.on("seen", lambda event: _seen(view, bool(_first(event.args))))


def _played(session: Session) -> str:
    """Return the table of seasons played to their end; its rows come with the first."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in words.PLAYED_HEADS)
    return (
        f"<details open hidden><summary>{escape(words.PLAYED['title'])}</summary>{live('luck', played.luck(session), 'p')}"
        f"<table><thead><tr>{heads}</tr></thead><tbody></tbody></table></details>"
    )


def _first(args: Any) -> Any:
    """Return an event's only argument, however it is wrapped."""
    return args[0] if isinstance(args, list) and args else args


def _seen(view: View, is_seen: bool) -> None:
    view.is_seen = is_seen
    view.woken.set()


def _set_speed(view: View, text: str) -> None:
    if text in {str(speed) for speed in words.SPEEDS}:
        view.speed = int(text)


def _state(view: View, play: TextElement, notice: ui.element) -> None:
    """Show whether it plays, and what went wrong."""
    play.set_text(words.BUTTONS["pause" if view.is_moving else "play"])
    view.wire.send({"text": view.texts()})
    if view.session.fault and not notice.visible:
        notice.set_visibility(True)
        with notice:
            html(f"{escape(words.FAULT.format(message=view.session.fault))}<code>{escape(view.texts()['command'])}</code>")
    elif not view.session.fault and notice.visible:
        notice.clear()
        notice.set_visibility(False)


def _levers(view: View) -> None:
    session = view.session
    law = minimum_wage(session.market.today, session.parameters)
    panels: list[LeverPanel] = []
    forgive = partial(_forgive, panels)
    by_name = {
        lever.name: lever._replace(value=session.waiting.get(lever.name, lever.value)) for lever in levers(session.parameters, law)
    }
    with ui.element("section").classes("section-levers"):
        html(heading("levers"))
        box = check(
            words.BUTTONS["compare"],
            words.BUTTON_TIPS["compare"],
            lambda is_wanted: view.compare(is_wanted=bool(is_wanted)),
            is_checked=session.is_comparing,
        )
        for group, names in GROUPS.items():
            html(escape(words.LEVER_GROUPS[group]), "h3")
            panels += [LeverPanel(by_name[name], view, forgive) for name in names]
        html(live("compared", compared.differences(session), "p", "compared again"))
        with ui.element("div").classes("buttons"):
            button("reset", lambda: view.begin_anew(session.as_given), "plain")
    view.on_begin = lambda: _settle(view, panels)
    view.on_compare = lambda is_wanted: box.client.run_javascript(f"live.tick({box.html_id!r}, {str(is_wanted).lower()})")


def _forgive(panels: list[LeverPanel]) -> None:
    """Take back what was refused: a lever has moved, and what is allowed with it."""
    for panel in panels:
        panel.forgive()


def _settle(view: View, panels: list[LeverPanel]) -> None:
    """Put the levers where a run that begins anew has them."""
    session = view.session
    for panel, lever in zip(
        panels, levers(session.parameters, minimum_wage(session.market.today, session.parameters)), strict=True
    ):
        panel.settle(lever.value)


def _chart_section(view: View, chart: Any, entries: list[tuple[str, str, str]]) -> None:
    with ui.element("section").classes(f"section-{chart.NAME}"):
        html(heading(chart.NAME, story.evening(view.session) if chart is tonight else None))
        if entries:
            html(legend([(name, colour, "line" if key in LINES else "box", words.hint_of(key)) for name, colour, key in entries]))
        ui.echart(chart.option(view.session)).classes(f"chart chart-{chart.NAME}")


def _berlin(view: View) -> None:
    choices = {key: f"{name}, {unit}" if unit else name for key, (name, unit) in words.QUANTITIES.items()}
    tiles = frames.tiles(view.session, view.quantity)["tiles"]
    items = "".join(
        f'<li class="tile" style="grid-area:{row}/{column};background-color:{tile.shade}" aria-label="{escape(tile.spoken)}">'
        f"<span>{words.DISTRICTS[name]}</span><b>{escape(tile.value)}</b></li>"
        for tile, (name, (row, column)) in zip(tiles, ((name, PLACES[name]) for name in words.DISTRICTS), strict=True)
    )
    with ui.element("section").classes("section-berlin"):
        with ui.element("div").classes("title-row"):
            html(heading("berlin"))
            select(words.SECTIONS["berlin"][0], choices, view.quantity, view.show)
        html(items, "ol").classes("tiles")


def _cloud(view: View) -> None:
    with ui.element("section").classes("section-cloud"):
        html(heading("cloud", story.evening(view.session)))
        html(legend([(words.ANSWERS[answer], colour, shape, words.ANSWER_TIPS[answer]) for answer, colour, shape in cloud.LEGEND]))
        chart = ui.echart(cloud.option(view.session), on_point_click=lambda event: view.choose(person_of(event.data)))
        chart.classes("chart chart-cloud")


def person_of(dot: Any) -> int:
    """Return whose dot was clicked: place, height, person, EUR."""
    return int(dot[2])


def _decision(view: View) -> None:
    launch = words.short_day(view.session.parameters.platform.launch_date)
    with ui.element("section").classes("section-driver"):
        with ui.element("div").classes("title-row"):
            html(heading("driver", story.evening(view.session)))
            button("refuser", lambda: view.choose(None), "plain")
        place = html(decision_html(None, launch))

    def tell(told: Told | None) -> None:
        place.set_content(decision_html(told, launch, is_gone=view.person is not None))

    view.on_person = tell
