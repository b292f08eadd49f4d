"""A bureau to be killed: sixty schools, open census tasks, lines of the ledger, officers with accounts.

Run as ``python -m tests.recovery.founding`` over a data folder of its own; prints what the office needs to know.
"""

from __future__ import annotations

import json
import sys
from datetime import date

from qingfu.project import prepare

prepare.django()

# Only now: the cast speaks to the register.
from qingfu.base.clock import system_now  # noqa: E402
from qingfu.packfile.read import load  # noqa: E402
from qingfu.records.duties.queries import board  # noqa: E402
from qingfu.records.journal.actions import seal  # noqa: E402
from qingfu.records.people import actions as people  # noqa: E402
from qingfu.records.problems import actions as problems  # noqa: E402
from tests.cast import BEGINS, SEATS, County, county, enact_plan, moment  # noqa: E402
from tests.recovery.office import OFFICERS, PASSWORD  # noqa: E402

SCHOOLS = 60


def found() -> dict[str, object]:
    """Found it; the ids of what the office is going to work on."""
    home = county(enact=False)
    schools = [
        people.add_organ(home.keeper, kind="school", name=f"第{n}小学", level="county", code=f"s{n}", at=BEGINS).id
        for n in range(SCHOOLS)
    ]
    enact_plan(home, load("hechuan-2024"), SEATS, at=BEGINS)
    for name in OFFICERS:
        token = people.invite(home.keeper, person=home.persons[name], at=system_now())
        people.accept_link(token=token, name=name, password=PASSWORD, at=system_now())
    tasks = [
        (row.id, row.organ.id)
        for row in board(home["clerk"], edition=home.edition, duty="census", at=moment("2024-07-16"), size=500).rows
        if row.organ.id in schools
    ]
    lines = [_line(home, f"原有问题{n}", schools[n]) for n in range(SCHOOLS)]
    own = _line(home, "本校问题", home.organs["school"])
    seal(home.bureau)
    return {"edition": home.edition, "tasks": tasks, "lines": lines, "own": own, "schools": schools, "slug": home.slug}


def _line(home: County, title: str, owner: int) -> int:
    return problems.find(
        home["clerk"], plan=home.in_force(), title=title, owner=owner, source="office",
        found_on=date(2024, 7, 20), at=moment("2024-07-20"),
    ).id  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(found()))
