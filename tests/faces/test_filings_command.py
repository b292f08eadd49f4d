"""`qingfu filings`: an operator takes a school's sheet from the terminal, unless something of it is not clear."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qingfu.cli.filings import build
from qingfu.papers.filings.headings import heading
from qingfu.records.monitoring import queries
from qingfu.records.people.actions import found_bureau
from qingfu.rules.tables import BY_NAME
from tests import cast
from tests.records.monitoring.conftest import Schools, founded, schools

__all__ = ["founded", "schools"]

TERM = "2024年秋季学期"
HEAD = "日期,班级,科目,作业用时,书面家庭作业\n"


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(build("zh-hans", lambda: None), [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


# The register of the tests may hold other bureaus beside this one.
HERE = ("--bureau", "hechuan")


def take(
    file: Path, *more: str | Path, table: str = "homework", bureau: tuple[str, ...] = HERE
) -> tuple[int, dict[str, Any]]:
    words = ("--organ", "school", "--term", TERM, "--table", table, "--on-behalf", "周校长", "--json", *bureau, *more)
    code, said = run("take", file, *words)
    document: dict[str, Any] = json.loads(said)
    assert document["ok"] == (code == 0)
    return code, document


def csv(folder: Path, *rows: str) -> Path:
    file = folder / "作业.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def stands(schools: Schools, table: str = "homework") -> list[dict[str, object]]:
    found = queries.reported(
        schools.actor("principal"), table=table, organ=schools.county.organs["school"], term_id=schools.term.id
    )
    return [dict(row.cells) for row in found]


def test_a_clear_file_is_taken_whole_and_marked_as_typed_in_from_paper(schools: Schools, tmp_path: Path) -> None:
    file = csv(tmp_path, "2024-10-17,三年级1班,语文,25,是", "2024-10-17,三年级1班,数学,20,否")
    code, said = take(file)
    assert (code, said["rows"], said["replaced"]) == (0, 2, 0)
    assert [(row["subject"], row["minutes"], row["written"]) for row in stands(schools)] == [
        ("语文", 25, True), ("数学", 20, False),
    ]  # fmt: skip
    last = queries.filing_desk(
        schools.actor("principal"), organ=schools.county.organs["school"], term_id=schools.term.id, at=cast.BEGINS
    ).latest[0]
    assert (last.via, last.on_behalf, last.person) == ("paper", "周校长", None)


def test_a_faulty_file_ends_with_2_and_names_the_cells(schools: Schools, tmp_path: Path) -> None:
    code, said = take(csv(tmp_path, "2024-10-17,三年级1班,语文,-25,是", "2024-02-30,三年级1班,数学,20,否"))
    assert (code, said["taken"], sorted(one["cell"] for one in said["faults"])) == (2, False, ["A3", "D2"])
    assert stands(schools) == []


def test_a_doubt_ends_with_1_and_is_settled_by_answers(schools: Schools, tmp_path: Path) -> None:
    file = csv(tmp_path, "2024-10-17,三年级1班,语文,约40,是")
    code, said = take(file)
    assert (code, [one["text"] for one in said["doubts"]]) == (1, ["约40"])
    asked = said["doubts"][0]
    assert (asked["places"], asked["presumed"]) == (["D2"], "40")
    assert stands(schools) == []
    shown = run("take", file, "--organ", "school", "--term", TERM, "--table", "homework", *HERE)
    assert shown[0] == 1
    assert asked["id"] in shown[1]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({asked["id"]: "40"}), encoding="utf-8")
    assert take(file, "--answers", answers)[0] == 0
    assert [row["minutes"] for row in stands(schools)] == [40]


def test_what_the_register_refuses_is_named_by_the_line_of_the_file(schools: Schools, tmp_path: Path) -> None:
    code, said = take(csv(tmp_path, "2024-10-17,三年级1班,语文,25,是", "2024-08-30,三年级1班,数学,20,否"))
    assert (code, said["code"]) == (1, "QF-INVALID")
    assert "3 day" in said["what"]
    assert stands(schools) == []


def test_a_filled_template_is_taken(schools: Schools, tmp_path: Path) -> None:
    file = tmp_path / "考试.xlsx"
    words = (*HERE, "--table", "exams", "--organ", "school", "--term", TERM)
    assert run("template", *words, "-o", file)[0] == 0
    from openpyxl import load_workbook

    book = load_workbook(file)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    row = {"class": "三年级2班", "term": TERM, "day": "2024-11-12", "subject": "语文", "when": "期中"}
    for name, value in row.items():
        sheet.cell(2, places[heading(name, BY_NAME["exams"])], value)
    book.save(file)
    code, said = take(file, table="exams")
    assert code == 0, said
    assert [(row["subject"], row["when"]) for row in stands(schools, "exams")] == [("语文", "mid")]


def test_classes_are_taken_by_their_names(schools: Schools, tmp_path: Path) -> None:
    file = tmp_path / "班级.csv"
    file.write_text("班级,年级,班级人数\n三年级1班,三年级,46\n", encoding="utf-8")
    code, said = take(file, table="classes")
    assert code == 0, said
    organ = schools.county.organs["school"]
    known = {one.name: one for one in queries.classes(schools.actor("principal"), organ=organ, year=2024)}
    assert (known["三年级1班"].pupils, len(known)) == (46, 3)


def test_a_timetable_as_schools_lay_it_out_is_taken_with_its_record(schools: Schools, tmp_path: Path) -> None:
    file = tmp_path / "三年级1班.csv"
    file.write_text(
        "三年级1班课程表,,,,,\n,星期一,星期二,星期三,星期四,星期五\n第1节,语文,数学,语文,数学,语文\n"
        "第2节,数学,语文,数学,语文,体育\n", encoding="utf-8",
    )  # fmt: skip
    code, said = take(file, "--record", "taught", table="timetable")
    assert code == 0, said
    assert {row["record"] for row in stands(schools, "timetable")} == {"taught"}
    assert len(stands(schools, "timetable")) == 10


def test_a_parquet_file_of_another_program_is_taken(schools: Schools, tmp_path: Path) -> None:
    import duckdb

    file = tmp_path / "homework.parquet"
    duckdb.sql(
        "COPY (SELECT DATE '2024-10-17' AS day, '三年级1班' AS class, '语文' AS subject, 25 AS minutes)"
        f" TO '{file}' (FORMAT parquet)"
    )
    assert take(file)[0] == 0
    assert [row["minutes"] for row in stands(schools)] == [25]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"--organ": "nowhere"}, "nowhere"),
        ({"--organ": "fire"}, "fire"),
        ({"--term": "1999"}, TERM),
        ({"--table": "sample"}, "homework"),
        ({"--on-behalf": ""}, "on-behalf"),
        ({"--bureau": "elsewhere"}, "elsewhere"),
    ],
    ids=str,
)
def test_what_is_named_wrongly_is_said_with_what_there_is(
    schools: Schools, tmp_path: Path, changed: dict[str, str], says: str
) -> None:
    file = csv(tmp_path, "2024-10-17,三年级1班,语文,25,是")
    named = {"--bureau": "hechuan", "--organ": "school", "--term": TERM, "--table": "homework", "--on-behalf": "周校长"}
    named |= changed
    code, said = run("take", file, *(word for pair in named.items() for word in pair))
    assert code == 1
    assert says in said
    assert stands(schools) == []


def test_answers_that_are_none_are_refused(schools: Schools, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("[1]", encoding="utf-8")
    code, said = take(csv(tmp_path, "2024-10-17,三年级1班,语文,25,是"), "--answers", answers)
    assert (code, said["code"]) == (1, "QF-INVALID")


def test_where_there_are_two_bureaus_one_is_named(schools: Schools, tmp_path: Path) -> None:
    found_bureau(
        slug="next-door", name="邻县教育局", short_name="邻县", level="county", division=None, officer="邻",
        title="科长", at=cast.BEGINS,
    )  # fmt: skip
    file = csv(tmp_path, "2024-10-17,三年级1班,语文,25,是")
    assert "next-door" in take(file, bureau=())[1]["what"]
    assert take(file)[0] == 0
