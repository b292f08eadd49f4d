"""The embedded PostgreSQL: made, started, mended and stopped in the data folder.

Web, jobs and commands all call ``ensure``; nobody stops the server at exit, ``stop`` does.
The folder's rights are the password: the socket can be reached by the database's user only.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qingfu.base.errors import DatabaseDown, DiskFull, FolderReadOnly, FolderShut, SocketPathTooLong
from qingfu.base.words import N_
from qingfu.project import addresses, environment, programs, roles
from qingfu.project.addresses import Address
from qingfu.project.programs import Account

SUPERUSER = "postgres"
SOCKET_NAME = "/.s.PGSQL.5432"
SOCKET_LIMIT = 103  # bytes; 107 on Linux, 103 on macOS
ATTEMPTS = 40  # half a second each: the backends of a killed server hold its memory for some seconds
LOG_LIMIT = 8_000_000
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    # Rows hold names; an operator's log must not.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


class DatabaseStuck(DatabaseDown):
    """The embedded server does not start. Facts: reason, log."""

    code = "QF-DATABASE-STUCK"
    says = N_("The embedded database does not start: {reason}")
    do = N_("Nothing acknowledged is lost. Its own words are at the end of {log}.")


@dataclass(frozen=True)
class Status:
    """What ``db status`` tells."""

    running: bool
    folder: Path
    socket: Path
    pid: int | None
    version: str | None


@dataclass(frozen=True)
class Places:
    """Where the embedded server keeps its things, all below the data folder but perhaps the socket."""

    data: Path

    @property
    def cluster(self) -> Path:
        """The server's own folder."""
        return self.data / "pg18"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.cluster / "server.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket; computed alike by everybody, made by ``ensure``."""
        return socket_folder(self.data)

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.data / ".database.lock"


def socket_folder(data: Path) -> Path:
    """QINGFU_RUN, else ``run`` in the data folder, else a short folder when that path is too long for a socket."""
    if given := environment.text("QINGFU_RUN"):
        return Path(given).absolute()
    near = data / "run"
    if _fits(near):
        return near
    place = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return place / f"qingfu-{os.geteuid()}-{digest}"


def ensure(data: Path, *, settings: Mapping[str, str] | None = None) -> None:
    """Make sure that the server in ``data`` answers and has its roles and its database.

    Returns when it does. Raises FolderReadOnly, FolderShut, DiskFull, SocketPathTooLong,
    ProgramsMissing or DatabaseStuck. ``settings`` are added to the server's own, at a start only.
    """
    data = data.absolute()
    places, who = Places(data), programs.account()
    if not _fits(places.socket):
        raise SocketPathTooLong(path=f"{places.socket}{SOCKET_NAME}")
    with writing_to(data):
        _make_data_folder(data)
        with _locked(places):
            if not answers(places):
                programs.check_reachable(who, data=data)
                _make_socket_folder(places.socket, who)
                _make_cluster(places, who)
                _start(places, who, {**SETTINGS, **(settings or {})})
            roles.prepare(superuser(data))


def stop(data: Path) -> bool:
    """Stop the server at once but in order; whether there was one to stop."""
    places = Places(data.absolute())
    if not (places.cluster / "postmaster.pid").exists():
        return False
    with _locked(places):
        done = programs.run("pg_ctl", "-D", places.cluster, "-m", "fast", "-w", "stop", who=programs.account())
    return done.returncode == 0


def status(data: Path) -> Status:
    """What is known of the server without starting it."""
    places = Places(data.absolute())
    version: str | None = None
    try:
        with psycopg.connect(superuser(places.data).url, connect_timeout=2) as connection:
            row = connection.execute("SHOW server_version").fetchone()
            version = str(row[0]) if row else None
    except psycopg.OperationalError:
        pass
    return Status(version is not None, places.cluster, places.socket, written_pid(places), version)


def superuser(data: Path, name: str = "postgres") -> Address:
    """The administrator's address; for the roof, backups and tests only."""
    return addresses.embedded(socket_folder(data.absolute()), SUPERUSER, name)


