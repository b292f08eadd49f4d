"""A folder that the database's user cannot pass is named before anything is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.base.errors import FolderShut, ProgramsMissing
from qingfu.project import programs

STRANGER = 61716


def test_the_first_shut_folder_on_the_way_is_named(tmp_path: Path) -> None:
    inner = tmp_path / "home" / "venv" / "bin"
    inner.mkdir(parents=True)
    program = inner / "postgres"
    program.touch(mode=0o755)
    for folder in (*program.parents,):
        if folder.is_relative_to(tmp_path):
            folder.chmod(0o755)
    (tmp_path / "home").chmod(0o700)
    found = programs.first_shut(program, STRANGER)
    # Above the temporary folder the machine may be shut as well; the first one counts.
    assert found is not None
    assert (tmp_path / "home").is_relative_to(found)


def test_a_file_that_cannot_be_read_is_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "postgres.bki"
    file.touch(mode=0o600)
    monkeypatch.setattr(programs, "_may", lambda path, *_: path != file.resolve())
    assert programs.first_shut(file, STRANGER) == file.resolve()


def test_as_oneself_nothing_is_shut(tmp_path: Path) -> None:
    programs.check_reachable(programs.Account(None), data=tmp_path / "anywhere")


def test_the_error_holds_the_line_that_mends() -> None:
    assert "chmod o+x /home/clerk" in str(FolderShut(folder="/home/clerk", user="61716"))


def test_programs_that_are_not_there_are_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(ProgramsMissing):
        programs.folder()


def test_variables_of_another_database_do_not_reach_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    assert not [name for name in programs.surroundings() if name.startswith("PG")]
