"""A backup holds everything, is restored into an empty database only, and is checked afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from qingfu.project import addresses, embedded
from tests.servers import Qingfu


def _ask(data: Path, query: str) -> list[tuple[object, ...]]:
    address = addresses.embedded(embedded.socket_folder(data), addresses.OWNER)
    with psycopg.connect(address.url) as connection:
        return connection.execute(query.encode()).fetchall()


TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
WALLS = (
    "SELECT relname, relrowsecurity, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
)


def _counts(data: Path) -> dict[str, object]:
    tables = [str(row[0]) for row in _ask(data, TABLES)]
    return {table: _ask(data, f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}


def test_what_was_backed_up_is_restored_row_for_row_with_its_walls(
    migrated: Path, qingfu: Qingfu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    embedded.ensure(migrated)
    counts, walls, file = _counts(migrated), _ask(migrated, WALLS), tmp_path / "all.backup"
    assert counts["django_migrations"]
    done = qingfu("backup", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600

    again = qingfu("backup", str(file))
    assert again.stderr.startswith("QF-FILE-THERE: ")

    into_full = qingfu("restore", str(file))
    assert into_full.returncode == 1
    assert into_full.stderr.startswith("QF-DATABASE-NOT-EMPTY: ")
    assert _counts(migrated) == counts

    empty = migrated.with_name(migrated.name + "-restored")
    monkeypatch.setenv("QINGFU_DATA", str(empty))
    try:
        restored = qingfu("restore", str(file))
        assert (restored.returncode, restored.stderr) == (0, "")
        assert _counts(empty) == counts
        assert _ask(empty, WALLS) == walls
    finally:
        _remove(empty)


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PGDMP"])
def test_a_file_that_is_no_backup_changes_nothing(
    own_data: Path, qingfu: Qingfu, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "bad"
    file.write_bytes(content)
    done = qingfu("restore", str(file))
    assert done.returncode == 1
    assert done.stderr.startswith("QF-BACKUP: ")
    assert _counts(own_data) == {}


def test_a_backup_that_was_cut_off_changes_nothing(
    migrated: Path, qingfu: Qingfu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "all.backup"
    assert qingfu("backup", str(file)).returncode == 0
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    empty = migrated.with_name(migrated.name + "-cut")
    monkeypatch.setenv("QINGFU_DATA", str(empty))
    try:
        done = qingfu("restore", str(file))
        assert done.returncode == 1
        assert done.stderr.startswith("QF-BACKUP: ")
        assert _counts(empty) == {}
    finally:
        _remove(empty)


def _remove(data: Path) -> None:
    embedded.stop(data)
    shutil.rmtree(data, ignore_errors=True)
