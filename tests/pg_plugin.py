"""The tests' own PostgreSQL: started on demand, one template per schema, a fresh database per session.

Loaded with ``-p`` so that the environment stands before pytest-django reads the settings. Tests connect as the
weak roles, like the program. The server lives in ``.cache`` and is stopped by the last session that uses it.
QINGFU_TEST_SERVER (an administrator's URL) runs the suite on another PostgreSQL of version 15 or later.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
DATA = CACHE / "tests"
NAME = f"test_{os.getpid()}"
# Tests lose nothing by a power cut; a killed process loses nothing either way.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "120"}

sys.path.insert(0, str(ROOT / "src"))

from qingfu.project import addresses, embedded, roles  # noqa: E402
from qingfu.project.addresses import Address  # noqa: E402

OUTSIDE = os.environ.get("QINGFU_TEST_SERVER", "")


def administrator(name: str = "postgres") -> Address:
    """The administrator's address of the tests' server."""
    if OUTSIDE:
        return replace(addresses.parse(OUTSIDE, setting="QINGFU_TEST_SERVER"), name=name)
    return embedded.superuser(DATA, name)


def address(user: str, name: str = NAME) -> Address:
    """The address of one of the roles in one of the tests' databases."""
    return replace(administrator(name), user=user)


def _environment() -> None:
    for variable in (
        "DATABASE_OWNER_URL",
        "QINGFU_DEMO",
        "QINGFU_TLS",
        "QINGFU_BEHIND_PROXY",
        "QINGFU_HOSTS",
    ):
        os.environ.pop(variable, None)
    os.environ["QINGFU_DATA"] = str(DATA)
    os.environ["QINGFU_POOL"] = "0"
    os.environ["QINGFU_SECRET_KEY"] = "for tests only"
    os.environ["DATABASE_URL"] = address(addresses.WEB).url
    os.environ["DATABASE_PORTAL_URL"] = address(addresses.PORTAL).url
    # The journeys' browser keeps an event loop in the thread of the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfu.project.settings")


_environment()


@dataclass
class Server:
    """The server of this session: makes databases from the template and drops them again."""

    template: str = ""
    made: list[str] = field(default_factory=list)

    def create(self, name: str, *, like: str = "") -> None:
        """Make a database, migrated and with the rights of the three roles: empty, or the copy of another one."""
        import psycopg

        with _lock("databases"), psycopg.connect(administrator().url, autocommit=True) as connection:
            template = like or self.template or self._make_template(connection)
            roles.make_database(connection, administrator(), name, template)
        self.made.append(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        _drop(name)
        self.made.remove(name)

    def _make_template(self, connection: object) -> str:
        wanted = f"template_{schema_digest()}"
        names = _databases()
        if wanted not in names:
            for old in names:
                if old.startswith("template_"):
                    _drop(old)
            _migrate_template(wanted)
        self.template = wanted
        return wanted


def schema_digest() -> str:
    """A digest of everything that the template's schema is made from."""
    source = ROOT / "src" / "qingfu"
    files = [
        *source.glob("records/migrations/**/*"),
        *source.glob("project/sql/*"),
        source / "project" / "settings.py",
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and file.suffix in (".py", ".sql", ".csv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def session() -> Iterator[Server]:
    """The server for one test session; stops it if no other session uses it."""
    CACHE.mkdir(exist_ok=True)
    user = os.open(CACHE / "sessions.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with _lock("lifecycle"):
        fcntl.flock(user, fcntl.LOCK_SH)
        if not OUTSIDE:
            embedded.ensure(DATA, settings=FAST)
        _drop_leftovers()
    server = Server()
    try:
        yield server
    finally:
        for name in list(server.made):
            server.drop(name)
        with _lock("lifecycle"):
            fcntl.flock(user, fcntl.LOCK_UN)
            try:
                fcntl.flock(user, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                if not OUTSIDE:
                    embedded.stop(DATA)
        os.close(user)


@contextmanager
def _lock(name: str) -> Iterator[None]:
    handle = os.open(CACHE / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _databases() -> list[str]:
    import psycopg

    with psycopg.connect(administrator().url) as connection:
        return [str(row[0]) for row in connection.execute("SELECT datname FROM pg_database ORDER BY 1")]


def _drop(name: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(administrator().url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_leftovers() -> None:
    """Drop the databases of sessions that were killed."""
    for name in _databases():
        pid = name.removeprefix("test_").split("_")[0]
        if name.startswith("test_") and pid.isdigit() and not Path(f"/proc/{pid}").exists():
            _drop(name)


def _migrate_template(name: str) -> None:
    import psycopg

    draft = f"{name}_draft"
    _drop(draft)
    with psycopg.connect(administrator().url, autocommit=True) as connection:
        if OUTSIDE:
            connection.execute(roles.script("roles.sql"))
        roles.make_database(connection, administrator(), draft)
    # In a process of its own, as an installation does it: the owner's address is never in the web's environment.
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--database=owner", "--verbosity=0"],
        env={**os.environ, "DATABASE_OWNER_URL": address(addresses.OWNER, draft).url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the migrations failed:\n{done.stderr[-4000:]}")
    with psycopg.connect(administrator().url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"'.encode())
