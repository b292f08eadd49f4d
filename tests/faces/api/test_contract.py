"""A school's program reports and reads over HTTP, as the contract says; whatever is wrong is named by its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from qingfu.api import keys
from qingfu.api.contract import described, written
from qingfu.api.rows import MOST_FAULTS, REPORTED
from qingfu.base.chance import new_id
from qingfu.base.words import translator
from qingfu.project import faults
from qingfu.records.journal.queries import reading
from qingfu.records.models import Entry
from qingfu.records.monitoring.models import Filing
from tests.faces.api.conftest import TERM, Programs, founded, programs, schools
from tests.house.source import ROOT

__all__ = ["founded", "programs", "schools"]

HOMEWORK = {"class": "三年级1班", "day": "2024-10-17", "subject": "语文", "minutes": 25, "written": True}
SCHEDULE = {"class": "三年级1班", "weekday": 1, "arrive": "7:50", "first-lesson": "8:30", "early-study": False}


def filed(programs: Programs) -> int:
    with reading(programs.schools.county.keeper):
        return Filing.objects.exclude(table="classes").count()


def test_what_is_reported_stands_as_it_was_sent_and_may_be_sent_again(programs: Programs) -> None:
    done = programs.reports("principal", "homework", HOMEWORK, {**HOMEWORK, "subject": "数学", "minutes": None})
    assert done.status == 200, done.said
    assert (done.said["rows"], done.said["replaced"]) == (2, 0)
    stands = programs.reads("principal", f"filings/homework?term={TERM}&class=三年级1班&day=2024-10-17")
    cells = [row["cells"] for row in stands.said["rows"]]
    assert cells == [HOMEWORK, {key: cell for key, cell in HOMEWORK.items() if key != "minutes"} | {"subject": "数学"}]
    again = programs.reports("principal", "homework", *cells)
    assert (again.status, again.said["replaced"]) == (200, 2)
    with reading(programs.schools.county.keeper):
        assert set(Filing.objects.exclude(table="classes").values_list("via", flat=True)) == {"api"}
        assert Entry.objects.filter(verb="monitoring.file_rows").latest("id").via == "key"


def test_clocks_are_written_as_times_of_day_and_a_class_may_be_named_by_its_id(programs: Programs) -> None:
    number = programs.schools.classes["三年级1班"].id
    assert programs.reports("principal", "schedules", {**SCHEDULE, "class": number}).status == 200
    stands = programs.reads("principal", "filings/schedules").said["rows"]
    assert [row["cells"] for row in stands] == [SCHEDULE]


@pytest.mark.proves("C12")
def test_the_receipt_says_at_once_how_many_findings_wait_and_they_can_be_read(programs: Programs) -> None:
    done = programs.reports("principal", "homework", {**HOMEWORK, "minutes": 90})
    assert done.said["to-end"] > 0
    found = programs.reads("principal", f"findings?term={TERM}&state=to-end")
    assert found.said["total"] == done.said["to-end"]
    first = found.said["rows"][0]
    assert (first["school"], first["class"], first["state"]) == ("school", "三年级1班", "open")
    assert first["value"] > first["bound"]
    assert programs.reads("principal", "findings?state=cleared").said["rows"] == []
    refused = programs.reads("principal", "findings?state=gone")
    assert (refused.status, refused.places) == (422, ["state"])


def test_classes_are_put_as_a_whole_and_what_is_left_out_of_a_row_stays(programs: Programs) -> None:
    rows = [{"class": "三年级1班", "grade": "P3", "pupils": 45}, {"class": "五年级1班", "grade": "P5"}]
    done = programs.sends("principal", "put", "classes", {"term": TERM, "rows": rows})
    assert done.status == 200, done.said
    told = {one["class"]: (one["grade"], one["pupils"], one["place"]) for one in done.said}
    assert told == {"三年级1班": ("P3", 45, "village"), "五年级1班": ("P5", None, None)}
    assert programs.reads("principal", "classes").said == done.said
    wrong = [{"class": "三年级1班", "grade": "十一"}, {"class": "", "grade": "P1", "pupils": -1}, {"grade": "P2"}]
    refused = programs.sends("principal", "put", "classes", {"term": TERM, "rows": wrong})
    assert (refused.status, refused.places) == (422, ["0.grade", "1.class", "1.pupils", "2.class"])
    twice = programs.sends("principal", "put", "classes", {"term": TERM, "rows": [rows[0], rows[0]]})
    assert (twice.status, twice.places) == (422, ["1.class"])


def test_terms_and_tables_tell_what_may_be_said_in_the_programs_language(programs: Programs) -> None:
    assert [(one["name"], one["present"]) for one in programs.reads("principal", "terms").said] == [(TERM, True)]
    english = programs.reads("principal", "tables", **{"Accept-Language": "en-GB,en;q=0.9"})
    chinese = programs.reads("principal", "tables")
    assert [one["name"] for one in english.said] == ["classes", *(one.name for one in REPORTED)]
    assert (english.headers["Content-Language"], chinese.headers["Content-Language"]) == ("en", "zh-CN")
    exams = {one["name"]: one for one in chinese.said[2]["columns"]}
    assert exams["when"]["among"] == {"mid": "期中", "end": "期末", "other": "其他时间"}
    assert (exams["subject"]["required"], exams["ranked"]["required"], "term" in exams) == (True, False, False)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("negative minutes", {"minutes": -5}, "0.minutes"),
    ("too many minutes", {"minutes": 1441}, "0.minutes"),
    ("minutes as text", {"minutes": "25"}, "0.minutes"),
    ("half a minute", {"minutes": 25.5}, "0.minutes"),
    ("yes as a number", {"written": 1}, "0.written"),
    ("no such day", {"day": "2024-02-30"}, "0.day"),
    ("a day as a number", {"day": 20241017}, "0.day"),
    ("a day to come", {"day": "2024-10-19"}, "0.day"),
    ("a day of another term", {"day": "2024-08-30"}, "0.day"),
    ("no subject", {"subject": None}, "0.subject"),
    ("a subject of a line and a half", {"subject": "语文\n数学"}, "0.subject"),
    ("a subject that no database can hold", {"subject": "语\x00文"}, "0.subject"),
    ("half a character", {"subject": "\ud800"}, "0.subject"),
    ("no class of the school", {"class": "七年级1班"}, "0.class"),
    ("a class that is a list", {"class": ["三年级1班"]}, "0.class"),
    ("no column of the table", {"mood": "good"}, "0.mood"),
    ("the term twice", {"term": TERM}, "0.term"),
]


@pytest.mark.parametrize(("changed", "place"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_one_wrong_cell_is_named_and_nothing_is_kept(programs: Programs, changed: dict[str, Any], place: str) -> None:
    body = json.dumps({"term": TERM, "rows": [{**HOMEWORK, **changed}, {**HOMEWORK, "subject": "数学"}]})
    refused = programs.sends("principal", "post", "filings/homework", body)
    assert (refused.status, refused.said["code"], refused.places) == (422, "QF-INVALID", [place])
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.said["faults"][0]["says"]
    assert filed(programs) == 0


def test_every_wrong_cell_is_named_at_once_up_to_as_many_as_can_be_read(programs: Programs) -> None:
    refused = programs.reports("principal", "homework", {"day": "x"}, 7, HOMEWORK, {**HOMEWORK, "minutes": -1})
    assert refused.places == ["0.day", "0.class", "0.subject", "1", "3.minutes"]
    many = programs.reports("principal", "homework", *({} for _ in range(MOST_FAULTS)))
    assert (len(many.said["faults"]), many.said["more"] > 0) == (200, True)
    strangers = {f"c{n}": n for n in range(10_000)}
    assert len(programs.reports("principal", "homework", strangers).said["faults"]) < 20


BODIES: list[tuple[str, bytes | str, int, str]] = [
    ("nothing", b"", 422, "QF-INVALID"),
    ("no JSON", b"{", 400, "QF-JSON"),
    ("no UTF-8", '{"term": "秋"}'.encode("gb18030"), 400, "QF-JSON"),
    ("a list", b"[]", 422, "QF-INVALID"),
    ("deeper than anybody reads", b"[" * 100_000, 400, "QF-JSON"),
    ("a number longer than anybody reads", b'{"term":' + b"9" * 10_000 + b"}", 400, "QF-JSON"),
    ("no rows", json.dumps({"term": TERM, "rows": []}), 422, "QF-INVALID"),
    ("rows that are none", json.dumps({"term": TERM, "rows": {"0": HOMEWORK}}), 422, "QF-INVALID"),
    ("too many rows", json.dumps({"term": TERM, "rows": [0] * 20_001}), 422, "QF-INVALID"),
    ("no term of the bureau", json.dumps({"term": "1999", "rows": [HOMEWORK]}), 422, "QF-INVALID"),
    ("something more", json.dumps({"term": TERM, "rows": [HOMEWORK], "mode": "x"}), 422, "QF-INVALID"),
    ("five megabytes", b'{"term": "' + b"x" * keys.MOST_BYTES + b'"}', 413, "QF-FILE-BIG"),
    ("eleven megabytes", b" " * 12_000_000, 413, "QF-FILE-BIG"),
]


@pytest.mark.parametrize(("body", "status", "code"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_a_body_that_is_no_report_is_refused_as_a_problem(
    programs: Programs, body: bytes | str, status: int, code: str
) -> None:
    refused = programs.sends("principal", "post", "filings/homework", body)
    assert (refused.status, refused.said["code"], refused.said["status"]) == (status, code, status)
    assert refused.said["what"]
    assert refused.said["do"]
    assert filed(programs) == 0


def test_a_repeat_gets_the_first_receipt_and_something_else_under_the_same_id_is_refused(programs: Programs) -> None:
    sent = str(new_id())
    first = programs.reports("principal", "homework", HOMEWORK, key=sent)
    again = programs.reports("principal", "homework", HOMEWORK, key=sent)
    assert (again.status, again.said) == (200, first.said)
    other = programs.reports("principal", "homework", {**HOMEWORK, "minutes": 30}, key=sent)
    assert (other.status, other.said["code"]) == (409, "QF-TWICE")
    assert filed(programs) == 1
    for none in ("", "tuesday"):
        refused = programs.reports("principal", "homework", HOMEWORK, key=none)
        assert (refused.status, refused.places) == (422, ["Idempotency-Key"])


def test_addresses_that_are_none_are_problems_too(programs: Programs) -> None:
    for address in ("filings/sample", "filings/classes", "docs", "nowhere"):
        refused = programs.reads("principal", address)
        assert (refused.status, refused.said["code"]) == (404, "QF-NO-PAGE")
    assert programs.reads("principal", "classes?term=1999").places == ["term"]
    assert programs.reads("principal", "filings/homework?class=九年级9班").status == 404
    assert programs.reads("principal", "filings/homework?day=2024-02-30").places == ["day"]
    assert programs.reads("principal", "findings?page=0").places == ["page"]
    assert programs.sends("principal", "delete", "filings/homework").status == 405


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("delete", "filings/homework", {"GET", "POST"}), ("post", "terms", {"GET"}), ("patch", "findings", {"GET"}),
        ("put", "openapi.json", {"GET", "HEAD"}),
    ],
)  # fmt: skip
def test_what_an_address_does_not_do_is_a_problem_that_names_what_it_does(
    programs: Programs, method: str, address: str, allowed: set[str]
) -> None:
    answer = programs.sends("principal", method, address, {}, **{"Accept-Language": "zh"})
    assert (answer.status, answer.said["code"], answer.said["status"]) == (405, "QF-METHOD", 405)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == allowed
    assert method.upper() in answer.said["what"]
    assert all(one in answer.said["do"] for one in allowed)


def test_a_database_that_is_away_and_a_fault_of_ours_are_problems_too() -> None:
    request = RequestFactory().post("/api/v1/filings/homework", headers={"Accept-Language": "en"})
    away = faults.page(request, faults.DatabaseAway(where="—"))
    assert (away.status_code, away.headers["Retry-After"], json.loads(away.content)["code"]) == (
        503, "3", "QF-DATABASE-AWAY",
    )  # fmt: skip
    assert json.loads(faults.server_error(request).content)["what"] == "Something went wrong."


def test_the_contract_is_open_to_anybody_and_the_reference_is_fresh() -> None:
    kept = Path(ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8")
    assert kept == written(), "run make docs"
    answer = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert answer.json() == json.loads(kept)


def spoken(part: Any) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(spoken, part))
    if not isinstance(part, dict):
        return set()
    mine = {value for key, value in part.items() if key in ("title", "summary", "description") and type(value) is str}
    return mine.union(*map(spoken, part.values()))


def test_whatever_the_contract_says_to_people_it_says_in_chinese_too() -> None:
    english = spoken(described())
    assert len(english) > 80
    assert english & spoken(described(translator("zh-hans"))) == set()


def test_the_contract_names_every_column_with_what_it_may_hold() -> None:
    parts = described()["components"]["schemas"]
    homework = parts["HomeworkRow"]
    assert homework["required"] == ["day", "class", "subject"]
    assert homework["additionalProperties"] is False
    assert homework["properties"]["minutes"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 1440}
    assert parts["ExamsRow"]["properties"]["when"]["anyOf"][0]["enum"] == ["mid", "end", "other"]
    assert parts["SchedulesRow"]["properties"]["arrive"]["anyOf"][0]["type"] == "string"
    assert parts["HomeworkReport"]["properties"]["rows"]["maxItems"] == 20_000
