"""Figures of the lowest fifth: given once a term, checked against each other, seen by whom they concern (C30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from qingfu.base.actor import Actor
from qingfu.base.errors import Invalid, NotFound, QingfuError
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.models import Watched
from qingfu.records.monitoring.queries.watching import FEWEST, NOTHING_SHOWN, Figures, veiled
from tests.cast import everybody, moment
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.stage import undone

SHARE = 20
SPRING = (date(2025, 2, 17), date(2025, 7, 4))
LATER = moment("2025-03-03", 10)
ROWS = ({"grade": "P1", "pupils": 40, "helped": 6}, {"grade": "P3", "pupils": 87, "lowest": 17, "helped": 17})

pytestmark = pytest.mark.proves("C30")


def give(schools: Schools, *rows: dict[str, object], who: str = "principal", **how: Any) -> queries.FilingView:
    of = {"organ": schools.county.organs["school"], "term": schools.term.id, "share": SHARE, "at": NOW}
    return actions.file_watched(schools.actor(who), rows=rows, **{**of, **how})


def desk(schools: Schools, who: str = "principal", term: int | None = None) -> queries.WatchDesk:
    return queries.watch_desk(
        schools.actor(who), organ=schools.county.organs["school"], term_id=term or schools.term.id, share=SHARE
    )


def spring(schools: Schools) -> queries.TermView:
    return actions.set_term(
        schools.actor("reviewer"), name="2025年春季学期", year=2024, from_on=SPRING[0], until_on=SPRING[1], at=NOW
    )


def faults(schools: Schools, *rows: dict[str, object], **how: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        give(schools, *rows, **how)
    return {fault.field: fault.text() for fault in refused.value.faults}


def test_the_first_term_is_a_few_numbers_and_asks_of_no_change(schools: Schools) -> None:
    before = {one.grade: (one.pupils, one.before, one.stands) for one in desk(schools).grades}
    assert before == {"P1": (40, None, None), "P3": (87, None, None)}
    give(schools, *ROWS)
    stands = {one.grade: one.stands for one in desk(schools, "reviewer").grades}
    assert stands == {
        "P1": Figures(40, 8, 6, None, None, None), "P3": Figures(87, 17, 17, None, None, None),
    }  # fmt: skip


def test_the_next_term_asks_who_left_and_the_new_ones_follow(schools: Schools) -> None:
    give(schools, *ROWS)
    term = spring(schools)
    assert {one.grade: one.before for one in desk(schools, term=term.id).grades} == {"P1": 8, "P3": 17}
    give(schools, {"grade": "P1", "pupils": 42, "helped": 8, "gone": 3}, term=term.id, at=LATER)
    stands = {one.grade: one.stands for one in desk(schools, term=term.id).grades}
    assert stands == {"P1": Figures(42, 8, 8, 8, 3, 3), "P3": None}
    school = queries.watched_of_school(
        schools.actor("principal"), organ=schools.county.organs["school"], share=SHARE, term_id=term.id
    )
    assert {one.key: [of.figures.lowest for of in one.terms] for one in school} == {"P1": [8, 8], "P3": [17]}


def test_pupils_are_followed_into_the_next_grade(schools: Schools) -> None:
    give(schools, *ROWS)
    autumn = actions.set_term(
        schools.actor("reviewer"), name="2025年秋季学期", year=2025, from_on=date(2025, 9, 1),
        until_on=date(2026, 1, 16), at=NOW,
    )  # fmt: skip
    organ, principal = schools.county.organs["school"], schools.actor("principal")
    actions.file_classes(
        principal, organ=organ, year=2025, rows=[{"name": "二年级1班", "grade": "P2", "pupils": 40}], at=NOW
    )
    assert {one.grade: one.before for one in desk(schools, term=autumn.id).grades} == {"P2": 8}
    of = queries.watched_of_school(principal, organ=organ, share=SHARE, term_id=autumn.id)
    assert {one.key for one in of} == {"P2", "P4"}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"grade": "P1", "pupils": 40, "lowest": 9, "helped": 0}, "0.lowest"),
        ({"grade": "P1", "pupils": 40, "lowest": 8, "helped": 9}, "0.helped"),
        ({"grade": "P1", "pupils": 40}, "0.helped"),
        ({"grade": "P1", "pupils": -1, "helped": 0}, "0.pupils"),
        ({"grade": "P1", "pupils": "张三", "helped": 0}, "0.pupils"),
        ({"grade": "张三", "pupils": 40, "helped": 0}, "0.grade"),
        ({"grade": "P1", "pupils": 40, "helped": 0, "gone": 1}, "0.gone"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(schools: Schools, row: dict[str, object], field: str) -> None:
    assert list(faults(schools, row)) == [field]


def test_the_change_must_add_up(schools: Schools) -> None:
    give(schools, *ROWS)
    term = spring(schools).id
    late = {"grade": "P1", "pupils": 30, "helped": 0}
    assert "From 2 to 8" in faults(schools, {**late, "gone": 1}, term=term, at=LATER)["0.gone"]
    assert "From 2 to 8" in faults(schools, {**late, "gone": 9}, term=term, at=LATER)["0.gone"]
    assert list(faults(schools, late, term=term, at=LATER)) == ["0.gone"]
    give(schools, {**late, "gone": 2}, term=term, at=LATER)


def test_a_name_that_is_sent_along_is_kept_nowhere(schools: Schools) -> None:
    with CaptureQueriesContext(connection) as asked:
        give(schools, {"grade": "P1", "pupils": 40, "helped": 6, "name": "王小明", "names": ["王小明"]})
    assert not [one for one in asked.captured_queries if "王小明" in one["sql"]]
    texts = {one.name for one in Watched._meta.concrete_fields if one.get_internal_type() in ("CharField", "TextField")}
    assert texts == {"grade"}


def test_what_is_said_anew_takes_the_place_of_the_whole_and_nothing_is_lost(schools: Schools) -> None:
    first = give(schools, *ROWS)
    second = give(schools, {"grade": "P1", "pupils": 41, "helped": 5}, who="reviewer", on_behalf="校长签字")
    assert (first.replaced, second.replaced, second.via) == (0, 2, "paper")
    with reading(schools.actor("reviewer")):
        rows = Watched.objects.order_by("id").values_list("grade", "replaced_by")
        assert list(rows) == [("P1", second.id), ("P3", second.id), ("P1", None)]
    assert {one.grade: one.stands is not None for one in desk(schools).grades} == {"P1": True, "P3": False}


def test_the_same_form_sent_twice_counts_once(schools: Schools) -> None:
    one = UUID(int=5)
    assert give(schools, *ROWS, client_id=one) == give(schools, *ROWS, client_id=one)


def test_what_was_given_by_mistake_is_taken_back_with_its_reason(schools: Schools) -> None:
    give(schools, *ROWS)
    organ = schools.county.organs["school"]
    taken = actions.take_back(
        schools.actor("principal"), table="watched", organ=organ, rows=desk(schools).rows, reason="填错学期", at=NOW
    )
    assert taken.replaced == 2
    assert desk(schools).told == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"lowest": 41}, {"lowest": 9}, {"lowest": 7}, {"helped": 9}, {"share": 0}, {"grade": "甲"},
        {"before": 8}, {"before": 8, "gone": 9, "come": 9}, {"before": 8, "gone": 2, "come": 3},
        {"gone": 1, "come": 1},
    ],
)  # fmt: skip
def test_the_database_itself_holds_parts_within_their_whole(schools: Schools, wrong: dict[str, object]) -> None:
    filed = give(schools, *ROWS)
    actor = schools.actor("principal")
    right = {"share": 20, "grade": "P2", "pupils": 40, "lowest": 8, "helped": 3}
    with reading(actor), pytest.raises(IntegrityError), transaction.atomic():
        Watched.objects.create(
            bureau_id=actor.bureau, organ_id=actor.organ, term_id=schools.term.id, filing_id=filed.id,
            **{**right, **wrong},
        )  # fmt: skip


@pytest.mark.django_db
def test_figures_cannot_be_rewritten_or_deleted_by_the_web() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('monitoring_watched', 'DELETE'),"
            " has_table_privilege('monitoring_watched', 'UPDATE'),"
            " has_column_privilege('monitoring_watched', 'replaced_by_id', 'UPDATE'),"
            " (SELECT relrowsecurity FROM pg_class WHERE relname = 'monitoring_watched')"
        )
        assert cursor.fetchone() == (False, False, True, True)


def outcome(ask: Callable[[Actor], object], who: Actor) -> type[QingfuError] | str:
    try:
        ask(who)
    except QingfuError as error:
        return type(error)
    return "done"


def test_the_school_and_the_bureau_see_it_and_nobody_else(schools: Schools) -> None:
    give(schools, *ROWS)
    organ, term = schools.county.organs["school"], schools.term.id
    inside = {"principal", "school-clerk", "reviewer", "second-reviewer", "keeper"}
    members = [*everybody(schools.county), ("public", Actor.public(schools.county.bureau))]
    asks: tuple[Callable[[Actor], object], ...] = (
        lambda who: queries.watch_desk(who, organ=organ, term_id=term, share=SHARE),
        lambda who: queries.watched_of_school(who, organ=organ, share=SHARE, term_id=term),
        lambda who: actions.file_watched(
            who, organ=organ, term=term, share=SHARE, rows=ROWS, on_behalf="校长", at=NOW
        ),
    )  # fmt: skip
    for name, who in members:
        for ask in asks:
            with undone():
                assert outcome(ask, who) == ("done" if name in inside else NotFound), name


def test_no_plan_that_asks_for_it_no_figures(schools: Schools) -> None:
    with pytest.raises(NotFound):
        give(schools, *ROWS, share=10)
    assert [one.share for one in queries.watches(schools.actor("principal"))] == [20]
    assert queries.watches(schools.actor("police-clerk")) == ()


def test_a_term_that_has_not_begun_has_no_figures(schools: Schools) -> None:
    assert list(faults(schools, *ROWS, term=spring(schools).id)) == ["term"]


def test_other_schools_see_of_the_county_what_tells_of_nobody(schools: Schools) -> None:
    give(schools, *ROWS)
    office = queries.watched_of_county(schools.actor("reviewer"), share=SHARE)
    assert [(one.key, one.terms[0].figures.lowest, one.terms[0].schools) for one in office] == [("P", 25, 1)]
    other = queries.watched_of_county(schools.actor("other-principal"), share=SHARE)
    assert other[0].terms[0].figures == NOTHING_SHOWN, "one school alone would be known"
    with pytest.raises(NotFound):
        queries.watched_of_county(schools.actor("police-clerk"), share=SHARE)


SEEN = Figures(2000, 400, 300, 390, 40, 50)


@pytest.mark.parametrize(
    ("figures", "schools", "seen"),
    [
        (SEEN, FEWEST, SEEN),
        (SEEN, FEWEST - 1, NOTHING_SHOWN),
        (Figures(20, 4, 0, None, None, None), 9, NOTHING_SHOWN),
        (Figures(2000, 400, 3, 390, 40, 50), 9, Figures(2000, 400, None, 390, 40, 50)),
        (Figures(2000, 400, 398, 390, 40, 50), 9, Figures(2000, 400, None, 390, 40, 50)),
        (Figures(2000, 400, 300, 390, 4, 14), 9, Figures(2000, 400, 300, None, None, None)),
        (Figures(2000, 400, 300, 390, 387, 397), 9, Figures(2000, 400, 300, None, None, None)),
        (Figures(2000, 400, 0, 400, 0, 0), 9, Figures(2000, 400, 0, 400, 0, 0)),
    ],
)
def test_a_number_of_few_is_hidden_and_cannot_be_computed(figures: Figures, schools: int, seen: Figures) -> None:
    assert veiled(figures, schools) == seen


def test_reading_asks_the_database_as_often_for_many_schools_as_for_one(schools: Schools) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.watched_of_county(schools.actor("reviewer"), share=SHARE)
        return len(captured)

    give(schools, *ROWS)
    once = asked()
    give(schools, {"grade": "J1", "pupils": 50, "helped": 4}, who="other-principal",
         organ=schools.county.organs["other-school"])  # fmt: skip
    assert asked() == once
