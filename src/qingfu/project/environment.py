"""Every variable of the environment, declared once with its help; nothing else reads them.

The reference page of the manual is made from ``VARIABLES``. A secret may also come from a
file: ``NAME_FILE`` holds the path.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qingfu.base.errors import SettingWrong
from qingfu.base.words import N_


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what it is when absent, what it holds, whether it is secret."""

    name: str
    default: str
    help: str
    secret: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "QINGFU_DATA",
        "./var",
        N_("The folder of everything that is kept: the embedded database, files, the key of the sessions."),
    ),
    Variable(
        "QINGFU_RUN",
        "",
        N_("A short folder for the socket of the embedded database; found by itself when empty."),
    ),
    Variable(
        "DATABASE_URL",
        "",
        N_("The database for web and jobs, as the weak role qingfu_web; empty means the embedded one."),
        secret=True,
    ),
    Variable(
        "DATABASE_PORTAL_URL",
        "",
        N_("The same database as the role qingfu_portal, which may read disclosures only."),
        secret=True,
    ),
    Variable(
        "DATABASE_OWNER_URL",
        "",
        N_("The same database as its owner, for migrations, backup and restore; never set for serving."),
        secret=True,
    ),
    Variable(
        "PG_BINDIR",
        "",
        N_("Another folder with the PostgreSQL programs; empty means those that were installed with Qingfu."),
    ),
    Variable(
        "QINGFU_SECRET_KEY",
        "",
        N_("The key that signs sessions; empty means the one kept in the data folder."),
        secret=True,
    ),
    Variable(
        "QINGFU_HOSTS",
        "",
        N_("The host names people use, separated by commas; this machine's own are always allowed."),
    ),
    Variable("PORT", "8000", N_("The port to serve on.")),
    Variable("QINGFU_WORKERS", "2", N_("How many web processes to run.")),
    Variable(
        "QINGFU_POOL",
        "8",
        N_("How many database connections one web process may hold; 0 means a connection per thread."),
    ),
    Variable(
        "QINGFU_SPARK",
        "",
        N_("The Spark cluster that judges limits, such as spark://host:7077; empty means this machine alone."),
    ),
    Variable("QINGFU_LANGUAGE", "zh-hans", N_("The language of the command line: zh-hans or en.")),
    Variable(
        "QINGFU_CACHE",
        "",
        N_("A folder for packs that were read and need not be read again; empty means ~/.cache/qingfu/packs."),
    ),
    Variable(
        "QINGFU_BEHIND_PROXY",
        "",
        N_("1 when a proxy in front carries TLS and sets X-Forwarded-For and X-Forwarded-Proto."),
    ),
    Variable("QINGFU_TLS", "", N_("1 when pages are reached through TLS; qingfu serve sets it by itself.")),
    Variable("QINGFU_DEMO", "", N_("1 in a demonstration only; qingfu demo sets it by itself.")),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def text(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of a declared variable, its default when absent or empty."""
    variable = _BY_NAME[name]
    if given := environ.get(name, ""):
        return given
    if variable.secret and (path := environ.get(f"{name}_FILE", "")):
        return _content(f"{name}_FILE", path)
    return variable.default


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a variable is 1; empty and 0 mean no, anything else raises SettingWrong."""
    value = text(name, environ)
    if value not in ("", "0", "1"):
        raise SettingWrong(setting=name, value=value, expected="0, 1")
    return value == "1"


def number(name: str, environ: Mapping[str, str] = os.environ) -> int:
    """A whole number that is not negative; anything else raises SettingWrong."""
    value = text(name, environ)
    if not (value.isascii() and value.isdigit()):
        raise SettingWrong(setting=name, value=value, expected="0, 1, 2 …")
    return int(value)


def names(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """The parts of a list separated by commas."""
    return [part.strip() for part in text(name, environ).split(",") if part.strip()]


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder as an absolute path; it need not exist yet."""
    return Path(text("QINGFU_DATA", environ)).expanduser().absolute()


def _content(setting: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise SettingWrong(setting=setting, value=path, expected=str(fault.strerror)) from fault
