"""The command `gigsupply live`: a page in the browser, on this machine only unless a host is named."""

import errno
import socket
import sys
from typing import Annotated

import typer

from experiments.options import Name, Seed, Settings, whole_number

PORT, PORTS_TRIED = 8080, 50

Port = Annotated[int, typer.Option(parser=whole_number(1, 65_535, "65,535"), metavar="N", help="Port of the page.")]
Host = Annotated[str, typer.Option(metavar="H", help="Address to listen on; every machine of the network can reach 0.0.0.0.")]


def live(
    scenario: Name = "berlin-christmas-2017", settings: Settings = None, port: Port = PORT, host: Host = "127.0.0.1", seed: Seed = 0
) -> None:
    """Open a page in the browser: watch the market day by day, turn levers, read decisions."""
    from experiments.scenario import read_scenario
    from experiments.store import StoppedError
    from model.parameters import ParameterError

    read = read_scenario(scenario, settings or ())
    check_port(host, port)
    try:
        from .server import LOCAL, serve
        from .take import Opened
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "nicegui":
            raise
        raise ParameterError("live needs one more package: pip install 'gigsupply[live]', or make live") from None
    warm_up()
    if host not in LOCAL:
        print(
            f"note: --host {host}: whoever reaches this machine can open the page; without it, only this machine can",
            file=sys.stderr,
        )
    print(f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}  (Ctrl-C ends it)", flush=True)
    try:
        serve(read, Opened(scenario, settings or ()), seed, host, port)
    except KeyboardInterrupt:
        raise StoppedError("the page is closed; nothing was kept but what was downloaded") from None


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken, and offer the next free one. Raises ParameterError."""
    from model.parameters import ParameterError

    problem = why_not(host, port)
    if not problem:
        return
    if problem != errno.EADDRINUSE:
        raise ParameterError(
            f"--host {host} --port {port}: cannot be used ({errno.errorcode.get(problem, problem)}); "
            "allowed: an address of this machine"
        )
    free = next((other for other in range(port + 1, min(port + PORTS_TRIED, 65_535) + 1) if not why_not(host, other)), None)
    raise ParameterError(f"--port {port}: taken by another program; allowed: a free one{f', such as {free}' if free else ''}")


def why_not(host: str, port: int) -> int:
    """Return the number of the error that keeps a server from a port; 0: none."""
    try:
        with socket.create_server((host, port)):
            return 0
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL


def warm_up() -> None:
    """Load the compiled rules before anybody waits for them; the first time ever they are compiled, which takes half a minute."""
    from model import Parameters

    from .watched import WatchedMarket

    print("loading the rules (the first time they are compiled, half a minute) ...", file=sys.stderr, flush=True)
    small = {
        "population.drivers": 50,
        "awareness.ceiling_share": 1.0,
        "awareness.at_launch_share": 1.0,
        "entry.hazard_per_week": 1.0,
    }
    WatchedMarket(Parameters().with_values(small), 0).run(days=50)
