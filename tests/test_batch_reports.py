"""What is reported of a collection: to programs, to people, to continuous integration."""

from __future__ import annotations

import html.parser
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from tei_pipeline.batch.reports import charts
from tei_pipeline.batch.reports.rows import Totals
from tei_pipeline.validate.json_schema import validate_json
from tests.test_cli import OTHER, STORY, run

OUTPUT = Path("output")


@pytest.fixture
def raw(workplace: Path) -> Path:
    """A good text, one with a warning, one of a hostile name and words, one that is none, one that is no more there."""
    folder = workplace / "raw"
    folder.mkdir()
    (folder / "good.txt").write_text(STORY)
    (folder / "doubt.txt").write_text(OTHER + "\nHe asked who had <been> there.\n\n[Footnote 4: Another & more.]\n")
    (folder / "<script>alert(1)<&>.txt").write_text(OTHER)
    (folder / "blank.txt").write_text(" \n")
    (folder / "gone.txt").symlink_to("nowhere")
    return folder


def report() -> dict[str, object]:
    values: dict[str, object] = json.loads((OUTPUT / "report.json").read_bytes())
    return values


class Page(html.parser.HTMLParser):
    """The texts of the table's rows, and the elements that are there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[str] = []
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [value or "" for name, value in attributes if name in ("src", "href")]
        if tag == "tr":
            self.rows.append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1] += data


def test_the_report_keeps_to_its_schema_and_counts_what_it_lists(raw: Path) -> None:
    assert run("build").exit_code == 1
    assert validate_json((OUTPUT / "report.json").read_bytes()) == []
    values = report()
    assert values["counts"] == {"done": 3, "failed": 2, "pending": 0}
    sources = {source["name"]: source for source in values["sources"]}  # type: ignore[attr-defined]
    assert list(sources) == ["<script>alert(1)<&>", "blank", "doubt", "gone", "good"]
    good = sources["good"]
    assert good["edition"] == "good/good.xml"
    assert good["outputs"].keys() == {path.name for path in (OUTPUT / "good").iterdir()}
    assert good["measures"]["characters"] == len("".join(STORY.split()))
    assert sum(good["measures"]["confidence"]) == good["measures"]["blocks"] > 3
    assert 0.5 < good["measures"]["mean"] <= 1
    assert good["measures"]["language"]["code"] == "en"
    assert good["measures"]["language"]["certainty"] in ("high", "medium", "low")
    assert "white space" in sources["blank"]["error"]
    problems = [problem for source in sources.values() for problem in source["problems"]]
    assert values["problems"] == {level: sum(p["level"] == level for p in problems) for level in ("error", "warning", "info")}
    assert sum(row["number"] for row in values["codes"]) == len(problems)  # type: ignore[attr-defined]


def test_the_reports_are_the_same_whether_the_work_was_done_now_or_before(raw: Path) -> None:
    run("build")
    first = [(OUTPUT / name).read_bytes() for name in ("report.json", "report.html")]
    run("build", "--jobs", "2", "--retry-failed")
    assert [(OUTPUT / name).read_bytes() for name in ("report.json", "report.html")] == first


def test_the_page_needs_no_other_file_links_the_editions_and_lists_the_worst_first(raw: Path) -> None:
    run("build")
    page = Page((OUTPUT / "report.html").read_text("utf-8"))
    assert page.outside
    assert all((OUTPUT / unquote(address)).is_file() for address in page.outside), "links lead to the editions, and nowhere else"
    assert page.tags.count("script") == 1
    assert page.tags.count("svg") == 2
    names = [row.split(":")[0] for row in page.rows[1:]]
    assert [row.split("raw/")[0].strip() for row in names[:2]] == ["blank", "gone"]
    assert names[2].startswith("doubt")
    assert "<script>alert(1)<&>" in "".join(page.rows)
    assert "default-src 'none'" in (OUTPUT / "report.html").read_text("utf-8")


def test_a_page_that_is_not_ours_is_left_alone(raw: Path) -> None:
    OUTPUT.mkdir()
    (OUTPUT / "report.html").write_text("<p>mine")
    result = run("build")
    assert result.exit_code == 1
    assert "output/report.html" in result.stderr
    assert (OUTPUT / "report.html").read_text() == "<p>mine"


def test_junit_has_a_case_for_each_source(raw: Path) -> None:
    (raw / "zeal.txt").write_text(STORY)
    run("build", "--junit", "junit.xml", "--jobs", "0")
    suite = etree.parse("junit.xml").getroot()[0]
    cases = {case.get("name"): [child.tag for child in case] for case in suite}
    assert cases["blank"] == cases["gone"] == ["failure"]
    assert cases["good"] == []
    assert cases["doubt"] == ["system-out"]
    assert suite.get("tests") == "6"
    assert suite.get("failures") == "2"
    failure = suite.find("testcase[@name='blank']/failure")
    assert failure is not None
    assert "white space" in (failure.get("message") or "")
    (raw / "blank.txt").write_text("  \n")
    run("build", "--junit", "junit.xml", "--fail-fast", "--no-resume", "-o", "fresh", "--jobs", "0")
    suite = etree.parse("junit.xml").getroot()[0]
    assert {case.get("name"): [child.tag for child in case] for case in suite}["good"] == ["skipped"]
    assert suite.get("skipped") == "4"


def test_charts_say_their_numbers_and_sum_up_what_is_too_much() -> None:
    codes = [("error", "bad", 2), *(("info", f"code{number}", 10) for number in range(20))]
    drawn = charts.problems(codes)
    assert 'class="error"' in drawn
    assert ">7 others</text>" in drawn
    assert ">70</text>" in drawn
    assert "none" in charts.problems([])
    assert ">5</text>" in charts.confidence([0] * 9 + [5])


def test_no_sources_make_a_report_of_zeros() -> None:
    assert Totals().by_code() == []
