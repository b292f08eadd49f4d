"""Changes of areas beside each other and beside an announcement that is begun: neither is undone unseen (C06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from qingfu.base.errors import Invalid
from qingfu.records.enactment.actions import publish_announcement
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.models import CatchmentChange, ChangedArea
from qingfu.records.enrolment.queries import ChangeView
from qingfu.records.journal.actions import deed
from tests.cast import County, moment
from tests.records.enrolment.county_of_areas import AT, areas, carried, open_county, opened, published, written
from tests.records.stage import undone

NARROW = "清溪路、河沿街1—80号"


@pytest.fixture(scope="module")
def enrolling(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    with django_db_blocker.unblock():
        with undone():
            yield open_county()
        connections.close_all()


@pytest.fixture
def found(enrolling: County) -> Iterator[County]:
    with undone():
        published(enrolling)
        yield enrolling


def decided(found: County, **said: object) -> ChangeView:
    held = opened(found, **said).id  # type: ignore[arg-type]  # by name
    carried(found, held)
    return actions.put_in_effect(found["reviewer"], change=held, at=AT)


def area_in(found: County, year: int) -> str:
    view = queries.year_of(found["reviewer"], year)
    return next(one.area for one in view.catchments if one.school.code == "school")


def fields(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [fault.field for fault in refused.value.faults]


def test_a_school_whose_change_is_under_way_has_no_second_one(found: County) -> None:
    """Written from the same former area, the later decision would undo the earlier one."""
    first = opened(found)
    with pytest.raises(Invalid) as refused:
        opened(found, after="清溪路、柳湾村")
    assert fields(refused) == [f"after-{found.organs['school']}"]
    actions.drop_change(found["reviewer"], change=first.id, reason="写错了", at=AT)
    assert opened(found, after="清溪路、柳湾村").state == "draft"


def test_a_change_for_an_earlier_year_is_not_built_below_one_that_is_decided_for_a_later(found: County) -> None:
    decided(found, year=2026)
    with pytest.raises(Invalid) as refused:
        opened(found, after="清溪路", year=2025)
    assert fields(refused) == [f"after-{found.organs['school']}"]


def test_a_change_that_was_written_before_another_was_decided_is_not_decided(found: County) -> None:
    """As where two clerks opened one each at the same moment."""
    held = opened(found)
    carried(found, held.id)
    with deed(found["reviewer"]):
        row = CatchmentChange.objects.get(id=held.id)
        row.pk, row.state, row.decided_at = None, "decided", AT
        row.save()
        ChangedArea.objects.create(
            bureau_id=found.bureau, change=row, organ_id=found.organs["school"], before=held.areas[0].before,
            after="清溪路",
        )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        actions.put_in_effect(found["reviewer"], change=held.id, at=AT)
    assert fields(refused) == ["part-areas"]


def test_a_decided_change_stands_in_an_announcement_that_was_begun_before_it(found: County) -> None:
    """What the office has begun need not be typed again; a year before the change keeps its area."""
    written(found, year=2025)
    decided(found)
    assert area_in(found, 2025) == NARROW
    assert area_in(found, 2024) == areas(found)[0].area
    assert publish_announcement(found["reviewer"], year=2025, at=AT).state == "published"


def test_a_published_announcement_says_that_a_decided_change_is_not_before_the_public_yet(found: County) -> None:
    held = opened(found, year=2024).id
    carried(found, held)
    later = moment("2024-07-19")
    actions.put_in_effect(found["reviewer"], change=held, at=later)
    view = queries.year_of(found["reviewer"], 2024)
    assert view.is_changed
    assert [one.is_changed for one in queries.years(found["reviewer"])] == [True]
    publish_announcement(found["reviewer"], year=2024, at=moment("2024-07-20"))
    assert [one.is_changed for one in queries.years(found["reviewer"])] == [False]


@pytest.mark.parametrize("day", [date(2022, 9, 1), date(2052, 6, 1)])
def test_a_change_takes_effect_about_the_year_it_is_for(found: County, day: date) -> None:
    """Once decided it is final and before everybody: a slip of the key in the year is told before."""
    with pytest.raises(Invalid) as refused:
        actions.open_change(
            found["reviewer"], year=2025, effect_on=day, why="a", areas={found.organs["school"]: NARROW}, at=AT
        )
    assert fields(refused) == ["effect-on"]
    held = opened(found).id
    with pytest.raises(Invalid) as refused:
        actions.plan_transition(found["reviewer"], change=held, effect_on=day, until=date(2060, 1, 1), says="a", at=AT)
    assert fields(refused) == ["effect-on"]


def test_no_text_of_a_change_that_everybody_reads_holds_a_number_of_somebody(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        actions.open_change(
            found["reviewer"], year=2025, effect_on=date(2025, 7, 1), why="王某某 13800000000 反映",
            areas={found.organs["school"]: NARROW}, at=AT,
        )  # fmt: skip
    assert fields(refused) == ["why"]
    held = opened(found).id
    with pytest.raises(Invalid) as refused:
        actions.drop_change(found["reviewer"], change=held, reason="13800000000 反对", at=AT)
    assert fields(refused) == ["reason"]


def test_a_new_area_that_is_empty_is_told_to_be_missing_and_not_to_be_the_former_one(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        opened(found, after=" ")
    assert "Write the new area" in str(refused.value)
