"""A decision: by whom, on what, how many, and what the second of two is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import (
    AlreadyThere,
    DecidedAlready,
    Invalid,
    NotAllowed,
    NotFound,
    Stale,
    Twice,
    WrongState,
)
from qingfu.packfile.errors import ConductConfirmed
from qingfu.packfile.read import load
from qingfu.packfile.words.moves import Need
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.word import Quantity
from qingfu.records.affairs.queries import affair
from qingfu.records.enactment import actions as enactment
from qingfu.records.journal.actions import deed
from qingfu.records.journal.queries import story
from qingfu.records.people import actions as people
from qingfu.records.people.models import Account, Person
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import run, to_decide
from tests.cast import SEATS, County, county, delegate_of, enact_plan, moment
from tests.records.routes.walk import MONDAY, apply, carried_to, decide
from tests.records.stage import undone


def with_two_approvals() -> Pack:
    """The county's pack, where two members of the leading group must agree."""
    pack = load("hechuan-2024")
    annual = pack.routes["annual"]
    two = Need(agree=Quantity(value=2, unit="person"))
    steps = tuple(step.model_copy(update={"need": two}) if step.id == "approve" else step for step in annual.steps)
    routes_too = {**pack.routes, "annual": annual.model_copy(update={"steps": steps})}
    return pack.model_copy(update={"routes": routes_too})


@pytest.fixture(scope="module")
def two_stage(stage: County) -> Iterator[County]:
    with undone():
        made = county("two", enact=False)
        enact_plan(made, with_two_approvals(), SEATS, at=moment("2024-07-16", 9))
        yield made


@pytest.fixture
def two_agree(two_stage: County) -> Iterator[County]:
    with undone():
        yield two_stage


def test_the_second_of_two_deciders_is_told_who_was_first_and_when(found: County) -> None:
    view = carried_to(found, "first")
    seen = run(found["second-reviewer"], view.row.run).digest
    decide(found, "reviewer", view.row.run, "pass")
    with pytest.raises(DecidedAlready) as refused:
        enactment.decide(
            found["second-reviewer"], run=view.row.run, verb="refuse", digest=seen, reason="不妥", at=MONDAY
        )
    told = run(found["reviewer"], view.row.run)
    by = next(act.person_name for act in told.turns[2].acts)
    assert refused.value.facts["by"] == by
    assert refused.value.facts["day"] == date(2024, 7, 22)
    assert told.step == "approve"


def test_a_decision_on_another_content_is_stale(found: County) -> None:
    view = carried_to(found, "first")
    with pytest.raises(Stale):
        enactment.decide(found["reviewer"], run=view.row.run, verb="pass", digest="0" * 64, at=MONDAY)


def test_a_decision_on_the_version_before_a_correction_is_stale(found: County) -> None:
    view = carried_to(found, "first")
    seen = run(found["reviewer"], view.row.run).digest
    decide(found, "reviewer", view.row.run, "return", reason="请写明年级")
    routes.resubmit(found["fire-clerk"], run=view.row.run, title="消防第一课", content={"title": "新"}, at=MONDAY)
    assert run(found["reviewer"], view.row.run).digest != seen
    with pytest.raises((Stale, DecidedAlready, NotAllowed)):
        enactment.decide(found["reviewer"], run=view.row.run, verb="pass", digest=seen, at=MONDAY)


def test_the_wrong_party_may_not_decide(found: County) -> None:
    view = carried_to(found, "approve")
    for who in ("reviewer", "clerk", "convener", "expert", "fire-clerk"):
        with pytest.raises(NotAllowed):
            decide(found, who, view.row.run, "approve")
    with pytest.raises(NotFound):
        decide(found, "police-clerk", view.row.run, "approve")


