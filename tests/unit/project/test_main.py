"""The table of commands: each lives where it says, and listing them imports none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingfu.base.errors import PortInUse
from qingfu.project import main

SOURCE = Path(main.__file__).parents[2]


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_a_command_is_where_the_table_says(name: str) -> None:
    place = SOURCE.joinpath(*main.COMMANDS[name].module.split("."))
    if not (place.with_suffix(".py").exists() or (place / "__init__.py").exists()):
        pytest.skip(f"the command {name} is not built yet")
    code = f"import {main.COMMANDS[name].module} as m, typer; assert isinstance(m.{name}, typer.Typer)"
    text = (place.with_suffix(".py") if place.with_suffix(".py").exists() else place / "__init__.py").read_text()
    if "databases.ready()\n" in text and "\ndatabases.ready()" in text:
        pytest.skip(f"the command {name} starts the database when it is imported; its own tests run it")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from qingfu.project import main\n"
        "assert 'serve' in CliRunner().invoke(main.app, ['--help']).stdout\n"
        "sys.exit(','.join(sorted({'django', 'psycopg', 'qingfu.project.serve'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main.app, ["frobnicate"]).exit_code == 2


def test_an_error_of_ours_is_said_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise PortInUse(port=8000, other=8001)

    with pytest.raises(SystemExit) as ended:
        main.guarded(run)
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("QF-PORT: ")
    assert "PORT=8001" in said


def test_all_is_well_ends_with_zero() -> None:
    with pytest.raises(SystemExit) as ended:
        main.guarded(lambda: None)
    assert ended.value.code == 0


def test_a_file_that_is_not_there_is_said_without_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.guarded((tmp_path / "none" / "file").read_bytes)
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("QF-PATH: ")
    assert str(tmp_path / "none" / "file") in said


def test_a_fault_of_the_machine_without_a_file_keeps_its_trace() -> None:
    def run() -> None:
        raise OSError("broken pipe")

    with pytest.raises(OSError, match="broken pipe"):
        main.guarded(run)
