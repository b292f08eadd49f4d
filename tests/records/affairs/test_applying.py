"""Applying: criteria, red lines, lead times, windows; what the live check says before anything is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, LeadTime, NotAllowed, NotFound, NotInForce, Twice
from qingfu.packfile.errors import CriterionUnmet, OutsideWindow
from qingfu.packfile.read import load
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import AffairView, affair, attachment, live_check
from qingfu.records.affairs.queries import affairs as affairs_of
from qingfu.records.forms.actions import keep_file
from qingfu.records.plans import actions as plans
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import run
from tests.cast import County, county, enact_plan, moment
from tests.records.routes.walk import EXPERTS, MONDAY, application, apply, carried_to, decide, opine, seat_panel
from tests.records.stage import undone

HEBI_SEATS = {
    "leading-group": "leading-group", "secretariat": "secretariat", "education-bureau": "commission",
    "human-resources": "office", "police": "police", "finance": "task-force",
}  # fmt: skip


@pytest.fixture
def hebi(stage: County) -> Iterator[County]:
    """The other plan, in a bureau of its own."""
    with undone():
        made = county("hebi", enact=False)
        enact_plan(made, load("hebi-2024"), HEBI_SEATS, at=moment("2024-07-16"))
        yield made


def _levels(found: County, who: str = "fire-clerk", *, route: str = "annual", **changes: Any) -> dict[str, str]:
    remarks = live_check(
        found[who], edition=found.edition, route=route, content=application(found, **changes), at=MONDAY
    )
    return {f"{remark.about}:{remark.key or ''}": remark.level for remark in remarks}


@pytest.mark.proves("A05")
@pytest.mark.parametrize("criterion", ["by-law", "deployed", "all-round"])
def test_each_criterion_of_the_plan_admits(found: County, criterion: str) -> None:
    view = apply(found, criterion=criterion)
    assert view.row.criterion == criterion
    assert view.row.criterion_says == found.in_force().pack.criteria[criterion].says


@pytest.mark.proves("A05")
def test_what_helps_all_round_must_not_be_in_the_courses_already(found: County) -> None:
    with pytest.raises(CriterionUnmet):
        apply(found, criterion="all-round", in_curriculum="yes")


@pytest.mark.proves("A05")
def test_an_emergency_needs_the_leading_groups_approval_as_a_file(found: County) -> None:
    with pytest.raises(CriterionUnmet):
        apply(found, criterion="emergency")
    paper = keep_file(found["fire-clerk"], name="批准文件.pdf", data=PDF, at=MONDAY)
    view = apply(found, criterion="emergency", attachments=[paper.ref])
    assert [file.name for file in view.answer.files] == ["批准文件.pdf"]
    assert attachment(found["reviewer"], affair=view.id, ref=paper.ref).data == PDF
    with pytest.raises(NotFound):
        attachment(found["police-clerk"], affair=view.id, ref=paper.ref)


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.proves("A05")
def test_the_other_plan_has_criteria_of_its_own(hebi: County) -> None:
    found = hebi
    with pytest.raises(Invalid):
        _hebi_apply(found, criterion="all-round", at="2024-10-08")
    view = _hebi_apply(found, criterion="unified-campaign", at="2024-10-08")
    assert view.row.criterion_says.startswith("各级党委和政府统一部署")


def _hebi_apply(found: County, *, at: str, **changes: Any) -> AffairView:
    pack_form = {item.id for item in found.in_force().pack.forms["affair-application"].items}
    whole = application(found, starts="2025-03-01", ends="2025-04-30", **changes)
    answers = {key: value for key, value in whole.items() if key in pack_form}
    return affairs.apply(found["fire-clerk"], edition=found.edition, route="yearly", answers=answers, at=moment(at))


@pytest.mark.proves("A08")
def test_the_yearly_window_is_closed_before_and_after_and_the_place_is_for_next_year(hebi: County) -> None:
    found = hebi
    for day in ("2024-09-30", "2024-12-01"):
        with pytest.raises(OutsideWindow):
            _hebi_apply(found, criterion="emergency", at=day)
    view = _hebi_apply(found, criterion="emergency", at="2024-11-30")
    assert view.row.span == "2025"
    # Returned and corrected after the window has closed: it was handed in inside.
    december = moment("2024-12-05")
    decide(found, "leader", view.row.run, "return", reason="请压缩时间", at=december)
    again = affairs.reapply(found["fire-clerk"], affair=view.id, answers=dict(view.answer.content), at=december)
    assert (again.row.state, again.run.version, again.row.span) == ("at", 2, "2025")
    for who, verb in (("leader", "approve"), ("secretary", "record"), ("secretary", "publish")):
        decide(found, who, view.row.run, verb, at=moment("2025-01-03"))
    listing = affair(found["fire-clerk"], view.id).listing
    assert listing is not None
    assert (listing.span, str(listing.valid_from), str(listing.valid_until)) == ("2025", "2025-01-03", "2025-12-31")


def test_a_correction_is_judged_by_the_day_of_the_first_hand_in(found: County) -> None:
    view = apply(found, route="single", starts="2024-08-05", ends="2024-08-06")
    seat_panel(found, view.row.run)
    for who in EXPERTS[:3]:
        opine(found, who, view.row.run)
    decide(found, "reviewer", view.row.run, "return", reason="请写明年级")
    later, corrected = moment("2024-07-30"), dict(view.answer.content)
    told = affairs.reapply(found["fire-clerk"], affair=view.id, answers=corrected, at=later)
    assert (told.row.state, told.run.version) == ("at", 2)
    decide_again = told.row.run
    for who in EXPERTS[:3]:
        opine(found, who, decide_again, at=later)
    decide(found, "reviewer", decide_again, "return", reason="还差一处", at=later)
    with pytest.raises(CriterionUnmet):
        affairs.reapply(found["fire-clerk"], affair=view.id, answers={**corrected, "criterion": "emergency"}, at=later)


@pytest.mark.proves("A16")
def test_case_by_case_is_asked_for_two_weeks_ahead_and_not_a_day_less(found: County) -> None:
    assert apply(found, route="single", starts="2024-08-05", ends="2024-08-06").row.route == "single"
    with pytest.raises(LeadTime) as refused:
        apply(found, route="single", title="临时宣传", starts="2024-08-04", ends="2024-08-06")
    assert refused.value.clause == "四(三)c"


@pytest.mark.proves("A06")
@pytest.mark.parametrize(
    ("answer", "conduct"),
    [
        ("charges-money", "commercial"),
        ("takes-teachers-away", "banned-assignment"),
        ("in-curriculum", "repeats-teaching"),
        ("uses-apps", "heavy-trace"),
        ("counts-participation", "chases-rates"),
    ],
)
def test_the_live_check_points_to_the_red_line_an_answer_crosses(found: County, answer: str, conduct: str) -> None:
    assert f"conduct:{conduct}" not in _levels(found)
    assert _levels(found, **{answer: "yes"})[f"conduct:{conduct}"] == "warn"


@pytest.mark.proves("A06")
def test_the_live_check_names_an_affair_of_the_same_theme_in_the_year(found: County) -> None:
    apply(found, "police-clerk", title="消防安全第一课", theme="校园消防")
    assert _levels(found)["conduct:same-theme"] == "warn"
    assert "conduct:same-theme" not in _levels(found, title="食品安全进校园", theme="识别过期食品")


def test_a_corrected_form_is_not_compared_with_itself(found: County) -> None:
    view = apply(found)
    remarks = live_check(
        found["fire-clerk"], edition=found.edition, route="annual", content=view.answer.content, at=MONDAY,
        affair=view.id,
    )  # fmt: skip
    assert [remark.key for remark in remarks if remark.about == "conduct"] == []


@pytest.mark.proves("A15")
def test_the_live_check_counts_the_places_left(found: County) -> None:
    levels = _levels(found)
    assert levels["cap:whitelist"] == "fine"
    for number in range(3):
        carried_to(found, "listed", title=f"第{number}号事项", theme=f"主题{number}")
    assert _levels(found)["cap:whitelist"] == "warn"


def test_the_live_check_says_what_is_missing(found: County) -> None:
    remarks = live_check(found["fire-clerk"], edition=found.edition, route="annual", content={}, at=MONDAY)
    assert {remark.level for remark in remarks if remark.about == "answer"} == {"stop"}
    assert len([remark for remark in remarks if remark.about == "answer"]) > 10


def test_wrong_answers_are_named_each(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        apply(found, title="", starts="2024-02-30", teachers="很多")
    assert {fault.field for fault in refused.value.faults} == {"title", "starts", "teachers"}


def test_what_ends_before_it_starts_is_refused(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        apply(found, starts="2024-10-08", ends="2024-10-07")
    assert [fault.field for fault in refused.value.faults] == ["ends"]


@pytest.mark.parametrize("who", ["principal", "expert", "reviewer", "town-clerk"])
def test_only_a_department_applies(found: County, who: str) -> None:
    with pytest.raises(NotAllowed):
        apply(found, who)


def test_nothing_is_half_kept_when_an_application_is_refused(found: County) -> None:
    with pytest.raises(LeadTime):
        apply(found, route="single", starts="2024-07-23", ends="2024-07-24")
    assert affairs_of(found["clerk"]).total == 0


def test_a_plan_that_is_not_in_force_takes_no_application(found: County) -> None:
    plans.end_edition(found.keeper, edition=found.edition, on=MONDAY.date(), at=MONDAY)
    with pytest.raises(NotInForce):
        apply(found)


def test_a_form_sent_twice_makes_one_affair(found: County) -> None:
    form, answers = new_id(), application(found)
    first = affairs.apply(
        found["fire-clerk"], edition=found.edition, route="annual", answers=answers, client_id=form, at=MONDAY
    )
    again = affairs.apply(
        found["fire-clerk"], edition=found.edition, route="annual", answers=answers, client_id=form, at=MONDAY
    )
    assert first.id == again.id
    assert affairs_of(found["clerk"]).total == 1


def test_the_bureau_side_types_in_an_application_from_paper(found: County) -> None:
    clerk = replace(found["clerk"], via="paper")
    view = affairs.apply(
        clerk, edition=found.edition, route="annual", answers=application(found), organ=found.organs["police"],
        at=MONDAY,
    )  # fmt: skip
    assert view.row.department_name == "区公安局"
    assert view.answer.via == "paper"
    assert view.run.turns[0].acts[0].via == "paper"
    with pytest.raises(NotAllowed):
        affairs.apply(
            found["clerk"], edition=found.edition, route="annual", answers=application(found),
            organ=found.organs["police"], at=MONDAY,
        )  # fmt: skip


def test_an_affair_is_known_to_its_department_and_those_who_decide(found: County) -> None:
    view = apply(found)
    for who in ("fire-clerk", "fire-head", "clerk", "reviewer", "leader"):
        assert affair(found[who], view.id).row.title == "消防安全第一课"
    for who in ("police-clerk", "principal", "expert", "town-clerk"):
        with pytest.raises(NotFound):
            affair(found[who], view.id)
        assert affairs_of(found[who]).total == 0


def test_the_case_freezes_every_answer(found: County) -> None:
    view = apply(found)
    told = run(found["reviewer"], view.row.run)
    answers = told.content["answers"]
    assert isinstance(answers, dict)
    assert answers["theme"] == "火场逃生演练"
    assert told.content["answer_digest"] == view.answer.digest


def test_a_conduct_is_flagged_once_by_one_person(found: County) -> None:
    view = carried_to(found, "first")
    for _ in range(2):
        told = affairs.flag(
            found["reviewer"], affair=view.id, conduct="heavy-trace", step="first", note="要求打卡", at=MONDAY
        )
    assert [(flag.says, flag.family, flag.note) for flag in told.flags] == [
        ("滥用应用程序、工作群组，重留痕轻实效", "无效", "要求打卡")
    ]
    with pytest.raises(NotAllowed):
        affairs.flag(found["fire-clerk"], affair=view.id, conduct="heavy-trace", step="first", at=MONDAY)
    with pytest.raises(Invalid):
        affairs.flag(found["reviewer"], affair=view.id, conduct="nothing", step="first", at=MONDAY)


def test_a_client_id_of_something_else_is_not_taken_for_an_affair(found: County) -> None:
    form, view = new_id(), apply(found)
    routes.withdraw(found["fire-clerk"], run=view.row.run, client_id=form, at=MONDAY)
    with pytest.raises(Twice):
        affairs.apply(
            found["fire-clerk"], edition=found.edition, route="annual", answers=application(found), client_id=form,
            at=MONDAY,
        )  # fmt: skip
