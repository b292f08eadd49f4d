"""The embedded database: started once, killed, brought back, locked out, and nothing lost."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from qingfu.base.errors import FolderReadOnly, FolderShut, SocketPathTooLong, StrongRole
from qingfu.project import addresses, embedded, programs, roles
from qingfu.project.addresses import Address

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another user")


def _role(data: Path, user: str) -> Address:
    return addresses.embedded(embedded.socket_folder(data), user)


def _write(data: Path, value: int) -> None:
    with psycopg.connect(_role(data, addresses.WEB).url, autocommit=True) as connection:
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def _kill(data: Path) -> int:
    pid = embedded.written_pid(embedded.Places(data))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def test_it_is_started_once_and_attached_to_afterwards(own_data: Path) -> None:
    embedded.ensure(own_data)
    first = embedded.status(own_data)
    embedded.ensure(own_data)
    assert first.running
    assert embedded.status(own_data).pid == first.pid
    assert embedded.stop(own_data)
    assert not embedded.status(own_data).running
    assert not embedded.stop(own_data)


def test_twenty_callers_at_once_start_one_server(own_data: Path) -> None:
    faults: list[BaseException] = []
    all_here = threading.Barrier(20)

    def call() -> None:
        all_here.wait()
        try:
            embedded.ensure(own_data)
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    callers = [threading.Thread(target=call) for _ in range(20)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert faults == []
    assert embedded.status(own_data).running


def test_a_killed_server_comes_back_with_everything_acknowledged(own_data: Path) -> None:
    embedded.ensure(own_data)
    with psycopg.connect(_role(own_data, addresses.OWNER).url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    for value in range(50):
        _write(own_data, value)
    killed = _kill(own_data)
    embedded.ensure(own_data)
    assert embedded.status(own_data).pid != killed
    with psycopg.connect(_role(own_data, addresses.WEB).url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row == (50,)


def test_a_pid_of_somebody_else_in_the_pid_file_does_not_keep_the_server_from_starting(own_data: Path) -> None:
    embedded.ensure(own_data)
    embedded.stop(own_data)
    # A sleeping program of the database's own user: to PostgreSQL it looks like a living server.
    uid = programs.account().uid
    stranger = subprocess.Popen(["sleep", "600"], user=uid)
    try:
        pid_file = own_data / "pg18" / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{own_data / 'pg18'}\n1\n5432\n\n\n0 0\nready\n")
        programs.account().own(pid_file)
        embedded.ensure(own_data)
        assert embedded.status(own_data).running
    finally:
        stranger.kill()
        stranger.wait()


def test_the_three_roles_have_their_rights_and_no_more(own_data: Path) -> None:
    embedded.ensure(own_data)
    with psycopg.connect(_role(own_data, addresses.OWNER).url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("CREATE FUNCTION told() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with psycopg.connect(_role(own_data, addresses.WEB).url, autocommit=True) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")
        connection.execute("SELECT told()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (n int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE kept")
    with psycopg.connect(_role(own_data, addresses.PORTAL).url, autocommit=True) as connection:
        for refused in ("SELECT * FROM kept", "SELECT told()", "CREATE TABLE mine (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(refused.encode())
    roles.check_weak(_role(own_data, addresses.WEB))
    for strong in (addresses.OWNER, embedded.SUPERUSER):
        with pytest.raises(StrongRole):
            roles.check_weak(_role(own_data, strong))


def test_a_role_that_may_act_as_the_owner_is_too_strong(own_data: Path) -> None:
    embedded.ensure(own_data)
    with psycopg.connect(_role(own_data, addresses.OWNER).url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    with psycopg.connect(embedded.superuser(own_data).url, autocommit=True) as connection:
        connection.execute("GRANT qingfu_owner TO qingfu_web")
    with pytest.raises(StrongRole):
        roles.check_weak(_role(own_data, addresses.WEB))


def test_chinese_can_be_searched(own_data: Path) -> None:
    embedded.ensure(own_data)
    with psycopg.connect(_role(own_data, addresses.WEB).url) as connection:
        assert connection.execute("SELECT show_trgm('补课') <> '{}'").fetchone() == (True,)


def test_a_socket_path_that_is_too_long_is_refused_with_a_remedy(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGFU_RUN", f"/run/{'x' * 120}")
    with pytest.raises(SocketPathTooLong) as refused:
        embedded.ensure(own_data)
    assert "QINGFU_RUN" in str(refused.value)


def test_a_data_folder_that_is_a_file_is_refused(own_data: Path) -> None:
    own_data.touch()
    try:
        with pytest.raises(FolderReadOnly):
            embedded.ensure(own_data)
    finally:
        own_data.unlink()


@AS_ROOT
def test_the_server_runs_as_a_user_of_its_own_and_its_folders_are_shut(own_data: Path) -> None:
    embedded.ensure(own_data)
    pid = embedded.status(own_data).pid
    assert Path(f"/proc/{pid}").stat().st_uid == programs.UID
    for folder in (own_data / "pg18", own_data / "run"):
        assert folder.stat().st_uid == programs.UID
        assert folder.stat().st_mode & 0o077 == 0
    assert not (own_data / "pg18.new").exists()


@AS_ROOT
def test_a_folder_above_that_the_database_user_cannot_pass_is_named_with_the_line_that_mends_it(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.mkdir(mode=0o700)
    inner = own_data / "var"
    monkeypatch.setenv("QINGFU_DATA", str(inner))
    with pytest.raises(FolderShut) as refused:
        embedded.ensure(inner)
    assert f"chmod o+x {own_data}" in str(refused.value)


@AS_ROOT
def test_programs_that_the_database_user_cannot_pass_are_named(
    own_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shut = tmp_path / "home"
    shut.mkdir(mode=0o700)
    (shut / "bin").symlink_to(programs.folder())
    real = shut / "copy"
    real.mkdir()
    (real / "postgres").touch(mode=0o755)
    monkeypatch.setenv("PG_BINDIR", str(real))
    with pytest.raises(FolderShut):
        embedded.ensure(own_data)


def _as_another(name: str, do: Callable[[], object]) -> str:
    """Do something in a child process as a named user; gives the error's text, empty when all went well."""
    user = pwd.getpwnam(name)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = b""
        try:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            do()
        except BaseException as fault:  # noqa: BLE001 - told to the parent
            said = str(fault).encode() or repr(fault).encode()
        os.write(writing, said)
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return told.read().decode()


@AS_ROOT
def test_a_read_only_folder_is_said_to_an_ordinary_user(own_data: Path) -> None:
    own_data.mkdir(mode=0o555)
    said = _as_another("daemon", lambda: embedded.ensure(own_data))
    assert said.startswith("QF-FOLDER-READ-ONLY: ")
    assert str(own_data) in said


@AS_ROOT
def test_an_ordinary_user_runs_it_as_himself(own_data: Path) -> None:
    user = pwd.getpwnam("daemon")
    own_data.mkdir(mode=0o700)
    os.chown(own_data, user.pw_uid, user.pw_gid)

    def start_write_stop() -> None:
        embedded.ensure(own_data)
        with psycopg.connect(_role(own_data, addresses.OWNER).url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
        _write(own_data, 1)
        assert embedded.stop(own_data)

    assert _as_another("daemon", start_write_stop) == ""
    assert (own_data / "pg18").stat().st_uid == user.pw_uid
