"""The three database roles: made for the embedded server, judged for any server."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from qingfu.base.errors import StrongRole
from qingfu.project import addresses
from qingfu.project.addresses import Address

SQL = Path(__file__).parent / "sql"
FINISHED = "qingfu 1"

OWNS_OR_BYPASSES = """
    SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
          AND c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = current_user
"""


def prepare(server: Address) -> None:
    """Make roles, database and rights on an embedded ``server``, unless they are finished already."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        if _finished(connection, addresses.DATABASE):
            return
        connection.execute(script("roles.sql"))
        make_database(connection, server, addresses.DATABASE)


def make_database(
    connection: psycopg.Connection[tuple[object, ...]],
    server: Address,
    name: str,
    template: str = "template0",
) -> None:
    """Make one database of the owner's with all its rights; mark it finished as the last step."""
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(addresses.OWNER), sql.Identifier(template)
            )
        )
    inside = addresses.embedded(Path(server.host), server.user, name)
    with psycopg.connect(inside.url, autocommit=True) as database:
        database.execute(script("rights.sql"))
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(FINISHED)))


def check_weak(address: Address) -> None:
    """Raise StrongRole if the role at ``address`` owns tables, may act as their owner, or bypasses row security."""
    with psycopg.connect(address.url, connect_timeout=10) as connection:
        row = connection.execute(OWNS_OR_BYPASSES).fetchone()
        if row is None or row[0]:
            raise StrongRole(role=address.user)


def _finished(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row is not None and row[0] == FINISHED


def script(name: str) -> bytes:
    """One of our SQL scripts."""
    return (SQL / name).read_bytes()