def test_the_applicants_own_organ_never_decides_its_own_case(found: County) -> None:
    """A department that also sits in the commission's seat does not pass its own first review."""
    made = county("own", enact=False)
    enact_plan(made, load("hechuan-2024"), {**SEATS, "education-commission": "fire"}, at=moment("2024-07-16", 9))
    view = carried_to(made, "first", who="fire-clerk")
    told = run(made["fire-head"], view.row.run)
    assert told.roles == frozenset({"applicant"})
    assert {verb.verb for verb in told.verbs} == {"withdraw"}
    with pytest.raises(NotAllowed):
        decide(made, "fire-head", view.row.run, "pass")
    assert to_decide(made["fire-head"], MONDAY) == ()
    # Another department's case is its to review.
    other = carried_to(made, "first", who="police-clerk", title="反诈进校园", theme="防范电信诈骗")
    assert decide(made, "fire-head", other.row.run, "pass").step == "approve"


def test_who_also_holds_a_post_in_the_applicants_organ_may_not_decide(found: County) -> None:
    view = carried_to(found, "approve")
    post = people.add_post(found.keeper, organ=found.organs["fire"], title="党组书记", at=MONDAY)
    people.hold_post(found.keeper, post=post, person=found.persons["leader"], from_on=date(2024, 1, 1), at=MONDAY)
    with pytest.raises(NotAllowed):
        decide(found, "leader", view.row.run, "approve")
    assert decide(found, "deputy", view.row.run, "approve").step == "file"


def test_two_must_agree_and_one_person_counts_once(two_agree: County) -> None:
    found = two_agree
    view = carried_to(found, "approve")
    told = decide(found, "leader", view.row.run, "approve")
    assert (told.step, told.state) == ("approve", "at")
    with pytest.raises(AlreadyThere):
        decide(found, "leader", view.row.run, "approve")
    assert decide(found, "deputy", view.row.run, "approve").step == "file"


def test_a_delegate_counts_as_the_giver_and_never_beside_him(two_agree: County) -> None:
    found = two_agree
    view = carried_to(found, "approve")
    stand_in = delegate_of(found, "leader", "convener", days=5, at=MONDAY)
    told = decide(found, stand_in, view.row.run, "approve")
    assert told.step == "approve"
    act = told.turns[-1].acts[-1]
    assert (act.person, act.acting_for_name != "") == (found.persons["convener"], True)
    with pytest.raises(AlreadyThere):
        decide(found, "leader", view.row.run, "approve")
    assert decide(found, "deputy", view.row.run, "approve").step == "file"


def test_one_person_in_two_posts_does_not_agree_with_himself(two_agree: County) -> None:
    found = two_agree
    view = carried_to(found, "approve")
    decide(found, "deputy", view.row.run, "approve")
    stand_in = delegate_of(found, "leader", "deputy", days=5, at=MONDAY)
    with pytest.raises(AlreadyThere):
        decide(found, stand_in, view.row.run, "approve")
    assert run(found["leader"], view.row.run).step == "approve"


def test_one_return_is_enough_where_two_must_agree(two_agree: County) -> None:
    view = carried_to(two_agree, "approve")
    assert decide(two_agree, "leader", view.row.run, "return", reason="请压减").state == "returned"


@pytest.mark.proves("A06")
def test_a_confirmed_red_line_of_weight_forbids_passing(found: County) -> None:
    view = carried_to(found, "first")
    with pytest.raises(ConductConfirmed):
        decide(found, "reviewer", view.row.run, "pass", note={"flags": ["commercial"]})
    told = decide(found, "reviewer", view.row.run, "refuse", reason="带商业广告", note={"flags": ["commercial"]})
    assert told.state == "refused"
    assert [flag.conduct for flag in affair(found["clerk"], view.id).flags] == ["commercial"]


def test_a_plain_red_line_is_kept_and_does_not_forbid(found: County) -> None:
    view = carried_to(found, "first")
    decide(found, "reviewer", view.row.run, "pass", note={"flags": ["heavy-trace"]})
    flags = affair(found["fire-clerk"], view.id).flags
    assert [(flag.conduct, flag.family) for flag in flags] == [("heavy-trace", "无效")]


