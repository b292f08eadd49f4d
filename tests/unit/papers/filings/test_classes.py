"""Which class an office means by what it wrote."""

from __future__ import annotations

import pytest

from qingfu.papers.filings.classes import KnownClass, class_meant, classes_within, grade_named
from qingfu.papers.filings.outcome import Doubt
from tests.unit.papers.filings.sheets import CHINESE, PRIMARY, SCHOOL


def doubt(text: str, known: tuple[KnownClass, ...] = SCHOOL) -> Doubt:
    found = class_meant(text, known)
    assert isinstance(found, Doubt)
    return found


@pytest.mark.parametrize(("text", "code"), [
    ("三（2）班", "P3-2"), ("三(2)班", "P3-2"), ("三年级2班", "P3-2"), ("三年级二班", "P3-2"), ("3.2班", "P3-2"),
    ("302", "P3-2"), ("302班", "P3-2"), ("小三2班", "P3-2"), ("小学三年级（2）班", "P3-2"), ("三 2 班", "P3-2"),
    ("三（２）班", "P3-2"), ("三二班", "P3-2"), ("3-2", "P3-2"), ("三年级(二)班", "P3-2"), ("三【2】班", "P3-2"),
    ("初二（3）班", "J2-3"), ("八年级3班", "J2-3"), ("八（3）班", "J2-3"), ("初中二年级3班", "J2-3"), ("803", "J2-3"),
    ("703班", "J1-3"), ("初一三班", "J1-3"), ("P3-2", "P3-2"), ("p3-2", "P3-2"),
])  # fmt: skip
def test_a_class_is_known_by_whatever_offices_write(text: str, code: str) -> None:
    found = class_meant(text, SCHOOL)
    assert isinstance(found, KnownClass)
    assert found.code == code


@pytest.mark.parametrize("text", ["十年级2班", "高一（1）班", "八（3）班", "十一（2）班", "初三2班"])
def test_a_grade_the_school_has_not_is_refused_by_name(text: str) -> None:
    found = doubt(text, PRIMARY)
    assert "本校没有" in found.asks.text(CHINESE)
    assert str(dict(found.asks.facts)["grade"])[0] in text


@pytest.mark.parametrize("text", ["2班", "三年级", "(3)班", "2023级3班", "实验班", "六（9）班", "十一班"])
def test_what_may_be_several_classes_or_none_is_asked(text: str) -> None:
    assert doubt(text).presumed is None


def test_a_number_alone_offers_the_classes_of_that_number() -> None:
    assert {code[-1] for code, _ in doubt("2班").candidates} == {"2"}


def test_a_grade_alone_offers_its_classes_and_is_enough_where_it_has_one() -> None:
    assert [code for code, _ in doubt("三年级").candidates] == ["P3-1", "P3-2", "P3-3"]
    small = (KnownClass("a", "一年级", "P1"), KnownClass("b", "二年级", "P2"))
    assert class_meant("小二", small) == small[1]


def test_two_classes_of_one_name_are_never_chosen_between() -> None:
    twins = (KnownClass("east-31", "三（1）班", "P3"), KnownClass("west-31", "三（1）班", "P3"))
    assert [code for code, _ in doubt("三（1）班", twins).candidates] == ["east-31", "west-31"]
    assert class_meant("west-31", twins) == twins[1]


def test_a_code_that_reads_as_another_class_is_asked() -> None:
    crossed = (KnownClass("302", "四（1）班", "P4"), KnownClass("401", "三（2）班", "P3"))
    assert {code for code, _ in doubt("302", crossed).candidates} == {"302", "401"}


def test_a_run_of_numerals_with_two_readings_is_asked_where_both_exist() -> None:
    many = tuple(KnownClass(f"{grade}-{n}", f"{name}（{n}）班", f"P{grade}") for grade, name in ((1, "一"), (3, "三"))
                 for n in (2, 12))  # fmt: skip
    assert class_meant("三十二班", many) == many[3]
    assert {code for code, _ in doubt("12班", many).candidates} >= {"1-2", "1-12", "3-12"}


def test_a_junior_school_that_says_three_is_asked_whether_it_means_its_third_year() -> None:
    junior = tuple(one for one in SCHOOL if one.grade.startswith("J"))
    assert doubt("三（2）班", junior).presumed == "J3-2"


def test_the_same_text_is_the_same_doubt() -> None:
    assert doubt("2班").id == doubt(" 2 班").id != doubt("3班").id


@pytest.mark.parametrize(("title", "codes"), [
    ("城关小学三（2）班课程表（2024-2025学年第二学期）", ["P3-2"]), ("2024—2025学年度四年级1班课表", ["P4-1"]),
    ("课程表", []), ("三（1）班、三（2）班课表", ["P3-1", "P3-2"]), ("序号1三(2)班", ["P3-2"]),
])  # fmt: skip
def test_a_title_names_its_classes(title: str, codes: list[str]) -> None:
    assert [one.code for one in classes_within(title, SCHOOL)] == codes


@pytest.mark.parametrize(("text", "grade"), [
    ("三年级", "P3"), ("初二", "J2"), ("八年级", "J2"), ("高一", "S1"), ("十年级", "S1"), ("p6", "P6"), ("三", None),
    ("十三年级", None), ("三（2）班", None),
])  # fmt: skip
def test_a_grade_is_known_by_its_name(text: str, grade: str | None) -> None:
    assert grade_named(text) == grade
