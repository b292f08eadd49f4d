"""One filing of a school and table at a time; one judgement of a plan and term at a time."""

from __future__ import annotations

from django.db import connections

from qingfu.base.actor import Actor


def wait_for(actor: Actor, *what: object) -> None:
    """Wait until nobody else in the bureau holds this; held until the transaction ends."""
    name = ":".join(map(str, ("monitoring", actor.bureau, *what)))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
