"""合川, on the plan's own dates: application, opinions, decisions, filing, publication, what the public then reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import DecidedAlready, LeadTime, NotAllowed, QingfuError, Stale
from qingfu.packfile import gate
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import affair_of_run, live_check
from qingfu.records.disclosures.queries import latest, trail
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists.queries import listings
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import RunView, run, to_decide
from tests.cast import County, moment

pytestmark = pytest.mark.django_db

OPINION: dict[str, Any] = {
    "theme": "fit", "scope": "fit", "organisation": "fit", "time": "fit", "effect": "fit", "appraisal": "fit",
    "necessity": "yes", "fitness": "yes", "worth": "yes", "recommends": "yes",
    "reason": "内容适合四年级，建议与综合实践课结合。",
}  # fmt: skip
PANEL = ("expert", "principal-expert", "npc-expert", "cppcc-expert")


def application(
    home: County, *, title: str = "消防安全进校园", starts: str = "2024-10-14", **more: object
) -> dict[str, Any]:
    """A department's answers to the application form."""
    return {
        "title": title, "criterion": "by-law", "theme": "消防安全",
        "basis": "《中华人民共和国消防法》有关学校消防教育的规定",
        "scope": "小学四年级", "schools": [home.organs["school"]], "pupils": "120", "teachers": "2",
        "minutes-per-teacher": "40", "organisation": "消防站讲解，班主任协助", "mode": "after-school", "starts": starts,
        "ends": starts, "effect": "会用灭火器、会逃生", "appraisal": "课后提问", "charges-money": "no",
        "takes-teachers-away": "no", "in-curriculum": "no", "uses-apps": "no", "counts-participation": "no", **more,
    }  # fmt: skip


def options(home: County, form: str) -> dict[str, list[str]]:
    """The options of a form's choices."""
    return {item.id: list(item.options) for item in home.in_force().pack.forms[form].items if item.options}


def applied(
    home: County, *, day: str = "2024-07-22", who: str = "fire-clerk", route: str = "annual", **more: Any
) -> RunView:
    """A case that has just been handed in."""
    answers = application(home, **more)
    choices = options(home, "affair-application")
    answers["mode"] = choices["mode"][0]
    view = affairs.apply(
        home[who], edition=home.edition, route=route, answers=answers, client_id=new_id(), at=moment(day)
    )
    return run(home["clerk"], view.run.id)


def opinion(home: County) -> dict[str, Any]:
    """An expert's answers: the first option of every choice."""
    choices = options(home, "expert-opinion")
    return {item.id: choices[item.id][0] if item.id in choices else OPINION["reason"]
            for item in home.in_force().pack.forms["expert-opinion"].items}  # fmt: skip


def through_the_panel(home: County, case: RunView, day: str = "2024-07-26") -> RunView:
    """Panel appointed, three opinions in; the case stands at the first review."""
    posts = [home[name].post or 0 for name in PANEL]
    routes.appoint_panel(home["clerk"], run=case.id, posts=posts, at=moment(day))
    for name in PANEL[:3]:
        seen = run(home[name], case.id)
        enactment.opine(
            home[name], run=case.id, content=opinion(home), digest=seen.digest, client_id=new_id(), at=moment(day)
        )
    return run(home["reviewer"], case.id)


def decide(home: County, who: str, case: RunView, verb: str, day: str, **more: Any) -> RunView:
    """One decision on what is shown now."""
    return enactment.decide(
        home[who],
        run=case.id,
        verb=verb,
        digest=run(home[who], case.id).digest,
        client_id=new_id(),
        at=moment(day),
        **more,
    )


def published(home: County, **more: Any) -> RunView:
    """A case all the way to the list."""
    case = through_the_panel(home, applied(home, **more))
    decide(home, "reviewer", case, "pass", "2024-07-30")
    decide(home, "leader", case, "approve", "2024-08-08")
    decide(home, "clerk", case, "record", "2024-08-12", note={"filing_number": "渝委教备〔2024〕31号"})
    return decide(home, "clerk", case, "publish", "2024-08-19")


def public_rolls(home: County) -> list[dict[str, Any]]:
    """The lists as they are shown to the public."""
    shown = latest(home["clerk"], key="whitelist", plan=home.in_force())
    assert shown is not None
    return list(shown.content["rolls"])


