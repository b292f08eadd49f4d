"""What is shown to the public is a frozen copy, read by a role that can read nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, NotAllowed, NotFound, WrongState
from qingfu.records.disclosures import actions
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.disclosures.queries import desk_disclosure, latest, trail
from qingfu.records.journal.actions import deed
from qingfu.records.journal.queries import story
from tests.cast import County, everybody
from tests.records.disclosures.publishing import AT, CONTENT, LATER, published

INSIDE = {"clerk", "second-clerk", "reviewer", "second-reviewer", "leader", "deputy", "convener", "secretary"}


def test_a_disclosure_is_frozen_with_its_digest_and_journalled(found: County) -> None:
    view = published(found)
    assert view.content == {"items": [{"title": "消防安全讲座", "until": "2024-12-31"}]}
    assert view.digest == digest(CONTENT)
    assert (view.state, view.audience, view.places) == ("shown", ("public", "schools", "departments"), ("portal",))
    told = story(found["clerk"], subject="disclosure", subject_id=view.id)
    assert [(t.verb, t.digest) for t in told] == [("disclosures.publish", view.digest)]


def test_the_next_one_of_the_same_key_replaces_it_and_keeps_it(found: County) -> None:
    first = published(found)
    second = published(found, content={"items": []}, at=LATER)
    traces = trail(found["clerk"], edition=found.edition, key="whitelist")
    assert [(t.id, t.state, t.replaced_at) for t in traces] == [
        (second.id, "shown", None),
        (first.id, "replaced", LATER),
    ]
    assert desk_disclosure(found["clerk"], first.id).content == first.content
    newest = latest(found["clerk"], key="whitelist", plan=found.in_force())
    assert newest is not None
    assert newest.id == second.id


def test_parts_of_one_disclosure_stand_beside_each_other(found: County) -> None:
    published(found, key="whitelist:2024")
    published(found, key="whitelist:2025")
    assert [t.state for t in trail(found["clerk"], key="whitelist:2024")] == ["shown"]


def test_the_same_form_sent_twice_is_one_disclosure(found: County) -> None:
    client = new_id()
    assert published(found, client_id=client).id == published(found, client_id=client).id


def test_only_the_bureau_side_publishes_and_withdraws(found: County) -> None:
    held = published(found)
    may = INSIDE | {"keeper"}
    for name, actor in [*everybody(found), ("public", Actor.public(found.bureau))]:
        if name in may:
            continue
        with pytest.raises(NotAllowed):
            actions.publish(actor, plan=found.in_force(), key="whitelist", shows="list", title="a", content={}, at=AT)
        with pytest.raises(NotAllowed):
            actions.withdraw(actor, disclosure=held.id, reason="a", at=AT)
    for name in INSIDE:
        assert published(found, name).state == "shown"


def test_withdrawing_takes_the_content_away_and_keeps_the_trace(found: County) -> None:
    held = published(found)
    gone = actions.withdraw(found["leader"], disclosure=held.id, reason="登错一项", at=LATER)
    assert (gone.state, gone.content, gone.digest) == ("withdrawn", {}, held.digest)
    assert (gone.withdrawn_reason, gone.withdrawn_at) == ("登错一项", LATER)
    with pytest.raises(WrongState):
        actions.withdraw(found["leader"], disclosure=held.id, reason="再次", at=LATER)


def test_a_replaced_copy_may_be_withdrawn_too(found: County) -> None:
    first = published(found)
    published(found, at=LATER)
    assert actions.withdraw(found["leader"], disclosure=first.id, reason="含隐私", at=LATER).state == "withdrawn"


@pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
def test_nothing_is_withdrawn_without_a_reason(found: County, reason: str) -> None:
    held = published(found)
    with pytest.raises(Invalid):
        actions.withdraw(found["leader"], disclosure=held.id, reason=reason, at=LATER)
    assert desk_disclosure(found["clerk"], held.id).state == "shown"


def test_a_disclosure_that_hides_names_holds_none(found: County) -> None:
    with deed(found.keeper):
        from qingfu.records.people.models import Person

        name = Person.objects.get(id=found.persons["expert"]).name
    content = {
        "rows": [{"says": f"{name}已审，电话13812345678", "responsible": "某某", "note": "编号20240000013800001"}],
        "experts": ["某某"],
    }
    view = published(found, key="progress", shows="progress", title=f"{name}的进度", content=content)
    assert view.content == {"rows": [{"says": f"{name[0]}○已审，电话○○○○○○○○○○○", "note": "编号20240000013800001"}]}
    assert view.title == f"{name[0]}○的进度"


def test_what_hides_nothing_is_shown_as_it_is(found: County) -> None:
    assert published(found, content={"experts": ["甲"]}).content == {"experts": ["甲"]}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"key": "nonsense"}, NotFound),
        ({"key": "filing:1", "audience": ("public",)}, NotFound),
        ({"title": " "}, Invalid),
        ({"title": "长" * 201}, Invalid),
        ({"until": date(2024, 8, 19)}, Invalid),
    ],
)
def test_what_the_plan_does_not_order_or_cannot_be_is_refused(
    found: County, more: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        published(found, **more)


def test_a_filing_upward_is_kept_beside_and_shown_to_nobody_below(found: County) -> None:
    view = published(found, key="filing:2024-0001", shows="other", audience=("superior",), places=())
    assert view.audience == ("superior",)
    assert view.id in {t.id for t in trail(found["clerk"])}
    assert view.id not in {t.id for t in trail(found["principal"])}
    with pytest.raises(NotFound):
        desk_disclosure(found["principal"], view.id)


def test_what_is_meant_for_schools_and_departments_only_is_seen_by_them(found: County) -> None:
    held = published(found, key="cases", shows="report", title="典型案例")
    for name, actor in everybody(found):
        sees = name in INSIDE or actor.roles & {"school", "department"}
        assert (held.id in {t.id for t in trail(actor)}) == bool(sees), name


def test_who_published_is_named_to_the_bureau_side_only(found: County) -> None:
    held = published(found)
    assert desk_disclosure(found["clerk"], held.id).by
    assert desk_disclosure(found["principal"], held.id).by == ""


def test_the_database_itself_keeps_what_was_shown(found: County) -> None:
    held = published(found)
    for change in ({"content": b"x"}, {"digest": "0" * 64}, {"title": "other"}):
        with pytest.raises(DatabaseError), deed(found.keeper):
            Disclosure.objects.filter(id=held.id).update(**change)
