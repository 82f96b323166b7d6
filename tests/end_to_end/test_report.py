"""The report as files: what is missing is run or named, nothing of another version is mixed in, and pages are fit to be read."""

import hashlib
import json
import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import experiments.engines.pool
import experiments.sweep.run
from experiments.design import read_design
from experiments.store import as_json
from experiments.sweep.plan import ASKED, PLAN, RUNS, sealed
from results.cli import status_of
from results.report import exhibit, studies, typeset, worked_block
from tests.made_up_results import engine, nothing

pytest.importorskip("typst", reason="the extra `report` is not installed")

REPORT = Path(typeset.__file__).parent
SWEEP = Path("results/runs/report-left-smoke")


def told(measure, run):
    """More than the minimum wage."""
    value = {"net_pay_per_hour_eur": 9.5, "left_before_tax_per_hour_eur": 11.0}.get(measure)
    return value * (1 + 0.001 * (run.seed % 3)) if value else None


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """Work in an empty folder, tell measures instead of running, note which runs were asked for; nothing is drawn or set."""
    made = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(experiments.engines.pool, "processes", lambda *_: engine(told, made))
    monkeypatch.setattr(studies, "foretell", lambda *_: None)
    monkeypatch.setattr(typeset, "typeset", lambda data, _: {"report.html": as_json(data), "report.pdf": b""})
    monkeypatch.setattr(exhibit, "files_of", lambda *_: ())
    monkeypatch.setattr(worked_block, "figure", lambda: None)
    return made


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return the folder of a report drawn and set in full, from made-up runs."""
    folder = tmp_path_factory.mktemp("report")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(experiments.engines.pool, "processes", lambda *_: engine(told))
        patch.setattr(studies, "foretell", lambda *_: None)
        assert report() == 0
    return folder / "results/runs/report-quick"


def report(*words):
    return status_of(["report", "left", "--quick", *words])


def page(folder="results/runs/report-quick"):
    return Path(folder, "report.html").read_text(encoding="utf-8")


def test_it_writes_pages_tables_figures_and_where_numbers_come_from(written):
    folder = written
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {
        "report.html",
        "report.pdf",
        "numbers.csv",
        "claims.csv",
        "manifest.json",
        "tables/left.csv",
        "tables/left.tex",
    } <= names
    assert {"figures/left.csv", "figures/left.svg", "figures/left.png"} <= names
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["command"] == "gigsupply report left --quick"
    assert set(manifest["files"]) == names - {"manifest.json"}
    numbers = pd.read_csv(folder / "numbers.csv")
    assert {"study", "measure", "of", "seeds", "missing", "value", "low", "high"} <= set(numbers)
    assert (numbers["study"] == "report-left").all()


def test_the_page_says_what_the_numbers_say(written):
    text = re.sub(r"<[^>]+>", "", page(written)).replace("\N{NO-BREAK SPACE}", " ")
    assert "9.51 EUR/h (9.49 to 9.53) are left" in text
    assert "before tax, as the minimum wage of 8.84 EUR is meant, it is 11.01 EUR/h (10.98 to 11.04), more than that wage." in text


def test_finished_runs_are_not_made_again(calls):
    assert report() == 0
    assert len(calls) == read_design("report-left", True).number_of_runs
    assert report() == 0
    assert len(calls) == read_design("report-left", True).number_of_runs


def test_a_table_of_runs_that_is_gone_is_written_anew_from_their_log(calls, capsys):
    assert report() == 0
    before, page_before = (SWEEP / "runs.parquet").read_bytes(), page()
    (SWEEP / "runs.parquet").unlink()
    assert report() == 0
    assert (SWEEP / "runs.parquet").read_bytes() == before
    assert f"{SWEEP / 'runs.parquet'}: damaged; written anew from runs.jsonl" in capsys.readouterr().err
    assert "written anew" in page()
    assert "written anew" not in page_before
    assert len(calls) == 9


def test_a_table_of_runs_that_is_damaged_is_noticed(calls, capsys):
    assert report() == 0
    path = SWEEP / "runs.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert report() == 0
    assert "damaged" in capsys.readouterr().err
    assert path.read_bytes() != bytes(content)


def test_runs_whose_lines_are_damaged_are_made_again(calls, capsys):
    assert report() == 0
    lines = (SWEEP / RUNS).read_bytes().splitlines(keepends=True)
    (SWEEP / RUNS).write_bytes(b"".join([lines[0].replace(b'"seed"', b'"sEEd"'), *lines[1:]]))
    (SWEEP / "runs.parquet").unlink()
    assert report() == 0
    assert len(calls) == 10
    assert "damaged in line 1" in capsys.readouterr().err


def of_another_version(folder):
    plan = json.loads((folder / PLAN).read_text())
    asked = {ASKED: plan.pop(ASKED)}
    plan.pop("sha256")
    (folder / PLAN).write_text(json.dumps(sealed(plan | {"model": "0" * 64}) | asked))


def test_runs_of_another_version_are_left_alone_and_not_used(calls, capsys):
    assert report() == 0
    of_another_version(SWEEP)
    before = (SWEEP / "runs.parquet").read_bytes()
    assert report() == 0
    error = capsys.readouterr().err
    assert "another version of the model" in error
    assert len(calls) == 18
    assert (SWEEP / "runs.parquet").read_bytes() == before
    (beside,) = Path("results/runs").glob("report-left-smoke-*")
    assert str(beside) in error
    assert str(beside) in page()


def test_results_elsewhere_are_read_and_not_written(calls):
    assert report() == 0
    Path("results/runs").rename("others")
    before = {path: path.stat().st_mtime_ns for path in Path("others").rglob("*")}
    assert report("--from", "others") == 0
    assert len(calls) == 9
    assert {path: path.stat().st_mtime_ns for path in Path("others").rglob("*")} == before
    assert not SWEEP.exists()


@pytest.mark.parametrize("fault", ["gone", "damaged", "another version", "fewer runs"])
def test_results_elsewhere_that_cannot_be_used_are_named_and_made_anew(fault, calls, capsys):
    assert report() == 0
    Path("results/runs").rename("others")
    folder = Path("others/report-left-smoke")
    if fault == "gone":
        (folder / "runs.parquet").unlink()
    elif fault == "damaged":
        (folder / "runs.parquet").write_bytes(b"PAR1")
    elif fault == "another version":
        of_another_version(folder)
    else:
        fewer = read_design("report-left", True)._replace(seeds=(0,))
        for path in folder.iterdir():
            path.unlink()
        experiments.sweep.run.sweep(fewer, folder, engine(nothing))
    capsys.readouterr()
    assert report("--from", "others") == 0
    error = capsys.readouterr().err
    assert "others/report-left-smoke" in error
    assert "made anew" in error
    assert len(calls) == 18


def test_a_run_that_fails_is_named_and_its_numbers_rest_on_the_others(calls, monkeypatch, capsys):
    whole = engine(nothing)

    def one_fails(work, runs):
        from experiments.engines.worker import Failure

        for one in whole(work, runs):
            is_bad = one.job.seed == 2 and one.job.arm == "base"
            yield one._replace(result=None, failure=Failure("ValueError", "bad luck")) if is_bad else one

    monkeypatch.setattr(experiments.engines.pool, "processes", lambda *_: one_fails)
    assert report() == 0
    assert "1 of 9 runs failed" in capsys.readouterr().err
    assert "1 of 9 runs failed" in page()
    numbers = pd.read_csv("results/runs/report-quick/numbers.csv")
    assert set(numbers["seeds"]) == {2}


def test_one_seed_shows_no_interval_and_says_why(calls, monkeypatch):
    design = read_design("report-left", True)._replace(seeds=(0,))
    monkeypatch.setattr("experiments.design.read_design", lambda name, *_: design if name == "report-left" else read_design(name))
    assert report() == 0
    assert json.loads(page())["one_seed"] == ["report-left"]
    assert "One seed only in #data.one_seed" in (REPORT / "report.typ").read_text(encoding="utf-8")
    assert pd.read_csv("results/runs/report-quick/numbers.csv")["low"].isna().all()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["report", "flor"], "gigsupply: flor: no such study of the report; did you mean floor?"),
        (["report", "--from", "nowhere"], "gigsupply: --from nowhere: no such folder; allowed: a folder with folders of sweeps"),
        (["report", "--quick", "--out", "file/x"], "--out file/x: cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_nothing_is_run(words, line, calls, capsys):
    Path("file").touch()
    assert status_of(words) == 2
    error = capsys.readouterr().err
    assert line in error
    assert error.count("\n") == 1
    assert not calls
    assert not Path("results").exists()


def test_without_typst_one_line_says_what_brings_it(calls, monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    assert report() == 2
    assert "pip install -e '.[report]'" in capsys.readouterr().err
    assert not calls


def test_ctrl_c_keeps_finished_runs_and_says_how_to_go_on(calls, monkeypatch, capsys):
    whole = engine(nothing)

    def stops(work, runs):
        for number, one in enumerate(whole(work, runs)):
            if number == 4:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(experiments.engines.pool, "processes", lambda *_: stops)
    assert report() == 130
    assert "to go on: gigsupply report left --quick" in capsys.readouterr().err
    assert len((SWEEP / RUNS).read_bytes().splitlines()) == 4
    assert not Path("results/runs/report-quick").exists()


def screening(folder, seeds):
    experiments.sweep.run.sweep(SCREENING._replace(seeds=seeds), folder / SCREENING.name, engine(nothing))


SCREENING = read_design("screening", True)._replace(seeds=(0, 1))


@pytest.mark.parametrize(("seeds", "note"), [((0, 1), ""), ((0,), "runs are missing; so the screening is not shown")])
def test_a_screening_is_shown_if_all_its_runs_are_there(seeds, note, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.design.read_design", lambda *_: SCREENING)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there" / SCREENING.name).mkdir(parents=True)
    screening(tmp_path / "there", seeds)
    notes = []
    found = studies.read_screening(studies.Asked((), tmp_path / "there", False, None), notes)
    assert bool(found) is not bool(note)
    assert [note in one for one in notes] == ([True] if note else [])


def test_how_long_it_takes_is_said_first(capsys, monkeypatch):
    from experiments.sweep.estimate import Trial

    monkeypatch.setattr("experiments.sweep.estimate.try_one", lambda _, run, *__: Trial(run, 2.0, 100))
    studies.foretell([read_design("report-left", True)], [9], 2)
    assert capsys.readouterr().err == "9 runs in 1 sweep to make, about 36 s with 2 workers\n"


class Page(HTMLParser):
    """What a page holds, by tag."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.headings = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_page_stands_alone_and_can_be_read_aloud(written):
    text = page(written)
    found = Page(text)
    assert not found.of("script")
    assert not found.of("link")
    assert all(attrs["src"].startswith("data:") and attrs["alt"] for attrs in found.of("img"))
    assert all(attrs["href"].startswith("#") for attrs in found.of("a"))
    assert "http:" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", re.sub(r"data:[^\"')]*", "", text))
    assert "https:" not in text
    assert found.of("html")[0]["lang"].startswith("en")
    assert "<title>What 64 euros buy</title>" in text
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    assert "@media print" in text
    assert "font/woff" in text


