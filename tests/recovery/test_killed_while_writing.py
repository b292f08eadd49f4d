"""Two hundred forms at once while the database and the web are killed: none lost, none twice, and the chain holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import psycopg
import pytest

from qingfu.project import addresses, embedded
from tests.pg_plugin import ROOT
from tests.recovery.office import OFFICERS, PASSWORD, Browser, Submission, Tally
from tests.servers import PATIENCE, Qingfu, Served, children_of, eventually

AT_ONCE = 12
LATER = "2099-01-01"
FORMS = 200
# After how many answers somebody strikes; the last strike leaves enough forms that must still get through.
STRIKES = (15, 50, 90, 130, 165)


@dataclass
class Bureau:
    """What was founded in the test's own data folder, and where."""

    data: Path
    facts: dict[str, Any]

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database itself, as its administrator: no row is hidden."""
        where = embedded.superuser(self.data, addresses.DATABASE).url
        with psycopg.connect(where, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()


@pytest.fixture
def bureau(migrated: Path) -> Bureau:
    """Founded before anything is served."""
    embedded.ensure(migrated)
    done = subprocess.run(
        [sys.executable, "-m", "tests.recovery.founding"],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return Bureau(migrated, json.loads(done.stdout))


def forms_of(facts: dict[str, Any]) -> list[Submission]:
    """Sixty censuses typed in from paper, sixty leads, sixty plans of rectification, twenty replies: all mixed."""
    new = f"/plans/{facts['edition']}/problems/new"
    kinds = [
        [_census(number, task, organ) for number, (task, organ) in enumerate(facts["tasks"])],
        [
            Submission(
                "second-clerk", new, {"verb": "find", "title": f"线索{n}", "owner": str(school), "source": "hotline"}
            )
            for n, school in enumerate(facts["schools"])
        ],
        [
            Submission(
                "clerk", f"/problems/{line}",
                {"verb": "plan", "measure": f"措施{n}", "standard": "不再发生", "person": "张三", "deadline": LATER},
            )
            for n, line in enumerate(facts["lines"])
        ],
        [
            Submission("principal", f"/problems/{facts['own']}", {"verb": "reply", "reply": f"说明{n}"})
            for n in range(20)
        ],
    ]  # fmt: skip
    return [kind[n] for n in range(max(map(len, kinds))) for kind in kinds if n < len(kind)]


def _census(number: int, task: int, organ: int) -> Submission:
    says = {
        "verb": "hand-in", "on_behalf": "周校长", "q.problems.row": "0", "q.problems.0.problem": f"摸排问题{number}",
        "q.problems.0.kind": "heavy-trace", "q.problems.0.owner": str(organ),
    }  # fmt: skip
    return Submission(("clerk", "second-clerk")[number % 2], f"/tasks/{task}", says)


def strikes(served: Served, data: Path) -> Iterator[Callable[[], None]]:
    """What is killed with SIGKILL, in turn: the postmaster, the web's workers, the whole web, and all together."""

    def database() -> None:
        pid = embedded.written_pid(embedded.Places(data))
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    def workers() -> None:
        for web in served.parts("web_server"):
            for worker in children_of(web):
                os.kill(worker, signal.SIGKILL)

    def web() -> None:
        for pid in served.parts("web_server"):
            os.kill(pid, signal.SIGKILL)

    def everything() -> None:
        web()
        database()
        for pid in served.parts("jobs"):
            os.kill(pid, signal.SIGKILL)

    yield from (database, workers, web, database, everything)


def at_work(browsers: dict[str, Browser], forms: list[Submission], tally: Tally) -> list[Thread]:
    """The office: some hands that take one form after another."""
    waiting: SimpleQueue[Submission] = SimpleQueue()
    for form in forms:
        waiting.put(form)

    def hand() -> None:
        while True:
            try:
                form = waiting.get_nowait()
            except Empty:
                return
            tally.done(form, browsers[form.who].acknowledged(form, tally))

    hands = [Thread(target=hand) for _ in range(AT_ONCE)]
    for one in hands:
        one.start()
    return hands


def signed_in(served: Served) -> dict[str, Browser]:
    """The officers' browsers."""
    browsers = {name: Browser(served.port) for name in OFFICERS}
    for name, browser in browsers.items():
        browser.sign_in(name, PASSWORD)
    return browsers


