"""Which database serves: the embedded one, or the one the environment names."""

from __future__ import annotations

from typing import Any

from qingfu.base.errors import SettingMissing
from qingfu.project import addresses, embedded, environment
from qingfu.project.addresses import Address


def is_embedded() -> bool:
    """Whether no DATABASE_URL was given."""
    return not environment.text("DATABASE_URL")


def web() -> Address:
    """The address for web and jobs."""
    return _address("DATABASE_URL", addresses.WEB)


def portal() -> Address:
    """The address for the public pages."""
    if not is_embedded() and not environment.text("DATABASE_PORTAL_URL"):
        raise SettingMissing(setting="DATABASE_PORTAL_URL")
    return _address("DATABASE_PORTAL_URL", addresses.PORTAL)


def owner() -> Address:
    """The address for migrations, backup and restore. Raises SettingMissing on an own server without it."""
    if not is_embedded() and not environment.text("DATABASE_OWNER_URL"):
        raise SettingMissing(setting="DATABASE_OWNER_URL")
    return _address("DATABASE_OWNER_URL", addresses.OWNER)


def ready() -> None:
    """Start the embedded database if it is the one that serves."""
    if is_embedded():
        embedded.ensure(environment.data_folder())


def for_django() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` and `portal`, and `owner` only where the environment names it."""
    pool = environment.number("QINGFU_POOL")
    entries = {
        "default": web().django(pool=pool, pool_min=min(1, pool)),
        "portal": portal().django(pool=pool, pool_min=0),
    }
    # Both see one database; tests must not make two of it.
    entries["portal"]["TEST"] = {"MIRROR": "default"}
    if environment.text("DATABASE_OWNER_URL"):
        entries["owner"] = owner().django(pool=0)
        entries["owner"]["OPTIONS"]["options"] = "-c lock_timeout=60000"
    return entries


def _address(setting: str, role: str) -> Address:
    if given := environment.text(setting):
        return addresses.parse(given, setting=setting)
    return addresses.embedded(embedded.socket_folder(environment.data_folder()), role)