def test_a_red_line_the_step_does_not_ask_about_is_refused(found: County) -> None:
    view = carried_to(found, "first")
    with pytest.raises(Invalid):
        decide(found, "reviewer", view.row.run, "pass", note={"flags": ["safety-shifted"]})


def test_a_form_sent_twice_is_decided_once(found: County) -> None:
    view = carried_to(found, "first")
    shown, form = run(found["reviewer"], view.row.run), new_id()
    first = enactment.decide(
        found["reviewer"], run=shown.id, verb="pass", digest=shown.digest, client_id=form, at=MONDAY
    )
    again = routes.decide(found["reviewer"], run=shown.id, verb="pass", digest=shown.digest, client_id=form, at=MONDAY)
    assert (first.step, again.step) == ("approve", "approve")
    assert [told.verb for told in story(found.keeper, subject="run", subject_id=shown.id)].count("routes.pass") == 1


def test_a_client_id_used_for_another_case_is_refused(found: County) -> None:
    one, other = carried_to(found, "first"), apply(found, title="反诈进校园", theme="防范电信诈骗")
    form = new_id()
    shown = run(found["reviewer"], one.row.run)
    routes.decide(found["reviewer"], run=shown.id, verb="pass", digest=shown.digest, client_id=form, at=MONDAY)
    with pytest.raises(Twice):
        routes.decide(found["reviewer"], run=other.row.run, verb="pass", digest=shown.digest, client_id=form, at=MONDAY)


def test_every_act_carries_the_digest_of_what_was_shown(found: County) -> None:
    view = carried_to(found, "first")
    shown = run(found["reviewer"], view.row.run)
    told = decide(found, "reviewer", view.row.run, "pass")
    assert told.turns[2].acts[0].digest == shown.digest
    last = story(found.keeper, subject="run", subject_id=view.row.run)[-1]
    assert (last.verb, last.digest) == ("routes.pass", shown.digest)


def _on_paper(actor: Actor) -> Actor:
    return replace(actor, via="paper")


def test_the_office_types_in_what_an_organ_without_accounts_decided_on_paper(found: County) -> None:
    view = carried_to(found, "approve")
    clerk = _on_paper(found["clerk"])
    with pytest.raises(Invalid) as refused:
        decide(found, clerk, view.row.run, "approve")
    assert [fault.field for fault in refused.value.faults] == ["signed_by"]
    told = decide(found, clerk, view.row.run, "approve", note={"signed_by": "赵组长"})
    act = told.turns[3].acts[0]
    assert told.step == "file"
    assert (act.via, act.person, act.person_name) == ("paper", None, "赵组长")
    assert act.typed_by != ""


def test_a_department_cannot_type_in_a_paper_decision(found: County) -> None:
    view = carried_to(found, "approve")
    for who in ("fire-clerk", "expert"):
        with pytest.raises(NotAllowed):
            decide(found, _on_paper(found[who]), view.row.run, "approve", note={"signed_by": "赵组长"})


def test_an_organ_whose_people_sign_in_is_not_decided_for_on_paper(found: County) -> None:
    view = carried_to(found, "approve")
    with deed(found.keeper):
        account = Account.objects.create(name="leader@test")
        Person.objects.filter(id=found.persons["leader"]).update(account=account)
    with pytest.raises(NotAllowed):
        decide(found, _on_paper(found["clerk"]), view.row.run, "approve", note={"signed_by": "赵组长"})


def test_a_verb_that_the_step_does_not_know_is_a_wrong_state(found: County) -> None:
    view = carried_to(found, "approve")
    with pytest.raises(WrongState):
        decide(found, "leader", view.row.run, "publish")
    with pytest.raises(WrongState):
        decide(found, "leader", view.row.run, "withdraw")
