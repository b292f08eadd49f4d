"""Serving for real: started, killed in its parts, and back again; refused where it must be."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest

from qingfu.project import addresses, embedded
from tests.servers import Qingfu, Served, eventually


def test_a_served_site_is_well_and_loads_no_django_in_its_supervisor(served: Served) -> None:
    assert served.status() == 200
    loaded = Path(f"/proc/{served.process.pid}/maps").read_text()
    assert "psycopg" not in loaded
    line = Path(f"/proc/{served.process.pid}/cmdline").read_text()
    assert json.loads(line.rstrip("\0").split("\0")[-1])["port"] == served.port


def test_a_killed_database_is_back_without_anybodys_help(served: Served, own_data: Path) -> None:
    pid = embedded.written_pid(embedded.Places(own_data))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: embedded.written_pid(embedded.Places(own_data)) != pid and served.status() == 200)


def test_a_killed_web_server_is_back_and_its_workers_do_not_hold_the_port(served: Served) -> None:
    (web,) = served.parts("web_server")
    os.kill(web, signal.SIGKILL)
    eventually(lambda: served.parts("web_server") not in ([], [web]) and served.status() == 200)


def test_stopping_ends_every_part_and_frees_the_port_and_leaves_the_database(served: Served, own_data: Path) -> None:
    parts = served.parts("")
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=60)
    assert [pid for pid in parts if Path(f"/proc/{pid}").exists()] == []
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", served.port))
    assert embedded.status(own_data).running


def test_a_second_server_on_the_port_is_refused_with_another_port(served: Served, qingfu: Qingfu) -> None:
    done = qingfu("serve", "--port", str(served.port))
    assert done.returncode == 1
    assert done.stderr.startswith("QF-PORT: ")
    assert served.status() == 200


def test_a_role_that_is_too_strong_does_not_serve(
    migrated: Path, qingfu: Qingfu, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.ensure(migrated)
    owner = addresses.embedded(embedded.socket_folder(migrated), addresses.OWNER)
    monkeypatch.setenv("DATABASE_URL", owner.url)
    monkeypatch.setenv("DATABASE_PORTAL_URL", owner.url)
    done = qingfu("serve", "--port", "48123")
    assert done.stderr.startswith("QF-STRONG-ROLE: ")


def test_another_server_without_its_tables_is_refused_with_the_line_that_makes_them(
    own_data: Path, qingfu: Qingfu, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.ensure(own_data)
    folder = embedded.socket_folder(own_data)
    monkeypatch.setenv("DATABASE_URL", addresses.embedded(folder, addresses.WEB).url)
    monkeypatch.setenv("DATABASE_PORTAL_URL", addresses.embedded(folder, addresses.PORTAL).url)
    done = qingfu("serve", "--port", "48124")
    assert done.returncode == 1
    assert done.stderr.startswith("QF-SCHEMA-BEHIND: ")
    assert "qingfu db migrate" in done.stderr


def test_the_doctor_finds_nothing_on_a_site_that_is_well_and_names_what_was_switched_off(
    served: Served, own_data: Path, qingfu: Qingfu
) -> None:
    well = qingfu("doctor", "--json")
    faults = [each for each in json.loads(well.stdout) if not each["well"]]
    assert (well.returncode, faults) == (0, [])
    with psycopg.connect(embedded.superuser(own_data, addresses.DATABASE).url, autocommit=True) as connection:
        connection.execute("ALTER TABLE problems_problem DISABLE ROW LEVEL SECURITY")
    ill = qingfu("doctor", "--json")
    codes = [each["code"] for each in json.loads(ill.stdout) if not each["well"]]
    assert (ill.returncode, codes) == (1, ["QF-WALLS-DOWN"])
    assert "problems_problem" in ill.stdout


def test_a_killed_supervisor_takes_its_parts_with_it_and_frees_the_port(served: Served) -> None:
    parts = served.parts("")
    assert parts
    served.process.kill()
    served.process.wait(timeout=60)
    eventually(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in parts) and served.status() == 0)
