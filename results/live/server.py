"""The server: one process, a market per tab, nothing but the page, its fonts and its script; no file of the user is served."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response
from nicegui import Client, app, background_tasks, core, ui
from nicegui.server import Server
from starlette.middleware.trustedhost import TrustedHostMiddleware

from experiments.options import MAX_SEED
from experiments.scenario import Scenario
from results.theme import FACES, FONT

from . import words
from .marks import html
from .page import build
from .run import WINDOW
from .session import Session
from .take import Opened
from .view import View

HERE = Path(__file__).parent
LOCAL = ("127.0.0.1", "localhost", "[::1]")
MOST_TABS = 32
SECONDS_TO_COME_BACK = 90  # of a lost connection, before its run is forgotten
MOST_BYTES = 64_000  # of a message from the browser: it sends clicks and numbers
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0E3E93"/><path d="M6 21V11h11v10zM18 21v-7h5l3 4v3z" fill="#fff"/><circle cx="11" cy="22" r="2.6" fill="#CA8013"/><circle cx="22" cy="22" r="2.6" fill="#CA8013"/></svg>'  # noqa: E501

views: dict[str, View] = {}  # by tab: the page that shows its session; those whose connection was lost last come last


def serve(scenario: Scenario, opened: Opened, seed: int, host: str, port: int) -> None:
    """Serve the page until Ctrl-C. opened: as on the command line."""
    _files()
    if host in LOCAL:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL])
    core.sio.eio.cors_allowed_origins = None  # NiceGUI lets every origin in: only the page's own may open a connection
    core.sio.eio.max_http_buffer_size = MOST_BYTES
    app.on_startup(_hang_up_at_the_end)

    @ui.page("/", language="en-GB", title=words.TITLE, reconnect_timeout=SECONDS_TO_COME_BACK)
    async def index(request: Request) -> None:
        _head()
        client = ui.context.client
        await client.connected()
        asked = request.query_params.get("seed", "")
        is_seed = asked.isascii() and asked.isdigit() and len(asked) <= 20 and int(asked) <= MAX_SEED
        await _open(client, scenario, opened, int(asked) if is_seed else seed)

    ui.run(
        host=host, port=port, reload=False, show=False, show_welcome_message=False, tailwind=False, binding_refresh_interval=None,
        favicon=ICON, ws_max_size=MOST_BYTES, timeout_graceful_shutdown=1,
    )  # fmt: skip


async def _hang_up_at_the_end() -> None:
    """Close all connections on Ctrl-C: a browser that polls would be waited for, broken off, and complained about in the log."""
    while not Server.instance.should_exit:
        await asyncio.sleep(0.1)
    for connection in list(core.sio.eio.sockets.values()):
        await connection.close(wait=False)


def _files() -> None:
    """Serve the page's own files, and nothing else."""
    for file, kind in (("live.js", "text/javascript"), ("live.css", "text/css")):
        app.get(f"/{file}")(_giver((HERE / file).read_bytes(), kind))
    for weight, path in FACES.items():
        app.get(f"/font-{weight}.ttf")(_giver(path.read_bytes(), "font/ttf"))


def _giver(content: bytes, kind: str) -> Callable[[], Response]:
    """Return what answers with these bytes; it has no arguments, which a request could name."""
    return lambda: Response(content, media_type=kind, headers={"X-Content-Type-Options": "nosniff"})


def _head() -> None:
    faces = "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};font-display:block;src:url(/font-{weight}.ttf) format('truetype')}}"
        for weight in FACES
    )
    script = f"window.LIVE_WORDS = {json.dumps(words.SCRIPT | {'window': WINDOW})};"
    ui.add_head_html(
        f'<style>{faces}</style><link rel="stylesheet" href="/live.css"><script>{script}</script><script src="/live.js"></script>'
        f"<noscript>{words.NO_SCRIPT}</noscript>"
    )


async def _open(client: Client, scenario: Scenario, opened: Opened, seed: int) -> None:
    """Show the tab's own session, a new one where it has none."""
    tab = client.tab_id or client.id
    if client.is_deleted:  # it asked for the page and never came
        return
    before = views.get(tab)
    if not before and not _has_room():
        html(words.CROWDED, "p").classes("notice")
        return
    coming = before.coming if before else asyncio.ensure_future(asyncio.to_thread(Session, scenario, seed))
    view = views[tab] = View(client, opened, coming)  # before anything is waited for: its place is taken
    client.on_delete(lambda: _forget(tab, view))
    if before:
        before.is_shown_here = False
        view.speed, view.quantity, view.person = before.speed, before.quantity, before.person
        view.is_compare_chosen = before.is_compare_chosen
    view.session = await coming
    client.on_connect(view.come_back)
    client.on_disconnect(lambda: _goes_away(tab, view))
    async with view.session.turn:  # a day or a start over that the page before began ends first, so that it is drawn here
        if views.get(tab) is not view:  # it has gone, or was opened once more
            return
        build(view)
    background_tasks.create(view.wire.deliver(), name=f"messages to {tab}")
    while views.get(tab) is view and not await _is_ready(client):
        pass
    async with view.session.turn:
        if views.get(tab) is not view:
            return
        view.draw_anew()
        view.on_state()
    if before and before.is_playing:
        before.is_playing = False
        view.play(is_wanted=True)
    background_tasks.create(view.live(), name=f"live {tab}")


async def _is_ready(client: Client) -> bool:
    """Wait until the browser can draw; false if it does not answer, as it is slow or its connection lost."""
    try:
        await client.run_javascript("live.ready()", timeout=10.0)
    except TimeoutError:
        return False
    return True


def _has_room() -> bool:
    """Tell whether another market has room; if need be, the tab that has been away longest gives its own up.

    So closed tabs turn nobody away, though their runs are kept for a reload, and there are never more markets than places.
    """
    away = next((tab for tab, view in views.items() if not view.client.has_socket_connection), None)
    if away and len(views) >= MOST_TABS:
        _forget(away, views[away])
    return len(views) < MOST_TABS


def _goes_away(tab: str, view: View) -> None:
    if views.get(tab) is view:
        views[tab] = views.pop(tab)


def _forget(tab: str, view: View) -> None:
    """Let a session go when its page is closed and no newer one shows it."""
    view.leave()
    if views.get(tab) is view:
        del views[tab]
        background_tasks.create(_let_go(view.coming), name=f"end of {tab}")


async def _let_go(coming: asyncio.Future[Session]) -> None:
    session = await coming
    async with session.turn:
        session.end()
