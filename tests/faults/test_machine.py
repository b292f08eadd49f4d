"""A machine that is not as it must be, and a pack that is broken: a code, the line that mends it, nothing begun."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

import qingfu.packs
from qingfu.project import addresses
from qingfu.records.journal.queries import reading
from qingfu.records.models import Edition
from tests import pg_plugin
from tests.cast import County
from tests.servers import Qingfu, free_port

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another user")


def test_a_port_in_use_is_said_before_anything_is_made(own_data: Path, qingfu: Qingfu) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = qingfu("serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("QF-PORT: ")
    assert f"PORT={port + 1}" in done.stderr
    assert not own_data.exists()


def test_a_data_folder_that_cannot_be_written_to_is_said_with_its_name(own_data: Path, qingfu: Qingfu) -> None:
    own_data.write_text("a file where a folder should be")
    try:
        done = qingfu("serve", "--port", str(free_port()))
    finally:
        own_data.unlink()
    assert done.returncode == 1
    assert done.stderr.startswith("QF-FOLDER-READ-ONLY: ")
    assert str(own_data) in done.stderr


@pytest.fixture
def shut(own_data: Path) -> Iterator[Path]:
    """A folder with an open way that leads into somebody's shut home, where the programs are."""
    folder = own_data.with_name(f"{own_data.name}-shut")
    programs = folder / "home" / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").touch(mode=0o755)
    (folder / "home").chmod(0o700)
    (folder / "way").symlink_to(programs)
    yield folder
    shutil.rmtree(folder)


@AS_ROOT
@pytest.mark.parametrize("command", [["migrate"], ["serve", "--port", "48125"], ["doctor"]])
def test_programs_that_the_databases_user_cannot_reach_are_said_with_the_line_that_mends_it(
    own_data: Path, qingfu: Qingfu, shut: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("PG_BINDIR", str(shut / "way"))
    done = qingfu(*command)
    assert done.returncode == 1
    assert "QF-FOLDER-SHUT" in done.stderr + done.stdout
    assert f"chmod o+x {shut / 'home'}" in (done.stderr + done.stdout).replace("\n", "")
    assert not (own_data / "pg18").exists()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of a shipped pack with a day that does not exist and a reference to nothing."""
    folder = tmp_path / "broken"
    shutil.copytree(Path(qingfu.packs.__file__).parent / "hebi-2024", folder)
    plan = folder / "duties.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('date: "2024-', 'date: "2024-02-30', 1), encoding="utf-8")
    return folder


def test_a_broken_pack_is_not_adopted_and_its_faults_are_said_with_file_and_line(
    real_county: County, broken: Path
) -> None:
    with reading(real_county.keeper):
        before = Edition.objects.count()
    env = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")} | {
        "DATABASE_URL": pg_plugin.address(addresses.WEB, str(connections.settings["default"]["NAME"])).url,
        "DATABASE_PORTAL_URL": pg_plugin.address(addresses.PORTAL, str(connections.settings["default"]["NAME"])).url,
        "QINGFU_LANGUAGE": "en",
    }
    line = [sys.executable, "-m", "qingfu.project.main", "desk", "adopt", "--bureau", real_county.slug, str(broken)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd="/", env=env)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "duties.yaml" in said
    assert "QF-PACK" in said
    assert "Traceback" not in said
    with reading(real_county.keeper):
        assert Edition.objects.count() == before
