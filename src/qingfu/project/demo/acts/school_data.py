"""Acts on school life: what schools report, what is judged by it, and how findings end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.days import ONE_DAY
from qingfu.base.errors import NotFound
from qingfu.base.workdays import Workdays
from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import (
    AnswerQuestion,
    AskSchool,
    EndFindings,
    FileClasses,
    FileFigures,
    FileHomework,
    FileSchedules,
    FileTimetables,
    Judge,
    Life,
    PostFirstWeek,
    ReportAsked,
    SetTerm,
)
from qingfu.records.enactment.actions import post_first_week
from qingfu.records.enactment.actions import set_term as enact_term
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import ClassView, TermView, WatchedGrade
from qingfu.records.people.queries import OrganView
from qingfu.rules.grades import grades_of

NUMERALS = "一二三四五六七八九"
WEEKDAYS = (1, 2, 3, 4, 5)
TEXTS = {
    "teachers": "各班任课安排见教务处公示，音体美教师由学区统一走教。",
    "homework": "年级组每天汇总书面作业时间，由班主任协调，超出当天上限的学科顺延。",
    "sports-arts": "每天大课间三十分钟；周二、周四下午为体育艺术活动时间。",
    "practice-clubs": "每月一次社会实践；周三下午开设合唱、书法、篮球等社团，自愿参加。",
}
MUCH = {"P": 68, "J": 104}
MOST = 9_999


def set_term(stage: Stage, beat: Beat, act: SetTerm) -> None:
    """The office sets a school term."""
    enact_term(
        stage.doer(act), name=act.name, year=act.year, from_on=act.from_, until_on=act.until,
        asked_a_day=act.asked_a_day, at=beat.at,
    )  # fmt: skip


def file_classes(stage: Stage, beat: Beat, act: FileClasses) -> None:
    """A school reports its classes."""
    rows = []
    for grade, number in act.classes.items():
        for one in range(1, number + 1):
            name = f"{_year(grade)}年级{one}班"
            pupils = act.over.get(f"{beat.target}/{name}", act.pupils - _odd(beat.target, name) % 7)
            rows.append({
                "name": name, "grade": grade, "pupils": pupils, "place": act.place, "experimental": False,
                "permit": False,
            })  # fmt: skip
    organ = stage.organ(beat.target)
    actions.file_classes(stage.actor_of(organ), organ=organ.id, year=act.year, rows=rows, at=beat.at)


def _year(grade: str) -> str:
    return NUMERALS[int(grade[1]) - 1 + (6 if grade[0] == "J" else 0)]


def _odd(*words: object) -> int:
    """A number that looks like chance and is always the same."""
    return sha256("|".join(map(str, words)).encode()).digest()[0]


def _place(stage: Stage, beat: Beat) -> tuple[OrganView, Actor, TermView, tuple[ClassView, ...]]:
    organ = stage.organ(beat.target)
    actor = stage.actor_of(organ)
    term = queries.term_on(actor, day_of(beat.at))
    if term is None:
        raise NotFound(what=beat.target)
    return organ, actor, term, queries.classes(actor, organ=organ.id, year=term.year)


def _life(stage: Stage) -> Life:
    if stage.book.life is None:
        raise NotFound(what="life")
    return stage.book.life


def _report(stage: Stage, beat: Beat, table: str, rows: list[dict[str, object]]) -> None:
    organ, actor, term, _ = _place(stage, beat)
    if rows:
        actions.file_rows(actor, table=table, organ=organ.id, term=term.id, rows=rows, way="sheet", at=beat.at)


def file_timetables(stage: Stage, beat: Beat, act: FileTimetables) -> None:
    """A school reports timetables."""
    _, _, _, classes = _place(stage, beat)
    rows: list[dict[str, object]] = [
        {"class": one.id, "record": record, "weekday": weekday, "period": period, "subject": subject, "fortnight": 2}
        for record in act.records
        for one in classes
        for weekday, period, subject in _lessons(_life(stage), one, act.changes.get(f"{beat.target}/{one.name}", {}))
    ]
    _report(stage, beat, "timetable", rows)


def _lessons(life: Life, one: ClassView, changes: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for period, line in enumerate(_of_grade(life.timetables, one.grade), start=1):
        for weekday, subject in zip(WEEKDAYS, line.split(), strict=True):
            yield weekday, period, changes.get(f"{weekday}-{period}", subject)


def _of_grade(timetables: Mapping[str, tuple[str, ...]], grade: str) -> tuple[str, ...]:
    return next(lines for grades, lines in timetables.items() if grade in (grades_of(grades) or ()))


def file_schedules(stage: Stage, beat: Beat, act: FileSchedules) -> None:
    """A school reports how its days run."""
    _, _, _, classes = _place(stage, beat)
    rows: list[dict[str, object]] = [
        {"class": one.id, "weekday": weekday, "early-study": False, **_life(stage).schedules[one.grade[0]],
         **act.changes.get(beat.target, {})}
        for one in classes for weekday in WEEKDAYS
    ]  # fmt: skip
    _report(stage, beat, "schedules", rows)


def file_homework(stage: Stage, beat: Beat, act: FileHomework) -> None:
    """A school reports the homework of every class and school day of a time."""
    _, _, _, classes = _place(stage, beat)
    rows: list[dict[str, object]] = [
        row
        for one in classes
        for day in _school_days(act.from_, act.until)
        for row in _homework(_life(stage), one, day, act.over.get(f"{beat.target}/{one.name}", {}).get(day))
    ]
    _report(stage, beat, "homework", rows)


def _school_days(first: date, last: date) -> Iterator[date]:
    workdays, day = Workdays.shipped(), first
    while day <= last:
        if workdays.is_workday(day):
            yield day
        day += ONE_DAY


def _homework(life: Life, one: ClassView, day: date, in_all: int | None) -> Iterable[dict[str, object]]:
    """Homework a little below the bound; ``in_all`` minutes where a day is to break it."""
    grades = next((key for key in life.homework if one.grade in (grades_of(key) or ())), "")
    common = {"class": one.id, "day": day, "rest": False, "parent-marked": False, "punitive": False, "marked": True}
    if not grades:
        return [{**common, "subject": "语文", "minutes": 0, "written": False}]
    minutes = {subject: most - _odd(one.name, day, subject) % 8 for subject, most in life.homework[grades].items()}
    if in_all is not None:
        first = next(iter(minutes))
        minutes[first] += in_all - sum(minutes.values())
    return [{**common, "subject": subject, "minutes": some, "written": True} for subject, some in minutes.items()]


def report_asked(stage: Stage, beat: Beat, act: ReportAsked) -> None:
    """A school reports what it was asked for and has not told yet; some it leaves out."""
    organ, actor, term, _ = _place(stage, beat)
    asked = queries.filing_desk(actor, organ=organ.id, term_id=term.id, at=beat.at).asked
    told = [(day, one) for day, one in asked if _odd(beat.target, one.name, day) % act.silent]
    rows = [row for day, one in told for row in _homework(_life(stage), one, day, _too_much(beat.target, one, day))]
    _report(stage, beat, "homework", rows)


def _too_much(school: str, one: ClassView, day: date) -> int | None:
    """On one day in eleven a class has more homework than it should."""
    return MUCH.get(one.grade[0]) if _odd("much", school, one.name, day) % 11 == 0 else None


def file_figures(stage: Stage, beat: Beat, act: FileFigures) -> None:
    """A school gives the figures of the pupils with the lowest results."""
    organ, actor, term, _ = _place(stage, beat)
    named = next((one for one in queries.terms(actor) if one.name == act.term), term)
    found = queries.watch_desk(actor, organ=organ.id, term_id=named.id, share=act.share)
    rows = [_figures_of(beat.target, named.name, act.share, one) for one in found.grades if one.pupils]
    actions.file_watched(actor, organ=organ.id, term=named.id, share=act.share, rows=rows, at=beat.at)


def _figures_of(school: str, term: str, share: int, one: WatchedGrade) -> dict[str, object]:
    """Most are helped, a few get out of it."""
    pupils = one.pupils or 0
    lowest = (pupils * share + 50) // 100
    rows: dict[str, object] = {"grade": one.grade, "pupils": pupils, "helped": lowest - _odd(school, one.grade) % 4}
    if one.before is not None:
        rows["gone"] = max(one.before - lowest, min(one.before, 1 + _odd(school, term, one.grade) % 6))
    return rows


def post_first_week_of(stage: Stage, beat: Beat, act: PostFirstWeek) -> None:
    """A school shows the documents of the first week."""
    organ, actor, term, _ = _place(stage, beat)
    for key, text in TEXTS.items():
        actions.write_document(actor, organ=organ.id, term=term.id, document=key, text=text, at=beat.at)
    post_first_week(actor, organ=organ.id, term_id=term.id, at=beat.at)


def ask_school(stage: Stage, beat: Beat, act: AskSchool) -> None:
    """Somebody asks a school."""
    organ = stage.organ(act.school)
    of = _class(stage, organ, act.class_, beat)
    actions.ask_school(
        Actor.public(stage.bureau), code=organ.code, class_id=of.id, text=act.text, at=beat.at
    )  # fmt: skip


def _class(stage: Stage, organ: OrganView, name: str, beat: Beat) -> ClassView:
    term = queries.term_on(stage.clock, day_of(beat.at))
    known = queries.classes(stage.clock, organ=organ.id, year=term.year) if term else ()
    found = next((one for one in known if one.name == name), None)
    if found is None:
        raise NotFound(what=name)
    return found


def answer_question(stage: Stage, beat: Beat, act: AnswerQuestion) -> None:
    """A school answers the oldest question it was asked."""
    organ = stage.organ(act.school)
    actor = stage.actor_of(organ)
    asked = queries.questions(actor, organ_id=organ.id, state="asked")
    if not asked:
        raise NotFound(what=act.school)
    actions.answer_question(actor, question=asked[-1].id, answer=act.answer, at=beat.at)


def judge(stage: Stage, beat: Beat, act: Judge) -> None:
    """The clock judges what was reported."""
    actions.judge_what_changed(stage.clock, at=beat.at)


def end_findings(stage: Stage, beat: Beat, act: EndFindings) -> None:
    """The findings of one limit and class come to an end."""
    actor, organ = stage.doer(act), stage.organ(act.school)
    term = queries.term_on(actor, day_of(beat.at))
    page = queries.findings(
        actor, edition=stage.plan.edition, term_id=term.id if term else 0, limit=act.limit, organ=organ.id, size=MOST
    )
    found = [row.id for row in page.rows if row.class_name == act.class_]
    if act.end == "problem":
        actions.open_problem(actor, findings=found, title=act.text, kind="homework", at=beat.at)
    elif act.end == "data-error":
        actions.return_to_reporter(actor, findings=found, text=act.text, at=beat.at)
    elif act.end == "exception":
        actions.ask_exception(actor, findings=found, reason=act.text, until=act.until, at=beat.at)
    else:
        actions.grant_exception(actor, findings=found, at=beat.at)
