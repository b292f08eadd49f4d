"""Phrases: how the words of the rule language are spoken — grades, units, facts, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from qingfu.base.words import AND_SO_ON, N_, Translate, Word, fill, speak
from qingfu.rules.grades import GRADES, STAGES
from qingfu.rules.nodes import PLACES, Limit, Row
from qingfu.rules.tables import Column, Table, known_column

ALL_GRADES, COMPULSORY = N_("all grades"), N_("primary school and junior high")
WHOLE = {"P": N_("primary school"), "J": N_("junior high"), "S": N_("senior high")}
ORDINALS = (N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"))
ONE = {
    "P": N_("grade {first}"),
    "J": N_("year {first} of junior high"),
    "S": N_("year {first} of senior high"),
}
TWO = {
    "P": N_("grades {first} and {last}"),
    "J": N_("years {first} and {last} of junior high"),
    "S": N_("years {first} and {last} of senior high"),
}
MANY = {
    "P": N_("grades {first} to {last}"),
    "J": N_("years {first} to {last} of junior high"),
    "S": N_("years {first} to {last} of senior high"),
}
OF_PLACE = N_("{grades} in the {place}")

AMOUNT = N_("{amount} {unit}")
HOURS = N_("{hours} hours {minutes} minutes")
UNITS = {
    "minute": N_("minutes"), "hour": N_("hours"), "day": N_("days"), "item": N_("pieces"), "time": N_("times"),
    "period": N_("lessons"), "half-period": N_("lessons"), "person": N_("pupils"), "class": N_("school classes"),
    "title": N_("titles"), "grade": N_("grades"),
}  # fmt: skip
EACH = {
    "class": N_("each class"), "school": N_("each school"), "grade": N_("each grade"), "place": N_("each place"),
    "day": N_("each day"), "term": N_("each term"), "weekday": N_("each weekday"), "subject": N_("each subject"),
}  # fmt: skip
EACH_OTHER, BOTH = N_("each {column}"), N_("{one} and {another}")
WORDS = {
    "town": N_("town"), "village": N_("village"),
    "planned": N_("the planned timetable"), "posted": N_("the posted timetable"),
    "taught": N_("what was taught"),
    "mid": N_("mid-term"), "end": N_("end of term"), "other": N_("another time"),
    "holiday": N_("a holiday"), "rest-day": N_("a rest day"), "noon": N_("the noon break"),
    "self-study": N_("self-study"), "after-school": N_("after school"),
}  # fmt: skip
# What a fact is called where it is true, and where it is not.
FACTS = {
    "experimental": (N_("experimental, key or fast"), N_("not experimental, key or fast")),
    "permit": (N_("permitted by the bureau"), N_("not permitted by the bureau")),
    "written": (N_("written"), N_("not written")),
    "rest": (N_("set for a weekend or holiday"), N_("for a school day")),
    "parent-marked": (N_("marked or done by parents"), N_("not marked or done by parents")),
    "punitive": (N_("punitive"), N_("not punitive")),
    "marked": (N_("that the teacher marked"), N_("that the teacher did not mark")),
    "unified": (N_("taken by a whole school or grade"), N_("not taken by a whole school or grade")),
    "paper": (N_("held on paper"), N_("not held on paper")),
    "ranked": (N_("whose scores or ranks were made known"), N_("whose scores and ranks were not made known")),
    "entrance": (N_("for admission or sorting into classes"), N_("not for admission or sorting into classes")),
    "early-study": (N_("with collective study before the first lesson"), N_("without early study")),
    "day-pupils": (N_("that pupils who do not board had to join"), N_("for boarders only")),
    "paid": (N_("paid for by pupils"), N_("not paid for")),
    "after-school-service": (N_("in the name of after-school service"), N_("not in the name of after-school service")),
    "voluntary": (N_("bought by choice"), N_("not bought by choice")),
    "listed": (N_("that are on the list"), N_("that are not on the list")),
}
TEACHING = (N_("in which a lesson was taught"), N_("in which no lesson was taught"))
FACT_OTHER = (N_("with “{column}”: yes"), N_("with “{column}”: no"))
NOUNS = {"timetable": N_("lessons given"), "schedules": N_("day schedules")}
YES, NO = N_("yes"), N_("no")
_SUFFIX = re.compile(r"(?<=[)\d\u00b6\u3000-\uffff])[a-z]$")
VERDICTS = (N_("compliant"), N_("violating"), N_("not reported"))


def own_number(clause: str) -> str:
    """The source's own number of a clause: a pack adds a letter where one number binds twice, as 四(三)b."""
    return _SUFFIX.sub("", clause)


