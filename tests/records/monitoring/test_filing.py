"""Schools report; what is said anew replaces what was said; nobody reports for another."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, NotFound
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.models import Homework
from tests.records.monitoring.conftest import NOW, Schools

DAY = date(2024, 10, 16)


def homework(
    schools: Schools, name: str = "三年级1班", *, minutes: int | None = 50, subject: str = "语文"
) -> dict[str, object]:
    return {
        "class": schools.classes[name].id, "day": DAY, "subject": subject, "minutes": minutes, "written": True,
        "rest": False, "parent-marked": False, "punitive": False, "marked": True,
    }  # fmt: skip


def file(schools: Schools, *rows: dict[str, object], who: str = "principal", **more: object) -> queries.FilingView:
    return actions.file_rows(
        schools.actor(who), table="homework", organ=schools.county.organs["school"], term=schools.term.id, rows=rows,
        at=NOW, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_school_reports_a_class_and_its_page_tells_so(schools: Schools) -> None:
    said = file(schools, homework(schools))
    desk = queries.filing_desk(
        schools.actor("school-clerk"), organ=schools.county.organs["school"], term_id=schools.term.id, at=NOW
    )
    told = {one.table.name: (one.told, one.of) for one in desk.tables}
    assert told["homework"] == (1, 3)
    assert desk.latest[0] == said
    assert said.via == "form"


def test_what_is_said_anew_of_a_day_replaces_all_that_was_said_of_it_and_loses_nothing(schools: Schools) -> None:
    file(schools, homework(schools), homework(schools, subject="数学", minutes=30))
    again = file(schools, homework(schools, minutes=20))
    stands = queries.reported(
        schools.actor("principal"), table="homework", organ=schools.county.organs["school"], term_id=schools.term.id
    )
    assert [(one.cells["subject"], one.cells["minutes"]) for one in stands] == [("语文", 20)]
    assert again.replaced == 2
    with reading(schools.actor("principal")):
        assert Homework.objects.filter(replaced_by=again.id).count() == 2


def test_a_repeat_of_the_same_form_is_not_a_second_report(schools: Schools) -> None:
    form = new_id()
    first = file(schools, homework(schools), client_id=form)
    assert file(schools, homework(schools), client_id=form) == first
    with reading(schools.actor("principal")):
        assert Homework.objects.count() == 1


def test_rows_taken_back_stand_no_longer_and_say_why(schools: Schools) -> None:
    file(schools, homework(schools))
    organ = schools.county.organs["school"]
    row = queries.reported(schools.actor("principal"), table="homework", organ=organ, term_id=schools.term.id)[0]
    actions.take_back(
        schools.actor("principal"), table="homework", organ=organ, rows=[row.id], reason="日期填错", at=NOW
    )
    assert not queries.reported(schools.actor("principal"), table="homework", organ=organ, term_id=schools.term.id)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"minutes": -5}, "0.minutes"),
        ({"minutes": 1441}, "0.minutes"),
        ({"minutes": "六十"}, "0.minutes"),
        ({"written": "是"}, "0.written"),
        ({"subject": None}, "0.subject"),
        ({"day": date(2024, 8, 20)}, "0.day"),
        ({"day": date(2024, 12, 20)}, "0.day"),
        ({"class": 0}, "0.class"),
        ({"subject": "语" * 21}, "0.subject"),
    ],
)
def test_a_faulty_cell_refuses_the_whole_report_by_its_place(
    schools: Schools, change: dict[str, object], place: str
) -> None:
    with pytest.raises(Invalid) as refused:
        file(schools, {**homework(schools), **change}, homework(schools, "三年级2班"))
    assert [fault.field for fault in refused.value.faults] == [place]
    with reading(schools.actor("principal")):
        assert not Homework.objects.exists()


def test_two_rows_about_the_same_are_refused(schools: Schools) -> None:
    with pytest.raises(Invalid, match="same"):
        file(schools, homework(schools), homework(schools, minutes=10))


def test_nobody_reports_for_another_school_and_the_office_says_whose_paper_it_types(schools: Schools) -> None:
    with pytest.raises(NotFound):
        file(schools, homework(schools), who="other-principal")
    with pytest.raises(NotFound):
        file(schools, homework(schools), who="fire-clerk")
    with pytest.raises(Invalid):
        file(schools, homework(schools), who="reviewer")
    typed = file(schools, homework(schools), who="reviewer", on_behalf="赵校长")
    assert (typed.via, typed.on_behalf) == ("paper", "赵校长")


def test_classes_go_a_grade_up_by_themselves_when_a_year_begins(schools: Schools) -> None:
    organ = schools.county.organs["school"]
    made = actions.promote_classes(schools.actor("principal"), organ=organ, year=2025, at=NOW)
    assert [(one.name, one.grade) for one in made] == [
        ("二年级1班", "P2"), ("四年级1班", "P4"), ("四年级2班", "P4"),
    ]  # fmt: skip
    assert actions.promote_classes(schools.actor("principal"), organ=organ, year=2025, at=NOW) == made


def test_a_term_may_not_overlap_another(schools: Schools) -> None:
    with pytest.raises(Invalid, match="2024年秋季学期"):
        actions.set_term(
            schools.actor("reviewer"), name="2025年春季学期", year=2024, from_on=date(2025, 1, 10),
            until_on=date(2025, 7, 4), at=NOW,
        )  # fmt: skip
