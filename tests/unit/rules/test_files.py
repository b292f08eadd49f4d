"""Files of school data: opened whole or not at all, and every fault named with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingfu.base.errors import DataFault, FaultyData
from qingfu.base.words import translator
from qingfu.rules import duck
from qingfu.rules.files import Opened, checks, instead, open_folder, parquets
from qingfu.rules.files.folder import Source
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of
from qingfu.rules.reference import judge as by_hand
from qingfu.rules.standing import standings
from qingfu.rules.tables import BY_NAME
from tests.unit.rules import dirty

TIME: dict[str, Any] = {
    "reads": "homework", "where": {"written": True}, "per": ["class", "day"], "measure": {"sum": "minutes"},
    "at-most": {"P3-6": 60, "J": 90}, "unit": "minute",
}  # fmt: skip
PARENTS: dict[str, Any] = {"reads": "homework", "per": ["class", "day"], "never": {"parent-marked": True}}
RULES = (*limits_of("time", TIME), *limits_of("parents", PARENTS))


def _write(folder: Path, **files: str | bytes) -> Path:
    for name, data in files.items():
        content = data.encode() if isinstance(data, str) else data
        (folder / f"{name}.csv").write_bytes(content)
    return folder


def _open(folder: Path, limits: tuple[Limit, ...] = RULES) -> Opened:
    return open_folder(duck.connect(threads=1), folder, limits)


def _faults(folder: Path, limits: tuple[Limit, ...] = RULES) -> tuple[DataFault, ...]:
    with pytest.raises(FaultyData) as caught:
        _open(folder, limits)
    return caught.value.errors


@pytest.mark.parametrize("case", dirty.FILES)
def test_a_dirty_file_is_refused_with_its_place_and_what_to_write_instead(case: str, tmp_path: Path) -> None:
    file = dirty.FILES[case]
    _write(tmp_path, classes=dirty.CLASSES)
    (tmp_path / file.name).write_bytes(file.data)
    if file.name == "classes.csv":
        _write(tmp_path, homework=dirty.GOOD)
    first = _faults(tmp_path)[0]
    told = (first.code, first.file, first.row, first.column, first.value, first.instead)
    assert told == (file.code, file.name, file.row, file.column, file.value, file.instead)
    chinese = translator("zh-hans")
    assert first.text(chinese) != first.text()
    assert "…" not in first.text(chinese)


def test_all_faults_are_told_at_once_and_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-{day:02},301,语文,-1,ok,\n" for day in range(1, 31))
    _write(tmp_path, classes=dirty.CLASSES, homework=f"{dirty.HEAD}\n{rows}")
    with pytest.raises(FaultyData) as caught:
        _open(tmp_path)
    assert caught.value.total == 60
    assert len(caught.value.errors) == 2 * checks.EXAMPLES
    assert {one.code for one in caught.value.errors} == {"QF-DATA-NEGATIVE", "QF-DATA-YES-NO"}
    assert [one.unsaid for one in caught.value.errors if one.unsaid] == [10, 10]


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows = '2025-03-04,301,"语\n文",1,true,\n\n,,,,,\n2025-03-05,301,语文,x,true,\n'
    _write(tmp_path, classes=dirty.CLASSES, homework=f"{dirty.HEAD}\r\n{rows}")
    (fault,) = _faults(tmp_path)
    assert (fault.row, fault.value) == (5, "x")


def test_chinese_names_in_gbk_are_read_as_what_they_are_and_empty_cells_stay_empty(tmp_path: Path) -> None:
    text = "日期,班级,科目,用时,书面家庭作业,要求家长代做或批改\n2025-03-04, 301 ,语文,40,是,\n"
    (tmp_path / "作业.csv").write_bytes(text.encode("gbk"))
    _write(tmp_path, classes="\ufeff" + dirty.CLASSES.replace("\n", "\r\n"))
    opened = _open(tmp_path)
    assert opened.connection.execute('SELECT class, minutes, written, parent_marked FROM "homework"').fetchall() == [
        ("301", 40, True, None)
    ]
    assert [(one.code, one.file) for one in opened.notes] == [("QF-DATA-ENCODING", "作业.csv")]


def test_a_file_of_another_name_and_a_column_nobody_knows_are_noted_with_the_nearest(tmp_path: Path) -> None:
    _write(tmp_path, classes=dirty.CLASSES, homework=dirty.GOOD.replace("parent-marked", "parent_marked,minuts"))
    _write(tmp_path, homwork="x\n")
    (tmp_path / "homework.csv").write_text(f"{dirty.HEAD},writen\n", encoding="utf-8")
    opened = _open(tmp_path)
    assert [(one.code, one.column, one.instead) for one in opened.notes] == [
        ("QF-DATA-FILE-UNKNOWN", "", "homework.csv"),
        ("QF-DATA-COLUMN-UNKNOWN", "writen", None),
    ]


def test_two_files_for_one_table_and_a_folder_without_any_are_refused(tmp_path: Path) -> None:
    assert [one.code for one in _faults(tmp_path)] == ["QF-DATA-NONE"]
    _write(tmp_path, homework=dirty.GOOD, classes=dirty.CLASSES, 作业=dirty.GOOD)
    assert [one.code for one in _faults(tmp_path)] == ["QF-DATA-TWICE"]


def _parquet(file: Path, columns: str) -> None:
    duck.connect(threads=1).execute(f"COPY (SELECT {columns}) TO '{file}' (FORMAT parquet)")


ROW = (
    "DATE '2025-03-04' AS \"day\", 301 AS class, '语文' AS subject, 40 AS minutes, true AS written, "
    "false AS parent_marked"
)


@pytest.mark.parametrize(
    ("old", "new", "code", "value"),
    [
        ("DATE '2025-03-04'", "'2025-03-04'", "QF-DATA-TYPE", "VARCHAR"),
        ("40 AS", "40.0::DOUBLE AS", "QF-DATA-TYPE", "DOUBLE"),
        ("40 AS", "-40 AS", "QF-DATA-NEGATIVE", "-40"),
        ("40 AS", "2000 AS", "QF-DATA-MOST", "2000"),
        ("301 AS", "NULL::VARCHAR AS", "QF-DATA-KEY", None),
        ("40 AS minutes", "40 AS mins", "QF-DATA-COLUMN", None),
    ],
)
def test_parquet_is_held_to_the_same(tmp_path: Path, old: str, new: str, code: str, value: str | None) -> None:
    _write(tmp_path, classes=dirty.CLASSES)
    _parquet(tmp_path / "homework.parquet", ROW.replace(old, new))
    assert [(one.code, one.value) for one in _faults(tmp_path)] == [(code, value)]


def test_sound_parquet_is_settled_by_its_statistics_alone(tmp_path: Path) -> None:
    file = tmp_path / "homework.parquet"
    _parquet(file, ROW)
    source, table = Source("homework", "parquet", (file,), file.name), BY_NAME["homework"]
    connection = duck.connect(threads=1)
    headings = [name for name, _ in parquets.schema(connection, source)]
    places = {name.replace("_", "-"): index for index, name in enumerate(headings)}
    assert parquets.checks_of(table, places, headings, parquets.known(connection, source)) == []
    assert len(parquets.checks_of(table, places, headings, {})) == 5


def test_too_many_rows_are_not_searched_for_repeats_and_the_note_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "DUPLICATES_UP_TO", 3)
    twice = dirty.GOOD + dirty.GOOD.partition("\n")[2]
    _write(tmp_path, classes=dirty.CLASSES, homework=twice)
    opened = _open(tmp_path)
    assert [(one.code, one.file, one.facts["rows"]) for one in opened.notes] == [
        ("QF-DATA-NOT-CHECKED", "homework.csv", 4)
    ]


def test_keys_kept_as_numbers_and_as_text_still_meet(tmp_path: Path) -> None:
    _write(tmp_path, classes=dirty.CLASSES)
    (tmp_path / "homework").mkdir()
    _parquet(tmp_path / "homework" / "a.parquet", ROW.replace("40 AS", "61 AS"))
    _parquet(tmp_path / "homework" / "b.parquet", ROW.replace("301 AS", "302 AS"))
    found = standings(_open(tmp_path), RULES).each[0]
    assert (found.violating, found.not_reported) == (1, 0)
    assert [one.keys[0] for one in found.examples] == ["301"]


def test_what_the_files_hold_is_judged_as_the_reference_judges_it(tmp_path: Path) -> None:
    rows = "2025-03-05,302,语文,,true,false\n2025-03-05,701,语文,91,true,\n2025-03-05,999,语文,9,,true\n"
    _write(tmp_path, classes=dirty.CLASSES, homework=dirty.GOOD + rows)
    opened = _open(tmp_path)
    data = {name: _rows(opened, name) for name in ("homework", "classes")}
    found = [one for standing in standings(opened, RULES).each for one in standing.examples]
    assert sorted(found, key=Finding.order) == by_hand(RULES, data)
    assert len(found) == 7


def _rows(opened: Opened, name: str) -> list[dict[str, Any]]:
    columns = [column.name for column in BY_NAME[name].columns]
    return [dict(zip(columns, row, strict=True)) for row in opened.connection.execute(f"FROM {name}").fetchall()]


def test_a_table_without_a_file_is_never_compliant(tmp_path: Path) -> None:
    _write(tmp_path, homework=dirty.GOOD)
    time, parents = standings(_open(tmp_path), RULES).each
    assert (time.judged, time.lacks, time.is_well) == (False, ("classes",), False)
    assert (parents.judged, parents.violating) == (True, 1)


def test_without_the_list_of_those_who_must_report_a_limit_is_judged_but_never_well(tmp_path: Path) -> None:
    must = limits_of("must", {**PARENTS, "expects": "sample"})
    _write(tmp_path, homework=dirty.GOOD.replace("是,是", "是,否"))
    (one,) = standings(_open(tmp_path, must), must).each
    assert (one.judged, one.lacks, one.violating, one.not_reported, one.is_well) == (True, ("sample",), 0, 0, False)


def test_suggestions_read_what_was_meant_and_never_make_up_a_day() -> None:
    assert [instead.day(text) for text in ("20250305", "2025.3.5", "2025-13-01", "3月5日", "99999")] == [
        "2025-03-05", "2025-03-05", None, None, None
    ]  # fmt: skip
    grade = BY_NAME["classes"].column("grade")
    assert grade is not None
    meant = {
        "三年级": "P3",
        "初二": "J2",
        "高三": "S3",
        "p4": "P4",
        "九年级": "J3",
        "十二": "S3",
        "一二": None,
        "大班": None,
    }
    assert {text: instead.word(text, grade) for text in meant} == meant
    assert [instead.clock(text) for text in ("8点20分", "８：２０", "25:00")] == ["8:20", "8:20", None]