@pytest.mark.proves("A07", "A08", "A09", "A10", "A11", "A12", "A13", "A24")
def test_from_application_to_the_published_list(home: County) -> None:
    case = published(home)
    assert case.state == "finished"
    assert [turn.step for turn in case.turns] == ["apply", "experts", "first", "approve", "file", "publish"]
    (roll,) = public_rolls(home)
    assert [(item["title"], item["organ"]) for item in roll["items"]] == [("消防安全进校园", "区消防救援局")]
    filed = [row for row in trail(home["clerk"]) if row.key.startswith("filing:")]
    assert [row.audience for row in filed] == [("superior",)]


@pytest.mark.proves("A14")
def test_at_the_gate_only_the_listed_name_admits(home: County) -> None:
    published(home)
    names = [item["title"] for roll in public_rolls(home) for item in roll["items"]]
    assert gate.ask("消防安全 进校园", names).verdict == "admit"
    assert gate.ask("消防安全知识竞赛", names).verdict == "refuse"


@pytest.mark.proves("A09")
def test_opinions_are_sealed_for_everybody_until_the_panel_closes(home: County) -> None:
    case = applied(home)
    posts = [home[name].post or 0 for name in PANEL]
    routes.appoint_panel(home["clerk"], run=case.id, posts=posts, at=moment("2024-07-24"))
    seen = run(home["expert"], case.id)
    enactment.opine(
        home["expert"],
        run=case.id,
        content=opinion(home),
        digest=seen.digest,
        client_id=new_id(),
        at=moment("2024-07-25"),
    )
    for who in ("clerk", "leader", "reviewer", "principal-expert", "fire-clerk"):
        panel = run(home[who], case.id).turns[-1].panel
        assert panel is not None
        assert panel.opinions == ()
    mine = run(home["expert"], case.id).my_opinion
    assert mine is not None
    assert mine.mine


def test_an_opinion_given_is_never_given_again(home: County) -> None:
    case = applied(home)
    routes.appoint_panel(home["clerk"], run=case.id, posts=[home[n].post or 0 for n in PANEL], at=moment("2024-07-24"))
    seen = run(home["expert"], case.id)

    def give() -> None:
        enactment.opine(
            home["expert"], run=case.id, content=opinion(home), digest=seen.digest, client_id=new_id(),
            at=moment("2024-07-25"),
        )  # fmt: skip

    give()
    with pytest.raises(QingfuError):
        give()


def test_a_decision_on_another_digest_is_refused(home: County) -> None:
    case = through_the_panel(home, applied(home))
    with pytest.raises(Stale):
        enactment.decide(
            home["reviewer"], run=case.id, verb="pass", digest="0" * 64, client_id=new_id(), at=moment("2024-07-30")
        )


def test_the_second_decision_is_told_who_decided(home: County) -> None:
    case = through_the_panel(home, applied(home))
    digest = run(home["second-reviewer"], case.id).digest
    decide(home, "reviewer", case, "pass", "2024-07-30")
    with pytest.raises(DecidedAlready):
        enactment.decide(
            home["second-reviewer"], run=case.id, verb="refuse", digest=digest, reason="重复", client_id=new_id(),
            at=moment("2024-07-30"),
        )  # fmt: skip


@pytest.mark.proves("A06")
def test_a_key_flag_forbids_to_pass(home: County) -> None:
    case = through_the_panel(home, applied(home))
    with pytest.raises(NotAllowed):
        decide(home, "reviewer", case, "pass", "2024-07-30", note={"flags": ["commercial"]})
    decide(home, "reviewer", case, "refuse", "2024-07-30", reason="借机推销器材", note={"flags": ["commercial"]})
    flags = affair_of_run(home["clerk"], case.id).flags
    assert [flag.conduct for flag in flags] == ["commercial"]


@pytest.mark.proves("A16")
def test_case_by_case_needs_two_weeks(home: County) -> None:
    assert applied(home, route="single", day="2024-09-01", starts="2024-09-15").state == "at"
    with pytest.raises(LeadTime):
        applied(home, route="single", day="2024-09-02", starts="2024-09-15", title="防震演练")


@pytest.mark.proves("A05", "A15")
def test_the_live_check_says_what_stands_in_the_way(home: County) -> None:
    remarks = live_check(
        home["fire-clerk"], edition=home.edition, route="single",
        content=application(home, starts="2024-07-25", **{"charges-money": "yes"}), at=moment("2024-07-22"),
    )  # fmt: skip
    assert {("conduct", "commercial"), ("lead-time", None)} <= {
        (r.about, r.key if r.about == "conduct" else None) for r in remarks
    }