def own_numbers(clauses: Iterable[str]) -> str:
    """Several clauses in one line, each of the source's numbers once."""
    return "、".join(dict.fromkeys(own_number(one) for one in clauses))


def joined(parts: Iterable[str], translate: Translate) -> str:
    """Parts in a row."""
    return translate(AND_SO_ON).join(part for part in parts if part)


def short(column: Column, translate: Translate) -> str:
    """What a column is called inside a sentence: without its explanation."""
    said = translate(column.says)
    for sign in ("（", "，", ", "):
        said = said.partition(sign)[0]
    return said


def grades(some: Sequence[str], translate: Translate) -> str:
    """Grades as officials name them: 三至六年级、初中."""
    if set(some) == set(GRADES):
        return translate(ALL_GRADES)
    if set(some) == {grade for grade in GRADES if grade[0] in "PJ"}:
        return translate(COMPULSORY)
    runs: list[list[str]] = []
    for grade in (grade for grade in GRADES if grade in some):
        if runs and runs[-1][-1][0] == grade[0] and int(runs[-1][-1][1]) + 1 == int(grade[1]):
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return joined((_run(run, translate) for run in runs), translate)


def _run(run: Sequence[str], translate: Translate) -> str:
    stage, first, last = run[0][0], int(run[0][1]), int(run[-1][1])
    if len(run) == STAGES[stage]:
        return translate(WHOLE[stage])
    said = (ONE, TWO, MANY)[min(len(run), 3) - 1][stage]
    return fill(said, {"first": Word(ORDINALS[first - 1]), "last": Word(ORDINALS[last - 1])}, translate)


def row(one: Row, translate: Translate) -> str:
    """Whom a row of a bound is for."""
    said = grades(one.grades, translate)
    if one.places == PLACES:
        return said
    places = joined((word(place, translate) for place in one.places), translate)
    return fill(OF_PLACE, {"grades": said, "place": places}, translate)


def word(value: str, translate: Translate) -> str:
    """A word of a column that holds few, or a word of a plan as it is."""
    return translate(WORDS[value]) if value in WORDS else value


def word_called(code: str, translate: Translate) -> str:
    """What a word that a column may hold is called, in templates and in files: 计划课表, 三年级."""
    return grades((code,), translate) if code in GRADES else word(code, translate)


def fact(table: Table, column: str, *, holds: bool, translate: Translate) -> str:
    """A fact that is true of a row, or one that is not."""
    said = TEACHING if (table.name, column) == ("evenings", "teaching") else FACTS.get(column, FACT_OTHER)
    found = known_column(table, column)
    return fill(said[0 if holds else 1], {"column": short(found, translate) if found else column}, translate).strip()


def noun(table: Table, translate: Translate) -> str:
    """What the rows of a table are called."""
    return translate(NOUNS.get(table.name, table.says))


def each(per: Sequence[str], table: Table, translate: Translate) -> str:
    """What makes a group: 每班每天."""
    whole = ""
    for name in per:
        column = known_column(table, name)
        other = {"column": short(column, translate) if column else name}
        one = translate(EACH[name]) if name in EACH else fill(EACH_OTHER, other, translate)
        whole = fill(BOTH, {"one": whole, "another": one}, translate) if whole else one
    return whole


def amount(limit: Limit, value: int, translate: Translate) -> str:
    """A value of the limit's column as the office writes it: 6小时30分钟, 8:20, 7.5节."""
    if limit.unit == "clock":
        return f"{value // 60}:{value % 60:02d}"
    whole, rest = divmod(value, limit.ratio)
    if limit.unit == "hour" and limit.ratio == 60 and rest:
        return fill(HOURS, {"hours": whole, "minutes": rest}, translate)
    number = str(whole) if not rest else f"{value / limit.ratio:g}"
    return fill(AMOUNT, {"amount": number, "unit": Word(UNITS.get(limit.unit, limit.unit))}, translate)


def cell(value: object, column: Column | None, translate: Translate) -> str:
    """A cell as people read it; nothing is a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return translate(YES if value else NO)
    if isinstance(value, date):
        return str(speak(value, translate))
    if column is not None and column.kind == "clock" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02d}"
    if column is not None and column.name == "grade" and value in GRADES:
        return word_called(str(value), translate)
    return word(str(value), translate) if column is not None and column.among else str(value)
