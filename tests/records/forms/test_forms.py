"""Answers, drafts and files: kept once, read by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from qingfu.base.actor import Actor
from qingfu.base.errors import Full, Invalid, KindNotTaken, NotAllowed, NotFound
from qingfu.records.forms import actions
from qingfu.records.forms.models import FileContent
from qingfu.records.forms.queries import AnswerView, answer, draft, file, rendered
from qingfu.records.journal.actions import deed
from qingfu.records.journal.queries import story
from tests.cast import County, moment

AT = moment("2024-07-22")
INSIDE = {"clerk", "second-clerk", "reviewer", "second-reviewer", "leader", "deputy", "convener", "secretary"}
FORM = "problem-list"


def picture(shade: int = 5) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(out, "PNG")
    return out.getvalue()


def kept_file(county: County, who: str = "principal", shade: int = 5) -> str:
    return actions.keep_file(county[who], name="现场.png", data=picture(shade), at=AT).ref


def content(county: County, **more: Any) -> dict[str, Any]:
    row = {"problem": "发放广告", "kind": "commercial", "owner": county.organs["fire"], "happened": "2024-03-01"}
    return {"problems": [row], "note": "", **more}


def given(county: County, who: str = "principal", **more: Any) -> AnswerView:
    return actions.keep_answer(
        county[who], plan=county.in_force(), form=FORM, content=content(county), **{"at": AT, **more}
    )


@contextmanager
def fault_at(*fields: str) -> Iterator[None]:
    with pytest.raises(Invalid) as refused:
        yield
    assert [fault.field for fault in refused.value.faults] == list(fields)


def test_an_answer_is_kept_as_it_was_given_and_journalled_by_its_digest(found: County) -> None:
    view = given(found)
    assert view.content["problems"][0]["owner"] == found.organs["fire"]
    assert "note" not in view.content
    assert (view.organ_name, view.via, view.sealed) == ("清溪镇中心小学", "self", False)
    told = story(found["clerk"], subject="answer", subject_id=view.id)
    assert [(t.verb, t.digest) for t in told] == [("forms.keep_answer", view.digest)]


def test_the_digest_stands_on_every_file(found: County) -> None:
    with_one = given(found, files=(kept_file(found, shade=1),))
    with_other = given(found, files=(kept_file(found, shade=2),))
    assert len({given(found).digest, with_one.digest, with_other.digest}) == 3
    assert [f.name for f in with_one.files] == ["现场.png"]


def test_what_somebody_typed_in_from_paper_is_marked_so(found: County) -> None:
    view = given(found, who="clerk", organ=found.organs["school"], via="paper", on_behalf=" 张校长 ")
    assert (view.organ, view.via, view.on_behalf) == (found.organs["school"], "paper", "张校长")


def test_a_form_the_plan_does_not_have_is_not_found(found: County) -> None:
    with pytest.raises(NotFound):
        actions.keep_answer(found["principal"], plan=found.in_force(), form="nonsense", content={}, at=AT)


def test_an_organ_that_is_not_in_the_register_is_refused_at_its_row(found: County) -> None:
    said = content(found)
    said["problems"] = [*said["problems"], {**said["problems"][0], "owner": 987_654}]
    with fault_at("problems.1.owner"):
        actions.keep_answer(found["principal"], plan=found.in_force(), form=FORM, content=said, at=AT)


def application(county: County, **more: Any) -> dict[str, Any]:
    """A whole application of the fire brigade."""
    said: dict[str, Any] = {
        "title": "消防安全讲座", "criterion": next(iter(county.in_force().pack.criteria)), "basis": "消防法第六条",
        "theme": "消防", "scope": "五年级", "schools": [county.organs["school"]], "teachers": 2,
        "minutes-per-teacher": 40, "organisation": "到校讲座", "mode": "class-meeting", "starts": "2024-09-20",
        "ends": "2024-09-20", "effect": "会用灭火器", "appraisal": "问卷", "charges-money": "no",
        "takes-teachers-away": "no", "in-curriculum": "no", "uses-apps": "no", "counts-participation": "no",
    }  # fmt: skip
    return {**said, **more}


def applied(county: County, **more: Any) -> AnswerView:
    return actions.keep_answer(
        county["fire-clerk"], plan=county.in_force(), form="affair-application", content=application(county, **more),
        at=AT,
    )  # fmt: skip


def test_an_organ_that_is_no_school_is_refused_as_a_school(found: County) -> None:
    with fault_at("schools"):
        applied(found, schools=[found.organs["school"], found.organs["police"]])


def test_a_file_of_somebody_else_is_refused_and_stays_where_it_was(found: County) -> None:
    ref = kept_file(found, "principal")
    with fault_at("attachments"):
        applied(found, attachments=[ref])
    assert file(found["principal"], ref).view.ref == ref
    with pytest.raises(NotFound):
        file(found["fire-clerk"], ref)


def test_a_corrected_form_may_name_the_files_of_the_former_one_and_both_show_them(found: County) -> None:
    ref = kept_file(found, "fire-clerk")
    first = applied(found, **{"basis.files": [ref]})
    colleague = actions.keep_answer(
        found["fire-head"], plan=found.in_force(), form="affair-application",
        content=application(found, title="修改后的讲座", **{"basis.files": [ref]}), at=AT,
    )  # fmt: skip
    assert [f.ref for f in first.files] == [f.ref for f in colleague.files] == [ref]
    with fault_at("attachments"):
        actions.keep_answer(
            found["police-clerk"], plan=found.in_force(), form="affair-application",
            content=application(found, attachments=[ref]), at=AT,
        )  # fmt: skip


def test_an_answer_in_words_says_options_organs_days_and_amounts(found: County) -> None:
    ref = kept_file(found, "fire-clerk")
    view = applied(found, attachments=[ref], mode="school-run")
    told = {asked.item: asked for asked in rendered(found.in_force(), view)}
    assert told["mode"].text() == "未融合，部门提供资源和指导，学校自主开展"
    assert told["schools"].text() == "清溪镇中心小学"
    assert told["starts"].text() == "2024-09-20"
    assert told["teachers"].text() == "2 人"
    assert told["charges-money"].text({"no": "否"}.get) == "否"  # type: ignore[arg-type]  # a catalogue of one word
    assert told["criterion"].text() == found.in_force().pack.criteria[view.content["criterion"]].says
    assert told["pupils"].text() == ""
    assert [f.ref for f in told["attachments"].files] == [ref]


def test_rows_in_words_are_lines_of_questions_and_answers(found: County) -> None:
    told = {asked.item: asked for asked in rendered(found.in_force(), given(found))}
    line = {asked.item: asked.text() for asked in told["problems"].rows[0]}
    assert line["kind"] == "商业广告、商业活动、借机收费进校园"
    assert line["owner"] == "区消防救援局"
    assert line["happened"] == "2024-03-01"


def test_an_answer_is_read_by_its_organ_and_the_bureau_side_and_by_nobody_else(found: County) -> None:
    held = given(found).id
    for name, actor in found.actors.items():
        if name in INSIDE | {"principal", "school-clerk"}:
            assert answer(actor, held).id == held, name
        else:
            with pytest.raises(NotFound):
                answer(actor, held)
    with pytest.raises(NotFound):
        answer(found["clerk"], 999_999)
    with pytest.raises(NotFound):
        answer(Actor.public(found.bureau), held)


def opinion(county: County, ref: str) -> AnswerView:
    form = county.in_force().pack.forms["expert-opinion"]
    said: dict[str, Any] = {item.id: next(iter(item.options), "理由充分") for item in form.items}
    return actions.keep_answer(
        county["expert"], plan=county.in_force(), form="forms.expert-opinion", content=said, files=(ref,), at=AT
    )


@pytest.mark.proves("A09")
def test_a_sealed_opinion_and_its_file_are_seen_by_the_expert_alone_until_the_room_above_opens_them(
    found: County,
) -> None:
    ref = kept_file(found, "expert")
    held = opinion(found, ref)
    assert held.sealed
    assert answer(found["expert"], held.id).id == held.id
    assert file(found["expert"], ref).view.ref == ref
    for name in ("principal-expert", "clerk", "leader", "fire-clerk"):
        with pytest.raises(NotFound):
            answer(found[name], held.id)
        with pytest.raises(NotFound):
            file(found[name], ref)
    assert answer(found["clerk"], held.id, judged=True).id == held.id
    assert file(found["clerk"], ref, under=held.id).view.ref == ref


def test_a_file_is_given_under_an_answer_only_if_it_stands_in_it(found: County) -> None:
    held, loose = given(found, files=(kept_file(found),)), kept_file(found, "fire-clerk")
    with pytest.raises(NotFound):
        file(found["clerk"], loose, under=held.id)
    with pytest.raises(NotFound):
        file(found["clerk"], loose)


def test_a_file_that_was_handed_in_is_read_like_its_answer(found: County) -> None:
    ref = kept_file(found)
    with pytest.raises(NotFound):
        file(found["school-clerk"], ref)
    given(found, files=(ref,))
    for name in ("principal", "school-clerk", "clerk", "leader"):
        assert file(found[name], ref).data.startswith(b"\x89PNG")
    for name in ("other-principal", "fire-clerk", "expert"):
        with pytest.raises(NotFound):
            file(found[name], ref)


def test_a_hostile_file_leaves_nothing_behind(found: County) -> None:
    with pytest.raises(KindNotTaken):
        actions.keep_file(found["principal"], name="a.png", data=b"<svg onload=alert(1)>", at=AT)
    with deed(found.keeper):
        assert not FileContent.objects.exists()


def test_files_are_kept_by_people_and_links_only(found: County) -> None:
    for actor in (Actor.public(found.bureau), Actor.clock(found.bureau)):
        with pytest.raises(NotAllowed):
            actions.keep_file(actor, name="a.png", data=picture(), at=AT)
    link = Actor.link(found.bureau, organ=found.organs["school"])
    ref = actions.keep_file(link, name="a.png", data=picture(), at=AT).ref
    view = actions.keep_answer(
        link, plan=found.in_force(), form=FORM, content=content(found), via="link", files=(ref,), at=AT
    )
    assert (view.person, view.via, [f.ref for f in view.files]) == (None, "link", [ref])


def test_nobody_fills_the_disk_in_a_day(found: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_FILES_A_DAY", 2)
    for _ in range(2):
        kept_file(found)
    with pytest.raises(Full):
        kept_file(found)
    assert actions.keep_file(found["principal"], name="a.png", data=picture(), at=moment("2024-07-24")).size > 0


def test_a_draft_is_ones_own_is_overwritten_and_forgotten(found: County) -> None:
    who, colleague = found["principal"], found["school-clerk"]
    actions.save_draft(who, subject="task:1", content={"note": "一"}, at=AT)
    actions.save_draft(who, subject="task:1", content={"note": "二", "odd": [1.5, None]}, at=moment("2024-07-23"))
    kept = draft(who, "task:1")
    assert kept is not None
    assert (kept.content["note"], kept.saved_at) == ("二", moment("2024-07-23"))
    assert draft(colleague, "task:1") is None
    actions.drop_draft(colleague, subject="task:1", at=AT)
    assert draft(who, "task:1") is not None
    actions.drop_draft(who, subject="task:1", at=AT)
    actions.drop_draft(who, subject="task:1", at=AT)
    assert draft(who, "task:1") is None


def test_a_draft_that_no_database_takes_is_refused_in_words(found: County) -> None:
    for bad in ({"note": "长" * 300_001}, {"note": "a\0b"}):
        with fault_at("content"):
            actions.save_draft(found["principal"], subject="task:1", content=bad, at=AT)
    with fault_at("subject"):
        actions.save_draft(found["principal"], subject=" ", content={}, at=AT)
    with pytest.raises(NotAllowed):
        actions.save_draft(Actor.link(found.bureau, organ=found.organs["school"]), subject="task:1", content={}, at=AT)


def test_another_bureau_sees_neither_answer_nor_file(found: County) -> None:
    ref = kept_file(found)
    held = given(found, files=(ref,)).id
    stranger = replace(found["clerk"], bureau=found.bureau + 1_000)
    with pytest.raises(NotFound):
        answer(stranger, held, judged=True)
    with pytest.raises(NotFound):
        file(stranger, ref, under=held)
