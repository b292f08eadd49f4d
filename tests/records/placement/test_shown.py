"""What is changed by hand after a published draw stands before the public at once, by ticket and with its approver."""

from __future__ import annotations

import pytest

from qingfu.base.chance import new_id
from qingfu.base.errors import NotAllowed
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.actions import publish_draw
from qingfu.records.journal.actions import deed
from qingfu.records.placement.actions import NewPupil, freeze_list
from qingfu.records.placement.queries import PlacementView
from tests.cast import County
from tests.records.placement.classes import AT, listed, placed
from tests.records.stage import found, stage

__all__ = ["found", "stage"]


def shown(county: County) -> list[str]:
    """The copies that stand, as text."""
    with deed(county["principal"]):
        rows = Disclosure.objects.filter(shows="draw", replaced_at=None, withdrawn_at=None)
        return [bytes(row.content).decode() for row in rows]


def excepted(county: County, view: PlacementView) -> PlacementView:
    goal = next(one.label for one in view.classes if one.label != view.pupils[0].label)
    return enactment.except_pupil(
        county["principal"], placement=view.row.id, number=view.pupils[0].number, goal=goal,
        reason="教室须在一楼", approver="县教育局基教股", at=AT,
    )  # fmt: skip


@pytest.mark.proves("C07")
def test_an_exception_after_a_published_draw_is_public_at_once(found: County) -> None:
    view = placed(found)
    publish_draw(found["principal"], draw=view.row.draw or 0, at=AT)
    view = excepted(found, view)
    (text,) = shown(found)
    assert "教室须在一楼" in text
    assert "县教育局基教股" in text
    assert view.changes[0].ticket in text
    new = NewPupil(number="L1", name="后到者", gender="f", level=100)
    enactment.arrive(found["principal"], placement=view.row.id, pupil=new, at=AT)
    enactment.leave_school(found["principal"], placement=view.row.id, number="N002", reason="家中变故", at=AT)
    (text,) = shown(found)
    assert '"ticket":"L001"' in text
    # Why somebody left is the family's own affair, and no name stands anywhere.
    assert not any(word in text for word in ("家中变故", "后到者", "学生0"))


@pytest.mark.proves("C07")
def test_an_exception_is_public_even_if_nobody_published_the_draw(found: County) -> None:
    view = placed(found)
    enactment.leave_school(found["principal"], placement=view.row.id, number="N002", reason="家中变故", at=AT)
    assert shown(found) == []
    excepted(found, view)
    (text,) = shown(found)
    assert "教室须在一楼" in text


@pytest.mark.proves("C07")
def test_a_placement_given_up_is_told_to_the_public_at_once_and_once(found: County) -> None:
    held, once = listed(found), new_id()
    made = freeze_list(found["principal"], placement=held, at=AT)
    for _ in range(2):
        enactment.give_up(found["principal"], placement=held, reason="漏了两名学生", client_id=once, at=AT)
    (text,) = shown(found)
    assert '"state":"void"' in text
    assert "漏了两名学生" in text
    assert made.number in text
    with deed(found["principal"]):
        assert Disclosure.objects.filter(shows="draw").count() == 1


def test_the_office_does_not_publish_a_schools_draw(found: County) -> None:
    view = placed(found)
    with pytest.raises(NotAllowed):
        publish_draw(found["clerk"], draw=view.row.draw or 0, at=AT)