@pytest.mark.proves("A15")
def test_a_full_list_takes_no_more(home: County) -> None:
    for title in ("消防安全进校园", "防溺水进校园", "交通安全进校园"):
        published(home, title=title)
    case = through_the_panel(home, applied(home, title="诚信教育进校园"))
    decide(home, "reviewer", case, "pass", "2024-07-30")
    decide(home, "leader", case, "approve", "2024-08-08")
    decide(home, "clerk", case, "record", "2024-08-12", note={"filing_number": "32号"})
    with pytest.raises(QingfuError, match="QF-LIST-FULL"):
        decide(home, "clerk", case, "publish", "2024-08-19")
    assert listings(home["clerk"], edition=home.edition).total == 3


@pytest.mark.proves("A17")
def test_an_activity_plan_comes_a_month_before(home: County) -> None:
    published(home)
    listing = listings(home["clerk"], edition=home.edition).rows[0].id
    mode = options(home, "activity-plan")["mode"][0]
    answers = {
        "title": "四年级逃生演练", "theme": "消防安全", "schools": [home.organs["school"]], "scope": "四年级",
        "starts": "2024-10-14", "ends": "2024-10-14", "organisation": "分班进行", "mode": mode, "teachers": "2",
        "minutes-per-teacher": "40",
    }  # fmt: skip
    with pytest.raises(LeadTime):
        affairs.plan_activity(
            home["fire-clerk"], listing=listing, answers=answers, client_id=new_id(), at=moment("2024-09-15")
        )
    made = affairs.plan_activity(
        home["fire-clerk"], listing=listing, answers=answers, client_id=new_id(), at=moment("2024-09-14")
    )
    decide(home, "reviewer", run(home["reviewer"], made.run.id), "approve", "2024-09-18")
    assert run(home["fire-clerk"], made.run.id).state == "finished"


@pytest.mark.proves("A19", "A20")
def test_a_poor_evaluation_leads_off_the_list_and_the_public_sees_it(home: County) -> None:
    published(home)
    plan = home.in_force()
    key, held = next(iter(plan.pack.evaluations.items()))
    verdict = next(v.id for v in held.verdicts if v.exit)
    judge = next(name for name, actor in home.actors.items() if actor.organ == plan.seats.get(held.by))
    listing = listings(home["clerk"], edition=home.edition).rows[0].id
    enactment.evaluate(
        home[judge], listing_id=listing, evaluation=key, verdict=verdict, reason="师生反映强烈", client_id=new_id(),
        at=moment("2024-12-20"),
    )  # fmt: skip
    assert listings(home["clerk"], edition=home.edition).rows[0].state not in ("listed", "paused")
    (roll,) = public_rolls(home)
    assert roll["items"] == []
    assert len(trail(home["clerk"], key="whitelist")) == 2


def test_a_returned_application_begins_again_after_the_applicant(home: County) -> None:
    case = through_the_panel(home, applied(home))
    decide(home, "reviewer", case, "return", "2024-07-30", reason="学校范围请写具体")
    affair = affair_of_run(home["fire-clerk"], case.id)
    answers = application(home, scope="小学四年级，每班一次")
    answers["mode"] = options(home, "affair-application")["mode"][0]
    affairs.reapply(home["fire-clerk"], affair=affair.id, answers=answers, client_id=new_id(), at=moment("2024-07-31"))
    again = run(home["clerk"], case.id)
    assert (again.state, again.step, again.version) == ("at", "experts", 2)


def test_a_delegate_decides_in_the_giver_s_name_and_not_once_more_in_his_own(home: County) -> None:
    case = through_the_panel(home, applied(home))
    acting = replace(home["second-reviewer"], post=home["reviewer"].post, acting_for=home.persons["reviewer"])
    told = enactment.decide(
        acting,
        run=case.id,
        verb="pass",
        digest=run(acting, case.id).digest,
        client_id=new_id(),
        at=moment("2024-07-30"),
    )
    acts = next(turn for turn in told.turns if turn.step == "first").acts
    assert [act.acting_for_name != "" for act in acts] == [True]


def test_an_inbox_holds_what_is_mine_to_decide_and_nothing_else(home: County) -> None:
    case = through_the_panel(home, applied(home))
    at = moment("2024-07-30")
    assert [row.id for row in to_decide(home["reviewer"], at)] == [case.id]
    assert to_decide(home["leader"], at) == ()
    assert to_decide(home["other-principal"], at) == ()


def test_a_stranger_knows_of_no_case(home: County) -> None:
    case = applied(home)
    stranger = Actor(
        kind="person", bureau=home.bureau, person=home.persons["other-principal"], organ=home.organs["other-school"]
    )
    with pytest.raises(QingfuError, match="QF-NOT-FOUND"):
        run(stranger, case.id)
