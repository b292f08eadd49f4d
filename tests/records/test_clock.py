"""The clock's own tasks: they run as the weak role, in every bureau, and one failure keeps nobody waiting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django import app

from qingfu.base.actor import Actor
from qingfu.jobs import tasks
from qingfu.records.journal.actions import deed, record
from qingfu.records.journal.queries import head
from qingfu.records.people.actions import found_bureau

AT = datetime(2024, 8, 10, 1, tzinfo=UTC)


def _bureau(slug: str) -> int:
    founded = found_bureau(
        slug=slug, name=slug, short_name=slug, level="county", division=None, officer="王老师", title="管理员", at=AT
    )
    return founded.bureau.id


def test_the_seal_chains_what_was_committed_in_every_bureau(real_db: str) -> None:
    bureaus = [_bureau("east"), _bureau("west")]
    for bureau in bureaus:
        with deed(Actor.clock(bureau)):
            record(Actor.clock(bureau), verb="tests.note", subject="test", subject_id=1, at=AT)
    tasks.seal(0)
    for bureau in bureaus:
        found = head(Actor.clock(bureau))
        assert found.n > 0
        assert found.waiting == 0
    before = head(Actor.clock(bureaus[0]))
    tasks.seal(0)
    tasks.nightly(0)
    assert head(Actor.clock(bureaus[0])) == before


def test_a_tick_twice_is_a_tick_once(real_db: str) -> None:
    bureau = _bureau("east")
    tasks.tick(0)
    tasks.seal(0)
    before = head(Actor.clock(bureau))
    tasks.tick(0)
    tasks.seal(0)
    assert head(Actor.clock(bureau)) == before


def test_a_bureau_that_fails_does_not_keep_the_others_waiting(real_db: str, capsys: pytest.CaptureFixture[str]) -> None:
    bureaus, done = [_bureau("east"), _bureau("west")], []

    @tasks.tended
    def task(timestamp: int) -> None:
        def do(bureau: int) -> None:
            if bureau == bureaus[0]:
                raise ValueError("张三")
            done.append(bureau)

        tasks.for_every_bureau(do)

    with pytest.raises(ExceptionGroup):
        task(0)
    assert done == [bureaus[1]]
    told = capsys.readouterr().err
    assert "task.fault" in told
    assert "ValueError" in told
    assert "张三" not in told


def test_the_worker_knows_its_periodic_tasks() -> None:
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic == {
        "tick": "* * * * *", "judge": "*/5 * * * *", "seal": "* * * * * */5", "nightly": "17 3 * * *"
    }  # fmt: skip


def test_a_worker_works_off_what_waits_as_the_weak_role(real_db: str) -> None:
    from qingfu.jobs import clock

    bureau = _bureau("east")
    with deed(Actor.clock(bureau)):
        record(Actor.clock(bureau), verb="tests.note", subject="test", subject_id=1, at=AT)
    app.configure_task("seal").defer(timestamp=0)
    # In a thread of its own, like the process it is: a browser test may have left a running loop in this one.
    with ThreadPoolExecutor(1) as worker:
        worker.submit(clock.work_off).result(timeout=60)
    assert head(Actor.clock(bureau)).waiting == 0
