"""What the clock asks for: opening the day's duties, sealing the journal, clearing what has run out.

Each task may be late, run twice or be cut off: what it calls looks at the state and not at the call.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps

from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from procrastinate.contrib.django import app

from qingfu.base.actor import Actor
from qingfu.base.clock import system_now
from qingfu.base.eventlog import event
from qingfu.records.almanac.queries import plan_time
from qingfu.records.enactment.actions import open_the_day
from qingfu.records.journal.actions import seal as seal_journal
from qingfu.records.monitoring.actions import judge_what_changed
from qingfu.records.people.queries import bureaus

Task = Callable[[int], None]


def for_every_bureau(do: Callable[[int], object]) -> None:
    """Do something in every bureau; one that fails does not keep the others waiting."""
    faults = []
    for bureau in bureaus():
        try:
            do(bureau.id)
        except Exception as fault:  # noqa: BLE001 - raised again below, together
            faults.append(fault)
    if faults:
        raise ExceptionGroup("bureaus that failed", faults)


def tended(task: Task) -> Task:
    """Give the thread's connections back when the task ends; tell the operator of a fault, without its message."""

    @wraps(task)
    def run(timestamp: int) -> None:
        try:
            task(timestamp)
        except BaseException as fault:
            event("task.fault", at=system_now(), task=task.__name__, kind=_kind(fault))
            raise
        finally:
            connections.close_all()

    return run


def _kind(fault: BaseException) -> str:
    first = fault.exceptions[0] if isinstance(fault, BaseExceptionGroup) else fault
    return type(first).__qualname__[:32]


@app.periodic(cron="* * * * *")
@app.task(name="tick", queueing_lock="tick", lock="tick")
@tended
def tick(timestamp: int) -> None:
    """Once a minute: whatever the plans in force want on this day, in every bureau."""
    now = plan_time(system_now())
    for_every_bureau(lambda bureau: open_the_day(bureau=bureau, at=now))


@app.periodic(cron="*/5 * * * *")
@app.task(name="judge", queueing_lock="judge", lock="judge")
@tended
def judge(timestamp: int) -> None:
    """Every five minutes: judge what schools reported, in every bureau where something was reported or ordered."""
    now = plan_time(system_now())
    for_every_bureau(lambda bureau: judge_what_changed(Actor.clock(bureau), at=now))


# The sixth field counts seconds.
@app.periodic(cron="* * * * * */5")
@app.task(name="seal", queueing_lock="seal", lock="seal")
@tended
def seal(timestamp: int) -> None:
    """Every five seconds: chain the journal's committed rows."""
    for_every_bureau(seal_journal)


@app.periodic(cron="17 3 * * *")
@app.task(name="nightly", queueing_lock="nightly", lock="seal")
@tended
def nightly(timestamp: int) -> None:
    """Once a night: chain rows that committed very late, forget sessions that have run out."""
    for_every_bureau(partial(seal_journal, whole=True))
    SessionStore.clear_expired()
