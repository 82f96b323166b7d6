"""The demonstration on a small pool and a short season: what it writes, and what the page needs (nothing)."""

import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest

from experiments.runner import run_scenario
from experiments.scenario import read_scenario
from experiments.store import StorageError
from results import demo
from results.cli import status_of

SMALL = {"days": 75, "seasons": 2, "settings": ("population.drivers=3000",)}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "out"
    return folder, demo.write_demo(folder, 3, **SMALL)[0]


@pytest.fixture(scope="module")
def page(told):
    return (told[0] / demo.PAGE_NAME).read_text(encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_runs_figures_and_page_are_written_and_nothing_else(told):
    folder, story = told
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    run = {
        "days.parquet",
        "blocks.parquet",
        "drivers.parquet",
        "former_drivers.parquet",
        "ledger.parquet",
        "summary.json",
        "manifest.json",
    }
    figures = {"net-pay", "budget", "active-drivers", "coverage", "prices", "seasons"}
    expected = {f"{arm}/{name}" for arm in demo.ARMS for name in run} | {"index.html", "seasons.parquet"}
    assert names == expected | {f"figures/{name}.{kind}" for name in figures for kind in ("svg", "png")}
    assert story.days["blocks_driven"].sum() > 0


def test_same_seed_same_bytes(told, tmp_path):
    demo.write_demo(tmp_path, 3, **SMALL)
    assert digests(tmp_path) == digests(told[0])


def test_looking_at_drivers_changes_nothing(told):
    scenario = read_scenario(demo.ARMS[0], SMALL["settings"])
    plain = run_scenario(scenario, 3, SMALL["days"])
    assert plain.days.equals(told[1].days)
    assert plain.tables["drivers"].equals(told[1].with_platform.tables["drivers"])


def test_both_arms_meet_the_same_demand(told):
    assert told[1].days["parcels_arrived"].tolist() == told[1].days_without["parcels_arrived"].tolist()


def test_the_page_loads_nothing(page):
    loads = re.findall(r"(?:src|href|url|action|poster|data)\s*[=(]\s*[\"']?([^\"')\s>]+)", page)
    assert loads
    assert all(target.startswith(("#", "data:")) for target in loads)
    assert not re.search(r"<script|<link(?! rel=\"icon\" href=\"data:,\")|<iframe|@import", page)
    without_names = re.sub(r"xmlns(:xlink)?=\"[^\"]+\"", "", page)
    assert "http://" not in without_names
    assert "https://" not in without_names


def test_the_page_is_small_and_complete(page):
    assert len(page.encode()) < 2_000_000
    assert "$" not in re.sub(r"data:font[^)]+", "", page)
    assert "nan" not in re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL).lower().replace("finance", "").split()


class Outline(HTMLParser):
    """Collects ids and tags, and checks that every element is closed."""

    EMPTY = frozenset({"meta", "link", "br", "wbr", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_ids_are_unique(page):
    outline = Outline()
    outline.feed(page)
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("figure") == 6


def test_references_inside_drawings_find_their_target(page):
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r"(?:href=\"|url\()#([^\")]+)", page)) <= ids
    assert {word for names in re.findall(r'aria-labelledby="([^"]+)"', page) for word in names.split()} <= ids


def test_every_drawing_parses_and_has_words_for_those_who_cannot_see_it(told, page):
    files = [path.read_text(encoding="utf-8") for path in (told[0] / "figures").glob("*.svg")]
    inside = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert (len(files), len(inside)) == (6, 12)
    for drawing in files + inside:
        root = ElementTree.fromstring(drawing)
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text
        assert description is not None
        assert len(description.text or "") > 40
        assert root.get("role") == "img"


def test_the_budget_adds_up(told):
    for one in told[1].typical:
        worth = one.budget
        assert worth.net == pytest.approx(worth.pay - worth.car_cost - worth.tax, abs=1e-9)
        assert worth.surplus == pytest.approx(worth.net - worth.reservation_wage * worth.hours, abs=1e-9)


def test_the_manifest_names_the_arm(told):
    for arm in demo.ARMS:
        manifest = json.loads((told[0] / arm / "manifest.json").read_text(encoding="utf-8"))
        assert (manifest["scenario"], manifest["seed"]) == (arm, 3)


def test_a_folder_that_cannot_be_written_is_one_line_and_status_2(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert status_of(["demo", "--out", str(tmp_path / "file")]) == 2
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "no-platform").touch()
    assert status_of(["demo", "--out", str(tmp_path / "out")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(":")[0] for line in err.strip().splitlines()] == ["gigsupply", "gigsupply"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["no-platform"]


def test_a_wrong_seed_is_one_line_and_status_2(capsys):
    assert status_of(["demo", "--seed", "-1"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_stop_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "tell", stop)
    assert status_of(["demo", "--out", str(tmp_path / "out")]) == 130
    assert capsys.readouterr().err.startswith("gigsupply: stopped")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line_and_status_1(told, tmp_path, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise StorageError("days.parquet: could not be written (No space left on device); earlier results are intact")

    monkeypatch.setattr(demo, "tell", lambda *_: told[1])
    monkeypatch.setattr("experiments.store.write_files", full)
    assert status_of(["demo", "--out", str(tmp_path / "out")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