def test_a_phone_has_narrow_drawings_and_only_the_diagram_is_scrolled(written):
    found = re.findall(r'<div class="(wide|narrow|sideways)"[^>]*><img src="data:image/svg\+xml;base64,([^"]+)"', page(written))
    widths = [(where, float(re.search(r'<svg[^>]*?width="([\d.]+)pt"', b64decode(text).decode())[1])) for where, text in found]
    assert [where for where, _ in widths] == ["sideways", *["wide", "narrow"] * (len(widths) // 2)]
    assert len(widths) > 4
    assert all(width < 300 if where == "narrow" else width > 400 for where, width in widths)


def test_every_number_on_the_page_leads_to_its_row(written):
    found = Page(page(written))
    ids = [attrs["id"] for _, attrs in found.tags if attrs.get("id")]
    links = [attrs for attrs in found.of("a") if attrs.get("class") == "n"]
    assert len(links) > 100
    assert {attrs["href"][1:] for attrs in links} <= set(ids)
    assert len(ids) == len(set(ids))
    assert all("report-left" in attrs["title"] for attrs in links)


def test_the_print_is_tagged_titled_and_has_its_fonts(written):
    pdf = (written / "report.pdf").read_bytes()
    assert b"/MarkInfo" in pdf
    assert b"/Lang" in pdf
    assert b"/FontFile" in pdf


def prose():
    """Return what the template says, without its code."""
    text = (REPORT / "report.typ").read_text(encoding="utf-8")
    text = text[: text.index("#web-or(")]
    text = re.sub(r"^//.*$|^#(import|let|show|set).*$|^  (title|footer):.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"#(if|for) [^\[]*\[|\] else( if)? [^\[]*\[", "", text)
    return re.sub(r"#[\w.-]+(\([^)]*\))?", "", text)


def test_hard_questions_are_answered_by_checks_and_links_alone():
    text = (REPORT / "report.typ").read_text(encoding="utf-8")
    section = text[text.index("= Ten hard questions") : text.index("= Claims and their checks")]
    questions = re.findall(r"^  \[\*[^*]+\?\*(.*)\],$", section, flags=re.MULTILINE)
    assert len(questions) == 10
    for answer in questions:
        assert re.search(r"#(to|checked)\(", answer)
        assert not re.sub(r'#(to|checked)\("[^"]+"\)', "", answer).strip(" .,")


def test_the_template_finds_nothing():
    """Whether much or little, more or less came out is for claims to say; prose may ask, or say how things are counted."""
    finding = r"mostly|nearly|often|hardly|largely|partly|in part|rarely|usually|most of|far (more|less)|much|little|a lot|always"
    assert re.findall(rf"\b({finding})\b", prose(), flags=re.IGNORECASE) == []


def test_the_template_holds_no_number():
    """But for the level of the intervals: years, prices, shares and results come by name."""
    assert re.findall(r"\d+", prose()) == ["95"]
    assert "95 % intervals" in prose()
    assert prose().count("seed") > 5


def test_what_is_published_is_as_it_was_written():
    folder = REPORT.parent / "published" / "report"
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    there = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"}
    assert {"report.html", "report.pdf", "numbers.csv", "claims.csv", "tables/gains.csv", "tables/gains.tex"} <= set(there)
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}.items() <= told.items()
