"""PostgreSQL as the engine: files are laid into tables of one transaction, judged there, and nothing of them stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from qingfu.base.errors import EngineFailed, SettingMissing
from qingfu.rules import postgres
from qingfu.rules.duck import Judgement
from qingfu.rules.elsewhere import brought_home
from qingfu.rules.files import Opened
from qingfu.rules.nodes import Limit
from qingfu.rules.sql import name
from qingfu.rules.standing import Judging

if TYPE_CHECKING:
    from psycopg import Connection

BLOCK = 1 << 20
AT_ONCE = 10_000


def judging(url: str) -> Judging:
    """Judge in the database of that address; raises SettingMissing where there is none."""
    if not url:
        raise SettingMissing(setting="--database, DATABASE_URL")
    return partial(_judge, url)


def _judge(url: str, opened: Opened, limits: Sequence[Limit]) -> Judgement:
    import psycopg

    try:
        connection = psycopg.connect(url, application_name="qingfu limits", client_encoding="utf8")
        try:
            _lay(connection, opened)
            answers = postgres.answers(partial(_ask, connection), limits)
            return brought_home(opened.connection, limits, answers)
        finally:
            connection.rollback()
            connection.close()
    except psycopg.Error as error:
        raise EngineFailed(engine="PostgreSQL", reason=next(iter(str(error).splitlines()), "")) from None


def _lay(connection: Connection, opened: Opened) -> None:
    with TemporaryDirectory(prefix="qingfu-") as scratch, connection.cursor() as cursor:
        for table in opened.rows:
            # Encoded: the type checker takes text only where it stands in the source, and this text is put together.
            cursor.execute(postgres.temporary(opened.connection, table).encode())
            file = Path(scratch) / f"{table}.csv"
            taking = postgres.written(opened.connection, table, file)
            with cursor.copy(taking.encode()) as copy, file.open("rb") as written:
                while block := written.read(BLOCK):
                    copy.write(block)
            file.unlink()
            cursor.execute(f"ANALYZE {name(table)}".encode())


def _ask(connection: Connection, query: str) -> Iterator[Sequence[Any]]:
    with connection.cursor(name="judged") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(query.encode())
        yield from cursor
