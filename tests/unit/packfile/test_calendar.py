"""Every due date of a year with its reason, and the same as a calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingfu.base.workdays import Workdays
from qingfu.packfile.calendar import calendar
from qingfu.packfile.ics import ics
from qingfu.packfile.words.pack import Pack
from tests.unit.packfile import tiny

WORKDAYS = Workdays.shipped()


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return tiny.sound(tmp_path_factory.mktemp("pack"))


@pytest.mark.proves("P05")
def test_the_dates_of_a_plan_come_in_order_and_those_without_a_day_last(pack: Pack) -> None:
    found = [(entry.day.isoformat() if entry.day else None, entry.key) for entry in calendar(pack, WORKDAYS)]
    assert found == [
        ("2024-03-25", "duties.meeting.2024-Q1"),
        ("2024-03-29", "duties.study.once"),
        ("2024-04-20", "duties.look-back.city-schools.once"),
        ("2024-04-30", "duties.look-back.once"),
        ("2024-04-30", "phases.start.once"),
        ("2024-05-31", "disclosures.entry.once"),
        ("2024-06-25", "duties.meeting.2024-Q2"),
        ("2024-09-25", "duties.meeting.2024-Q3"),
        ("2024-12-20", "evaluations.review.once"),
        ("2024-12-25", "duties.meeting.2024-Q4"),
        (None, "routes.urgent.due.once"),
        (None, "problem-kinds.fees.once"),
    ]


def test_a_year_holds_its_own_dates_only(pack: Pack) -> None:
    assert {entry.day.year for entry in calendar(pack, WORKDAYS, year=2024) if entry.day} == {2024}
    assert [entry.key for entry in calendar(pack, WORKDAYS, year=2026) if entry.day] == []


def test_every_date_says_why_and_for_whom(pack: Pack) -> None:
    found = {entry.key: entry for entry in calendar(pack, WORKDAYS)}
    assert found["duties.look-back.once"].who == ("学校", "部门")
    assert "第五条" in found["duties.look-back.once"].explanation()
    assert "Saturday" in found["duties.look-back.city-schools.once"].explanation()


def _unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_file_is_rfc_5545(pack: Pack) -> None:
    data = ics(pack, calendar(pack, WORKDAYS))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    text = _unfolded(data)
    assert text[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qingfu//plan calendar//ZH"]
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 10
    uids = [line for line in text if line.startswith("UID:")]
    assert len(set(uids)) == 10
    assert text[-2] == "END:VCALENDAR"


def test_an_event_lasts_its_whole_day_and_escapes_what_must_be(tmp_path: Path) -> None:
    said = ("duties.yaml", 'says: "学文件"', 'says: "学文件;讨论,交流\\\\记录"')
    text = _unfolded(ics(pack := tiny.sound(tmp_path, said), calendar(pack, WORKDAYS)))
    assert "SUMMARY:学文件\\;讨论\\,交流\\\\记录" in text
    start = text.index("UID:duties.study.once@tiny-2024.qingfu")
    assert text[start + 1 : start + 4] == [
        "DTSTAMP:20240301T000000Z", "DTSTART;VALUE=DATE:20240329", "DTEND;VALUE=DATE:20240330",
    ]  # fmt: skip


def test_the_same_plan_gives_the_same_file(pack: Pack) -> None:
    assert ics(pack, calendar(pack, WORKDAYS)) == ics(pack, calendar(pack, WORKDAYS))


def test_what_falls_in_a_year_without_notice_is_still_a_date(tmp_path: Path) -> None:
    far = tiny.sound(
        tmp_path, ("plan.yaml", 'until: {value: "2024-12-31"}', "until: open"),
        ("duties.yaml", 'day: "25"}', 'day: "25", on-rest-day: next}'),
    )  # fmt: skip
    found = [entry for entry in calendar(far, WORKDAYS, year=2030) if entry.day]
    assert len(found) == 4
    assert all(entry.due.explanation.provisional for entry in found)
    assert date(2030, 3, 25) in [entry.day for entry in found]