def answers(places: Places) -> bool:
    """Whether the server takes a connection: the only sign trusted, a pid may belong to a zombie or a stranger."""
    try:
        psycopg.connect(superuser(places.data).url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def written_pid(places: Places) -> int | None:
    """The pid that the server wrote down, whether or not it still lives."""
    try:
        return int((places.cluster / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


@contextmanager
def writing_to(data: Path) -> Iterator[None]:
    """Turn the operating system's refusals to write in ``data`` into errors with a remedy."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder=str(data), free="0 MB") from fault
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise FolderReadOnly(folder=str(data)) from fault
        raise


def _fits(folder: Path) -> bool:
    return len(os.fsencode(f"{folder}{SOCKET_NAME}")) <= SOCKET_LIMIT


def _make_data_folder(data: Path) -> None:
    if data.exists():
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    # Made aside and moved in one step: of several who come first nobody finds one half made.
    stage = Path(tempfile.mkdtemp(prefix=f".{data.name}.", dir=data.parent))
    # The database's user must pass through; only its own two folders and files kept 0600 lie inside.
    stage.chmod(0o711)
    try:
        stage.rename(data)
    except OSError:
        stage.rmdir()
        if not data.is_dir():
            raise


@contextmanager
def _locked(places: Places) -> Iterator[None]:
    handle = os.open(places.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_socket_folder(folder: Path, who: Account) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    mine = {os.geteuid(), who.uid}
    # In a folder that everybody may write to, somebody else may have been first.
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid not in mine:
        raise FolderShut(folder=str(folder), user=who.spoken)
    folder.chmod(0o700)
    who.own(folder)


def _make_cluster(places: Places, who: Account) -> None:
    if (places.cluster / "PG_VERSION").exists():
        return
    # Made aside and moved in one step, so that a crash half-way leaves nothing that looks finished.
    stage = places.data / "pg18.new"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=0o700)
    if who.uid is not None:
        os.chown(stage, 0, who.uid)
        stage.chmod(0o770)
    # With LC_CTYPE=C pg_trgm drops every Chinese character, also under the builtin provider.
    words = [
        *("-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions"),
    ]
    made = programs.run("initdb", "-D", stage / "cluster", *words, who=who, borrowed=True)
    if made.returncode:
        raise DatabaseStuck(reason=(made.stderr or "initdb").strip().splitlines()[-1], log=str(places.log))
    who.own_all(stage / "cluster")
    (stage / "cluster").rename(places.cluster)
    stage.rmdir()


def _start(places: Places, who: Account, settings: Mapping[str, str]) -> None:
    if places.log.exists() and places.log.stat().st_size > LOG_LIMIT:
        places.log.replace(places.log.with_suffix(".old.log"))
    chosen = {"unix_socket_directories": f'"{places.socket}"', **settings}
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in chosen.items())
    words = ("-D", places.cluster, "-l", places.log, "-w", "-t", "120", "-o", options, "start")
    for _ in range(ATTEMPTS):
        _set_aside_stale_pid(places)
        if programs.run("pg_ctl", *words, who=who).returncode == 0:
            return
        time.sleep(0.5)
    raise DatabaseStuck(reason=_last_words(places.log), log=str(places.log))


def _set_aside_stale_pid(places: Places) -> None:
    """Move ``postmaster.pid`` away when its pid is a zombie's or a stranger's and nobody lives in the folder.

    A container's first process may never reap a killed server, and after a reboot the pid may be another
    program's: PostgreSQL itself would refuse for ever. Only where /proc can tell.
    """
    pid, proc = written_pid(places), Path("/proc")
    if pid is None or not (proc / str(pid)).exists():
        return
    cluster = places.cluster.resolve()
    for process in proc.glob("[0-9]*"):
        try:
            if (process / "cwd").resolve(strict=True) == cluster:
                return
        except OSError:
            continue
    (places.cluster / "postmaster.pid").replace(places.cluster / "postmaster.pid.stale")


def _last_words(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "…"
    return lines[-1] if lines else "…"
