"""Every error has a code of its own and says what happened and what to do, in both languages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import qingfu.base
from qingfu.base import errors
from qingfu.base.errors import (
    BrokenPack,
    FieldFault,
    Full,
    Invalid,
    MissingKey,
    NotAllowed,
    PackDay,
    QingfuError,
    Stale,
    every_error,
)
from qingfu.base.words import N_, Word, paragraph, say, translator

BASE = Path(qingfu.base.__file__).parent
CATALOGUE = BASE.parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "parts" / "base.po"
PLACES = re.compile(r"(?<!\{)\{(\w+)")


def chinese() -> dict[str, str]:
    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()))
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def into_chinese() -> Callable[[str], str]:
    catalogue = chinese()
    return lambda msgid: catalogue.get(msgid, msgid)


def msgids() -> Iterator[str]:
    for found in extract_from_dir(BASE, [("**.py", "python")], keywords={"N_": None}):
        yield str(found[2])


def of_base() -> list[type[QingfuError]]:
    return [kind for kind in every_error() if kind.__module__.startswith("qingfu.base.")]


def test_every_code_is_its_own() -> None:
    codes = [kind.code for kind in of_base()]
    assert sorted(codes) == sorted(set(codes))
    assert all(re.fullmatch(r"QF-[A-Z-]+", code) for code in codes)


def test_the_tree_in_the_docstring_names_every_error_and_the_package_exports_it() -> None:
    drawn = set(re.findall(r"\w+", errors.__doc__ or ""))
    for kind in of_base():
        assert kind.__name__ in drawn
        assert getattr(errors, kind.__name__) is kind
        assert kind.__name__ in errors.__all__


def test_every_sentence_of_the_ground_floor_has_its_chinese() -> None:
    catalogue = chinese()
    assert [msgid for msgid in msgids() if not catalogue.get(msgid)] == []


def test_the_chinese_fills_no_place_that_the_english_lacks() -> None:
    for msgid, text in chinese().items():
        assert set(PLACES.findall(text)) <= set(PLACES.findall(msgid)), msgid


def test_the_catalogue_keeps_no_sentence_that_nobody_says() -> None:
    assert set(chinese()) - set(msgids()) == set()


def test_an_error_says_what_happened_under_which_clause_and_what_to_do() -> None:
    full = Full(clause="四(三)", list="白名单", cap=10, window="2024")
    assert full.text() == (
        "“白名单” is full: at most 10 in 2024. Under: 四(三). "
        "Remove an item first, or ask the leading group whether the cap changes."
    )
    assert full.text(into_chinese()) == (
        "“白名单”已满：2024内最多 10 项。依据：四(三)。请先调出一项，或请示领导小组是否调整总量。"
    )
    assert str(full).startswith("QF-LIST-FULL: ")


def test_an_error_with_a_missing_fact_shows_a_hole_and_not_a_second_error() -> None:
    for kind in of_base():
        error = kind.__new__(kind)
        QingfuError.__init__(error)
        assert kind.says
        assert kind.do
        assert error.what()
        assert error.what(into_chinese()) != error.what()
    assert Stale(seen="aa").text().count("…") == 1


def test_facts_that_are_words_of_ours_are_translated_and_others_are_not() -> None:
    spoken = {"strike off": "销号"}
    error = NotAllowed(verb=Word("strike off"), who=["strike off", Word("strike off")])
    assert error.text(lambda msgid: spoken.get(msgid, msgid)) == (
        "Your post may not do this: 销号. Choose another of your posts, or ask somebody who may: strike off, 销号."
    )


def test_braces_in_what_people_typed_are_left_alone() -> None:
    assert "{clause.__class__}" in Full(list="{clause.__class__}", cap=1, window="…").text()


def test_a_pack_error_names_file_line_clause_and_what_to_write_instead() -> None:
    error = PackDay(
        file="plan.yaml", line=12, key="due.date", clause="五(二)", suggestion='"2024-02-29"', value="2024-02-30"
    )
    assert error.text() == (
        'plan.yaml:12: There is no such day: 2024-02-30. Under: 五(二). Write instead: "2024-02-29".'
    )
    assert (error.file, error.line, error.key) == ("plan.yaml", 12, "due.date")


def test_a_broken_pack_tells_all_its_faults_at_once() -> None:
    faults = [MissingKey(file="a.yaml", line=n, key=f"k{n}") for n in (1, 2)]
    lines = BrokenPack(faults).text().splitlines()
    assert lines[0].startswith("The pack has 2 faults.")
    assert [line.split(":")[1] for line in lines[1:]] == ["1", "2"]


def test_invalid_answers_are_told_field_by_field() -> None:
    error = Invalid(FieldFault("starts", "Too early: {day}.", {"day": date(2024, 7, 1)}))
    assert error.text().splitlines()[1] == "- starts: Too early: 2024-07-01."


def test_without_a_catalogue_the_words_stay_english() -> None:
    assert translator("xx")("Something went wrong.") == "Something went wrong."


def test_nothing_said_stays_nothing_in_every_language() -> None:
    assert [translator(language)("") for language in ("zh-hans", "en", "xx")] == ["", "", ""]


def test_sentences_follow_each_other_with_a_space_only_where_the_language_wants_one() -> None:
    assert paragraph(["One.", "", "Two."]) == "One. Two."
    assert paragraph(["一。", "二。"], into_chinese()) == "一。二。"


def test_a_sentence_for_later_speaks_days_and_instants_in_its_language() -> None:
    said = say(N_("Last day: {day}; no working day left."), day=date(2024, 8, 5))
    assert said.text() == "Last day: 2024-08-05; no working day left."
    assert said.text(into_chinese()) == "2024年8月5日截止，已无工作日。"


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_word_does_not_read_out_the_header_of_the_catalogue(empty: str | None) -> None:
    said = say("[{word}]", word=Word(empty) if empty is not None else None)
    header = {"": "Language: zh_Hans"}
    assert "Language" not in said.text(lambda msgid: header.get(msgid, msgid))


def test_a_refusal_that_names_nobody_ends_in_no_colon() -> None:
    said = NotAllowed(verb=Word("see enrolment"), who=[]).next_step(into_chinese())
    assert said == "请切换到您的其他岗位，或请有权的人办理。"
    assert NotAllowed(verb=Word("see enrolment"), who=["县教育局"]).next_step(into_chinese()).endswith("：县教育局。")
