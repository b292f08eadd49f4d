"""Every verb of a route, in every state, as every role: through the register itself, not only the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import transaction

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound, QingfuError, WrongState
from qingfu.records.forms.actions import keep_answer
from qingfu.records.journal.actions import deed
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import RunView, run
from qingfu.records.routes.states import DECISIONS, RUN
from tests.cast import County, everybody, moment
from tests.records.routes.walk import EXPERTS, MONDAY, OPINION, apply, carried_to, decide, opine, posts_of, seat_panel

# Late enough for a panel to be closed short of its number.
LATE = moment("2024-07-30")

APPLICANTS = {"fire-clerk", "fire-head"}
BUREAU_SIDE = {"reviewer", "second-reviewer", "clerk", "second-clerk", "leader", "deputy", "convener", "secretary"}
DECIDERS = {
    "first": {"reviewer", "second-reviewer"},
    "approve": {"leader", "deputy"},
    "file": {"clerk", "second-clerk"},
    "publish": {"clerk", "second-clerk"},
}
VERBS_OF_STEP = {
    "first": {"pass", "return", "refuse"},
    "approve": {"approve", "return", "refuse"},
    "file": {"record"},
    "publish": {"publish"},
}
POSITIONS = ("experts", "first", "approve", "file", "publish", "returned", "refused", "withdrawn", "finished")


def _at_position(found: County, position: str) -> int:
    if position == "experts":
        case = apply(found).row.run
        seat_panel(found, case)
        opine(found, "expert", case)
        return case
    if position in DECIDERS:
        return carried_to(found, position).row.run
    if position == "finished":
        return carried_to(found, "listed").row.run
    case = carried_to(found, "first").row.run
    if position == "withdrawn":
        routes.withdraw(found["fire-clerk"], run=case, at=MONDAY)
    else:
        verb = {"returned": "return", "refused": "refuse"}[position]
        decide(found, "reviewer", case, verb, reason="见附件")
    return case


def _may(position: str, who: str, verb: str) -> bool:
    """What the plan and the house allow, written down apart from the code that decides it."""
    if verb == "withdraw":
        return who in APPLICANTS and position in ("experts", "returned", *DECIDERS)
    if verb == "resubmit":
        return who in APPLICANTS and position == "returned"
    if verb in ("appoint_panel", "excuse", "close_panel"):
        return who in BUREAU_SIDE and position == "experts"
    if verb in ("opine", "step_aside"):
        return who in EXPERTS and who != "expert" and position == "experts"
    if verb == "add_addendum":
        return who == "expert" and position in ("experts", "returned", *DECIDERS)
    return who in DECIDERS.get(position, ()) and verb in VERBS_OF_STEP.get(position, ())


def _verbs(found: County, actor: Actor, case: int, shown: RunView) -> Iterator[tuple[str, Callable[[], RunView]]]:
    at: datetime = LATE
    opinion = next(o.id for t in run(found["expert"], case).turns if t.panel for o in t.panel.opinions if o.mine)

    def give() -> RunView:
        answer = keep_answer(actor, plan=found.in_force(), form="expert-opinion", content=OPINION, at=at)
        return routes.opine(actor, run=case, answer_id=answer.id, digest=shown.digest, at=at)

    yield "appoint_panel", lambda: routes.appoint_panel(actor, run=case, posts=posts_of(found, *EXPERTS), at=at)
    yield "step_aside", lambda: routes.step_aside(actor, run=case, reason="回避", at=at)
    yield "excuse", lambda: routes.excuse(
        actor, run=case, person=found.persons["cppcc-expert"], reason="出差", at=at
    )  # fmt: skip
    yield "opine", give
    yield "add_addendum", lambda: routes.add_addendum(actor, opinion=opinion, text="补充", at=at)
    yield "close_panel", lambda: routes.close_panel(actor, run=case, reason="已过时限", at=at)
    yield "withdraw", lambda: routes.withdraw(actor, run=case, at=at)
    yield "resubmit", lambda: routes.resubmit(actor, run=case, title="消防第一课", content={"a": 1}, at=at)
    for verb in sorted(DECISIONS):

        def decided(verb: str = verb) -> RunView:
            return routes.decide(actor, run=case, verb=verb, digest=shown.digest, reason="理由", at=at)

        yield verb, decided


def _tried(found: County, verb: Callable[[], RunView]) -> RunView | QingfuError:
    """The verb's answer or its refusal; either way the case stands as before."""
    outcome: RunView | QingfuError

    class _UndoneError(Exception):
        pass

    with deed(found.keeper):
        try:
            with transaction.atomic():
                outcome = verb()
                raise _UndoneError
        except _UndoneError:
            return outcome
        except QingfuError as refused:
            return refused


@pytest.mark.parametrize("position", POSITIONS)
def test_every_verb_is_done_by_whom_it_belongs_to_and_refused_to_everybody_else(found: County, position: str) -> None:
    case = _at_position(found, position)
    shown = run(found["clerk"], case, at=LATE)
    others = [("clock", Actor.clock(found.bureau)), ("public", Actor.public(found.bureau))]
    others += [("link", Actor.link(found.bureau, organ=found.organs["fire"]))]
    wrong, done = [], set()
    for name, actor in [*everybody(found), *others]:
        for verb, attempt in _verbs(found, actor, case, shown):
            told = _tried(found, attempt)
            if isinstance(told, RunView):
                done.add(verb)
            as_expected = (
                isinstance(told, RunView)
                if _may(position, name, verb)
                else isinstance(told, NotAllowed | WrongState | NotFound)
            )
            if not as_expected:
                wrong.append((name, verb, told if isinstance(told, QingfuError) else told.state))
    assert wrong == []
    state = shown.state
    # What was done is what the table knows for this state, and nothing the table does not know.
    assert done <= {row.verb for row in RUN.rows if row.source == state}
    assert bool(done) == (state not in RUN.final)
    assert run(found["clerk"], case, at=LATE) == shown


def test_the_verbs_a_page_offers_are_the_verbs_the_register_takes(found: County) -> None:
    for position in POSITIONS:
        case = _at_position(found, position)
        for name, actor in everybody(found):
            try:
                view = run(actor, case, at=LATE)
            except NotFound:
                continue
            offered = {verb.verb for verb in view.verbs}
            allowed = {row.verb for row in RUN.rows if _may(position, name, row.verb)}
            # Each corrects an opinion of his own: past the panel, three have given one.
            if name in EXPERTS[:3] and _may(position, "expert", "add_addendum") and position != "experts":
                allowed |= {"add_addendum"}
            assert offered == allowed, (position, name)
