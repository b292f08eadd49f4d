"""Classes: which class of the school an office means by what it wrote, or the question which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from qingfu.base.words import N_, say
from qingfu.papers.filings.numerals import CHINESE, numeral, plain
from qingfu.papers.filings.outcome import SHOWN, Doubt, doubt_id
from qingfu.rules.grades import GRADES, STAGES

WHICH = N_("Which class is “{text}”?")
NO_GRADE = N_("“{text}”: the school has no {grade}. Which class is meant?")
NO_CLASS = N_("“{text}”: the school has no such class. Which one is meant?")
NEAR = 6
_STAGE = {"小学": "P", "小": "P", "初中": "J", "初": "J", "高中": "S", "高": "S"}
_FIRST = {"P": 0, "J": 6, "S": 9}
_HEAD = r"(?P<stage>小学|初中|高中|小|初|高)?"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{CHINESE}]{{1,3}})"
# 三(2)班 · 三年级2班 · 3.2班 · 初二3班: nothing but one grade and one number can be meant.
_CLEAR = tuple(
    re.compile(rf"{_HEAD}(?P<grade>{_NUMBER}){between}(?P<number>{_NUMBER}){end}")
    for between, end in (
        (r"(?:年级|年|级)?[.\-—·,/、_]?\(第?", r"班?\)班?"),
        (r"(?:年级|年|级)[.\-—·,/、_]?第?", r"班?"),
        (r"[.\-—·,/、_]", r"班?"),
    )
)
_CLEAR_MIXED = re.compile(rf"{_HEAD}(?P<grade>[一二三四五六七八九]|十[一二]?)(?P<number>[0-9]{{1,2}})班?")
_ONLY_GRADE = re.compile(
    rf"(?:{_HEAD}(?P<grade>{_NUMBER})(?:年级|年)|(?P<stage2>初|高|小)(?P<grade2>[一二三四五六]))班?"
)
_RUN = re.compile(rf"{_HEAD}(?P<run>[0-9]{{1,4}}|[{CHINESE}]{{1,4}})(?P<end>班)?")
_SOMEWHERE = re.compile(
    rf"(?:小学|初中|高中|小|初|高)?{_NUMBER}(?:年级|年|级)?[.\-—·,/、_]?(?:\(第?{_NUMBER}班?\)班?|{_NUMBER}班|班)"
)


@dataclass(frozen=True)
class KnownClass:
    """A class the school has: its code in the register, what it is called, its grade (P1 … S3)."""

    code: str
    name: str
    grade: str


@dataclass(frozen=True)
class _Reading:
    """One thing a text may say: a grade as it is written there and as a code, and a number within the grade."""

    written: str
    grade: str | None
    number: int | None


def class_meant(text: str, known: Sequence[KnownClass]) -> KnownClass | Doubt:
    """The class of that name, code, or grade and number; a doubt with the nearest where none or several can be."""
    flat = plain(text)
    folded = flat.casefold()
    exact = [one for one in known if folded in (plain(one.code).casefold(), plain(one.name).casefold())]
    readings = _readings(flat)
    meant = _distinct([*exact, *(one for reading in readings for one in _said(reading, known))])
    near = _distinct(one for reading in readings for one in _perhaps(reading, known))
    if len(meant) == 1 and (exact or not [one for one in near if one not in meant]):
        return meant[0]
    candidates = _distinct([*meant, *near, *_alike(flat, known)])[:NEAR]
    absent = next((one.written for one in readings if one.written and _is_absent(one, known)), None)
    if len(meant) > 1 or not readings:
        asks = say(WHICH, text=text.strip()[:SHOWN])
    elif absent is not None and not meant:
        asks = say(NO_GRADE, text=text.strip()[:SHOWN], grade=absent)
    else:
        asks = say(WHICH if meant or near else NO_CLASS, text=text.strip()[:SHOWN])
    return Doubt(
        id=doubt_id("class", flat), where="", text=text.strip()[:SHOWN], asks=asks,
        candidates=tuple((one.code, one.name) for one in candidates),
        presumed=near[0].code if len(near) == 1 and not meant else None,
    )  # fmt: skip


def classes_within(text: str, known: Sequence[KnownClass]) -> tuple[KnownClass, ...]:
    """The classes that a title speaks of: 城关小学三（2）班课程表."""
    flat = plain(text)
    named = [one for one in known if plain(one.name) == flat]
    for found in () if named else _SOMEWHERE.finditer(flat):
        meant = class_meant(found[0], known)
        if isinstance(meant, KnownClass):
            named.append(meant)
    return tuple(_distinct(named or (one for one in known if len(plain(one.name)) > 2 and plain(one.name) in flat)))


def designation(text: str) -> str:
    """The first class, known or not, that a title speaks of; empty where it speaks of none."""
    found = _SOMEWHERE.search(plain(text))
    return found[0] if found else ""


def speaks_of_class(text: str) -> bool:
    """Whether a title names some class, known or not."""
    return bool(designation(text))


def grade_named(text: str) -> str | None:
    """The grade that 三年级, 初二, 高一 or P3 names; None for a bare number, which may be anything."""
    flat = plain(text)
    if flat.upper() in GRADES:
        return flat.upper()
    found = _ONLY_GRADE.fullmatch(flat)
    if found is None or flat.endswith("班"):
        return None
    return _grade(found["stage"] or found["stage2"], numeral(found["grade"] or found["grade2"]))


def _grade(stage: str | None, year: int | None) -> str | None:
    """The code of a grade: counted within its stage where one is said, or through from the first to the twelfth."""
    if year is None or year < 1:
        return None
    if stage is None:
        return GRADES[year - 1] if year <= len(GRADES) else None
    letter = _STAGE[stage]
    if year > STAGES[letter]:
        year -= _FIRST[letter]
    return f"{letter}{year}" if 1 <= year <= STAGES[letter] else None


@lru_cache(maxsize=4096)
def _readings(flat: str) -> tuple[_Reading, ...]:
    for pattern in (*_CLEAR, _CLEAR_MIXED):
        if found := pattern.fullmatch(flat):
            return (_reading(found["stage"], found["grade"], found["number"]),)
    if found := _ONLY_GRADE.fullmatch(flat):
        stage, year = found["stage"] or found["stage2"], found["grade"] or found["grade2"]
        return (_reading(stage, year, None),)
    found = _RUN.fullmatch(flat)
    return tuple(_splits(found["stage"], found["run"], is_named=bool(found["end"]))) if found else ()


def _reading(stage: str | None, year: str, number: str | None) -> _Reading:
    if stage is None and (numeral(year) or 0) > len(GRADES):
        # 2023级: the year they came in, which says nothing without the day.
        return _Reading("", None, numeral(number) if number else None)
    written = f"{stage or ''}{year}" + ("" if stage in ("初", "高", "小") else "年级")
    return _Reading(written, _grade(stage, numeral(year)), numeral(number) if number else None)


def _splits(stage: str | None, run: str, *, is_named: bool) -> Iterator[_Reading]:
    """302, 三二, 32: every place where the grade may end; without a stage also the number alone."""
    digits = run[0].isdigit()
    for end in range(1, len(run)):
        year, number = numeral(run[:end]), numeral(run[end:])
        # Two figures behind the grade are the rule where there are three: 302 is no class 2 of grade 30.
        if digits and len(run) - end != (1 if len(run) == 2 else 2) and not (len(run) == 3 and year and year >= 10):
            continue
        if year and number and 1 <= year <= len(GRADES):
            yield _reading(stage, run[:end].lstrip("0") or run[:end], run[end:])
    if stage is None and (is_named or digits) and (number := numeral(run)) and number < 100:
        yield _Reading("", None, number)


def _said(reading: _Reading, known: Sequence[KnownClass]) -> list[KnownClass]:
    """The classes that have the grade and the number; of a grade without number, its only class."""
    if reading.grade is None:
        return []
    there = [one for one in known if one.grade == reading.grade]
    if reading.number is None:
        return there if len(there) == 1 else []
    return [one for one in there if _number(one) == reading.number]


def _perhaps(reading: _Reading, known: Sequence[KnownClass]) -> list[KnownClass]:
    """Classes that somebody might have meant: of that number; or of that grade; or 三 where only 初三 is taught."""
    if reading.grade is None and not reading.written:
        return [one for one in known if _number(one) == reading.number]
    if reading.number is None or _said(reading, known):
        return [one for one in known if one.grade == reading.grade] if reading.number is None else []
    grades = {one.grade for one in known}
    if reading.grade in ("P1", "P2", "P3") and not any(grade.startswith("P") for grade in grades):
        year = reading.grade[1]
        return [one for one in known if one.grade[1] == year and _number(one) == reading.number]
    return []


def _is_absent(reading: _Reading, known: Sequence[KnownClass]) -> bool:
    return reading.grade is None or all(one.grade != reading.grade for one in known)


def _alike(flat: str, known: Sequence[KnownClass]) -> list[KnownClass]:
    called = {plain(one.name): one for one in known}
    numbers = {reading.number for reading in _readings(flat)} - {None}
    near = [called[name] for name in get_close_matches(flat, list(called), n=NEAR, cutoff=0.4)]
    return near or [one for one in known if _number(one) in numbers]


def _number(one: KnownClass) -> int | None:
    """The number of a class within its grade, by its name or else by its code."""
    for text in (one.name, one.code):
        readings = _readings(plain(text))
        for grade in (one.grade, None):
            for reading in readings:
                if reading.grade == grade and reading.number is not None and (grade or not reading.written):
                    return reading.number
    return None


def _distinct(some: Iterable[KnownClass]) -> list[KnownClass]:
    return list(dict.fromkeys(some))
