"""A template that was filled in with the words it offers, and saved as CSV, is what `qingfu limits check` reads."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from qingfu.base.errors import FaultyData
from qingfu.base.words import translator
from qingfu.papers.filings.headings import heading
from qingfu.papers.filings.templates import template
from qingfu.papers.filings.values.words import written
from qingfu.rules import duck
from qingfu.rules.files import Opened, open_folder
from qingfu.rules.parse import limits_of
from qingfu.rules.sql import name
from qingfu.rules.tables import BY_NAME, TABLES, Column, Table

FACTS = {"key": "c{n}", "day": "2025-03-{n:02d}", "whole": "1", "yes-no": "是", "clock": "8:20", "word": "语文"}
WORDS = [(table, column) for table in TABLES for column in table.columns if column.among]


def titles(table: Table) -> list[str]:
    """The headings of the empty template."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(template(table, classes=(), term=None, translate=translator("zh-hans"))))
    return [str(cell.value) for cell in book.worksheets[0][1]]


def saved(folder: Path, table: Table, rows: list[dict[str, str]]) -> Opened:
    """The template filled in and saved as CSV, opened for a limit that reads it."""
    lines = [titles(table), *([row[column.name] for column in table.columns] for row in rows)]
    text = "".join(",".join(line) + "\r\n" for line in lines)
    (folder / f"{table.name}.csv").write_text(text, encoding="utf-8-sig")
    flag = next((one.name for one in table.columns if one.kind == "yes-no"), None)
    counted: dict[str, Any] = {"measure": {"count": "rows"}, "at-most": 9, "unit": "period"}
    said = {"reads": table.name, "per": ["class"], **({"never": {flag: True}} if flag else counted)}
    return open_folder(duck.connect(threads=1), folder, limits_of("any", said))


def filled(table: Table, column: Column, n: int, word: str) -> dict[str, str]:
    """One line: every cell as the template wants it, one of them a word of its list."""
    cells = {one.name: written(one.among[0]) if one.among else FACTS[one.kind].format(n=n) for one in table.columns}
    return cells | {column.name: word}


@pytest.mark.parametrize(("table", "column"), WORDS, ids=lambda part: part.name)
def test_every_word_that_a_template_offers_is_read_as_the_registers_own(
    table: Table, column: Column, tmp_path: Path
) -> None:
    offered = [written(code) for code in column.among]
    assert all(not word.isascii() for word in offered)
    opened = saved(tmp_path, table, [filled(table, column, n, word) for n, word in enumerate(offered, start=1)])
    assert heading(column.name, table) in titles(table)
    found = opened.connection.execute(f"SELECT {name(column.name)} FROM {name(table.name)}").fetchall()
    assert sorted(code for (code,) in found) == sorted(column.among)


def test_one_row_in_both_spellings_stands_there_twice(tmp_path: Path) -> None:
    table = BY_NAME["timetable"]
    record = next(one for one in table.columns if one.name == "record")
    rows = [filled(table, record, 1, word) for word in (written("posted"), "posted")]
    with pytest.raises(FaultyData) as caught:
        saved(tmp_path, table, rows)
    assert [one.code for one in caught.value.errors] == ["QF-DATA-DUPLICATE"]


def test_a_word_that_no_template_offers_is_refused_with_those_it_may_be(tmp_path: Path) -> None:
    table = BY_NAME["exams"]
    when = next(one for one in table.columns if one.name == "when")
    with pytest.raises(FaultyData) as caught:
        saved(tmp_path, table, [filled(table, when, 1, "随堂")])
    assert [one.code for one in caught.value.errors] == ["QF-DATA-WORD"]