def test_of_200_forms_none_is_lost_and_none_counts_twice_while_web_and_database_are_killed(
    bureau: Bureau, served: Served, qingfu: Qingfu, tmp_path: Path
) -> None:
    browsers, forms, tally = signed_in(served), forms_of(bureau.facts), Tally()
    assert len(forms) == FORMS
    hands = at_work(browsers, forms, tally)
    for count, strike in zip(STRIKES, strikes(served, bureau.data), strict=True):
        assert tally.reached(count, PATIENCE * 2), "the office stands still"
        # Two strikes on a part that is only just coming back would be one.
        eventually(lambda: served.status() == 200 and served.parts("web_server"))
        strike()
    for one in hands:
        one.join()
    assert set(tally.statuses.values()) == {302}
    assert tally.repeats > len(STRIKES), "nobody was struck in the middle of anything"
    # The last strike may have come after the last form.
    eventually(lambda: served.status() == 200 and served.parts("web_server"))
    # Whoever lost the answer, not the form, asks once more: it still counts once.
    assert [browsers[form.who].sent(form) for form in forms[::20]] == [302] * 10
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=60)
    counted_once(bureau, forms)
    the_chain_holds(bureau, qingfu, tmp_path)


def counted_once(bureau: Bureau, forms: list[Submission]) -> None:
    """Every acknowledged form stands in the journal once, and what it said stands in the register once."""
    ids = [form.client_id for form in forms]
    rows = bureau.ask("SELECT client_id, count(*) FROM journal_entry WHERE client_id = ANY(%s) GROUP BY client_id", ids)
    assert sorted(count for _, count in rows) == [1] * FORMS
    tasks = [task for task, _ in bureau.facts["tasks"]]
    handed_in = bureau.ask("SELECT task_id, count(*) FROM duties_hand_in WHERE task_id = ANY(%s) GROUP BY 1", tasks)
    assert sorted(handed_in) == [(task, 1) for task in sorted(tasks)]
    titles = bureau.ask("SELECT title, count(*) FROM problems_problem GROUP BY title")
    told = [title for title, _ in titles]
    assert {count for _, count in titles} == {1}
    for kind, many in (("线索", 60), ("摸排问题", 60), ("原有问题", 60)):
        assert sum(title.startswith(kind) for title in told) == many
    numbers = [number for (number,) in bureau.ask("SELECT number FROM problems_problem ORDER BY number")]
    by_year: dict[str, list[int]] = {}
    for year, _, n in (number.partition("-") for number in numbers):
        by_year.setdefault(year, []).append(int(n))
    assert all(found == list(range(1, len(found) + 1)) for found in by_year.values())
    measures = bureau.ask("SELECT measure FROM problems_problem WHERE id = ANY(%s)", bureau.facts["lines"])
    assert sorted(measures) == sorted((f"措施{n}",) for n in range(60))
    replies = bureau.ask("SELECT text FROM problems_reply")
    assert sorted(replies) == sorted((f"说明{n}",) for n in range(20))
    # A form that was cut off half-way left no answer behind that nobody handed in.
    assert bureau.ask(
        "SELECT count(*) FROM forms_answer a WHERE NOT EXISTS (SELECT FROM duties_hand_in h WHERE h.answer_id = a.id)"
    ) == [(0,)]


def the_chain_holds(bureau: Bureau, qingfu: Qingfu, folder: Path) -> None:
    """Exported, it verifies offline against its printed head; and no longer once anybody has been at it."""
    file = folder / "journal.jsonl"
    printed = qingfu("desk", "journal", "--bureau", str(bureau.facts["slug"]), "--to", str(file))
    assert printed.returncode == 0, printed.stderr
    head = printed.stdout.strip()
    well = qingfu("journal", "verify", str(file), "--head", head, "--json")
    assert (well.returncode, json.loads(well.stdout)["rows"]) == (0, int(head.partition(":")[0]))
    rows = file.read_text(encoding="utf-8").splitlines()
    assert len(rows) == bureau.ask("SELECT count(*) FROM journal_entry")[0][0]
    for name, (forged, code) in forgeries(rows).items():
        file.write_text("\n".join(forged) + "\n", encoding="utf-8")
        found = qingfu("journal", "verify", str(file), "--head", head)
        assert (name, found.returncode) == (name, 1)
        assert code in found.stdout + found.stderr, name


def forgeries(rows: list[str]) -> dict[str, tuple[list[str], str]]:
    """What somebody might do to the file, and what the verifier calls it."""
    middle = len(rows) // 2
    changed = json.loads(rows[middle])
    changed["entry"]["verb"] = "problems.strike_off"
    return {
        "changed": ([*rows[:middle], json.dumps(changed), *rows[middle + 1 :]], "QF-CHAIN-CHANGED"),
        "dropped": ([*rows[:middle], *rows[middle + 1 :]], "QF-CHAIN-DROPPED"),
        "added": ([*rows[:middle], rows[middle], *rows[middle:]], "QF-CHAIN-ADDED"),
        "moved": ([*rows[:middle], rows[middle + 1], rows[middle], *rows[middle + 2 :]], "QF-CHAIN-MOVED"),
        "cut": (rows[:-1], "QF-CHAIN-TAIL"),
    }
