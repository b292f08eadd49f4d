"""The same reading for Parquet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingfu.papers.filings.outcome import Read
from qingfu.papers.filings.parquets import read_parquet
from qingfu.rules.duck import connect
from qingfu.rules.tables import BY_NAME
from tests.unit.papers.filings.sheets import CHINESE, SCHOOL, TERM, faults


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "homework.parquet"


def read(path: Path, most: int = 1000) -> Read:
    return read_parquet(path, BY_NAME["homework"], classes=SCHOOL, term=TERM, translate=CHINESE, most=most)


def write(path: Path, rows: str) -> None:
    with connect(threads=1) as connection:
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")


def test_rows_come_as_from_a_sheet(file: Path) -> None:
    write(file, "SELECT DATE '2025-03-04' AS day, '302' AS class, '语' AS subject, 20 AS minutes, true AS written")
    found = read(file)
    assert found.is_clean
    cells = found.rows[0].cells
    assert (cells["day"], cells["class"], cells["subject"]) == (date(2025, 3, 4), "P3-2", "语文")
    assert (cells["minutes"], cells["written"], cells["rest"]) == (20, True, None)


def test_faults_and_doubts_are_those_of_a_sheet(file: Path) -> None:
    write(file, "SELECT '3月4日' AS day, '2班' AS class, '语文' AS subject, -1 AS minutes")
    found = read(file)
    assert faults(found) == [("Negative", "D2")]
    assert [doubt.text for doubt in found.doubts] == ["3月4日", "2班"]


def test_more_rows_than_asked_for_are_refused(file: Path) -> None:
    write(file, "SELECT DATE '2025-03-04' AS day, '302' AS class, i::VARCHAR AS subject FROM range(9) t(i)")
    assert faults(read(file, most=8)) == [("FiledLong", "")]
    assert len(read(file, most=9).rows) == 9


def test_what_is_no_parquet_is_refused(file: Path) -> None:
    file.write_bytes(b"PAR1 not really")
    assert faults(read(file)) == [("FiledBroken", "")]
    assert faults(read(file.with_name("absent.parquet"))) == [("FiledBroken", "")]
