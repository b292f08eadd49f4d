"""Addresses of databases: reading a URL, and the three of the embedded server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from qingfu.base.errors import SettingWrong
from qingfu.base.words import N_

OWNER, WEB, PORTAL = "qingfu_owner", "qingfu_web", "qingfu_portal"
DATABASE = "qingfu"
# A row-level lock held longer than this by somebody else is a fault, not a queue.
LIMITS = "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"


@dataclass(frozen=True)
class Address:
    """Where a database is and as whom to open it; ``host`` may be the folder of a socket."""

    host: str
    port: str
    name: str
    user: str
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The address as a URL that libpq reads; it contains the password."""
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        who = f"{quote(self.user, safe='')}{secret}"
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in self._query())
        return f"postgresql://{who}@/{quote(self.name, safe='')}?{query}"

    def _query(self) -> tuple[tuple[str, str], ...]:
        return (("host", self.host), ("port", self.port), *self.options)

    @property
    def spoken(self) -> str:
        """The address without its password, for messages."""
        return f"{self.user}@{self.host}:{self.port}/{self.name}"

    def django(self, *, pool: int, pool_min: int = 1) -> dict[str, Any]:
        """The entry for Django's DATABASES; ``pool`` is the largest number of connections, 0 for none."""
        options: dict[str, Any] = {"application_name": "qingfu", "options": LIMITS, **dict(self.options)}
        if pool:
            # What is idle for half a minute is closed: a backend costs the small office's machine some 5 MB.
            options["pool"] = {
                "min_size": pool_min, "max_size": max(pool, pool_min), "timeout": 10, "max_idle": 30.0,
            }  # fmt: skip
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }


def parse(url: str, *, setting: str) -> Address:
    """Read ``postgresql://user:password@host:port/name?host=/folder&sslmode=require``.

    Raises SettingWrong naming ``setting``; the URL itself is not repeated, it may hold a password.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    try:
        port = str(parts.port or query.pop("port", "5432"))
    except ValueError as fault:
        raise _wrong(setting) from fault
    host = query.pop("host", "") or unquote(parts.hostname or "")
    if parts.scheme not in ("postgres", "postgresql") or not host or len(parts.path) < 2:
        raise _wrong(setting)
    return Address(
        host=host,
        port=port,
        name=unquote(parts.path[1:]),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple(query.items()),
    )


def embedded(socket_folder: Path, user: str, name: str = DATABASE) -> Address:
    """The embedded server's address for one of the roles; the folder's rights are the password."""
    return Address(host=str(socket_folder), port="5432", name=name, user=user)


def _wrong(setting: str) -> SettingWrong:
    return SettingWrong(setting=setting, value="…", expected=N_("postgresql://user:password@host:5432/name"))
