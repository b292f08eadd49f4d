"""A photographed timetable as a proposal: rows and columns by place, and a question wherever one may be wrong."""

from __future__ import annotations

import json

import pytest

from qingfu.base.errors import NotReadable, PhotoUnclear
from qingfu.papers.filings.outcome import ClassGrid, GridCell
from qingfu.papers.photos.comparing import Difference, compare
from qingfu.papers.photos.grids import grid_of
from qingfu.papers.photos.words import MOST_WORDS, Word, Words, words_from
from tests.unit.papers.photos.paper import DOOR, WEEK, in_question, lessons, proposal, taken, words

NO_LESSON = "-"


def changed(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(line) for line in DOOR]
    rows[row][column] = text
    return rows


@pytest.mark.parametrize("tilt", [0.0, 3.0, -4.0, 8.0])
@pytest.mark.parametrize("keystone", [0.0, 0.1, 0.25])
def test_rows_and_columns_are_found_however_the_sheet_is_held(tilt: float, keystone: float) -> None:
    found = proposal(words(DOOR, tilt=tilt, keystone=keystone, title="三年级2班课程表"))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)


def test_an_unsure_word_is_asked_about_with_what_was_read_as_the_likely_answer() -> None:
    found = proposal(words(DOOR, sure={"劳动": 0.7}))
    assert not found.read.is_clean
    [doubt] = found.read.doubts
    assert (doubt.presumed, found.places[doubt.id]) == ("劳动", ((3, 5),))
    assert (3, 5) not in taken(found)
    answered = proposal(words(DOOR, sure={"劳动": 0.7}), answers={doubt.id: "美术"})
    assert answered.read.is_clean
    assert taken(answered)[3, 5] == "美术"


def test_a_place_where_nothing_was_read_is_a_question_and_no_free_lesson() -> None:
    found = proposal(words(changed(4, 3, "")))
    [doubt] = found.read.doubts
    assert found.places[doubt.id] == ((3, 4),)
    free = proposal(words(changed(4, 3, "")), answers={doubt.id: NO_LESSON})
    assert free.read.is_clean
    assert (3, 4) not in taken(free)


def test_what_was_filed_is_offered_and_never_presumed() -> None:
    found = proposal(words(changed(4, 3, "")), filed={(3, 4): "音乐"})
    [doubt] = found.read.doubts
    assert [value for value, _ in doubt.candidates] == ["音乐", NO_LESSON]
    assert doubt.presumed is None


def test_signs_that_are_no_subject_are_asked_about_and_may_be_a_stain() -> None:
    found = proposal(words(changed(2, 2, "珪荪")))
    [doubt] = found.read.doubts
    assert in_question(found) == {(2, 2)}
    assert doubt.presumed is None
    stain = proposal(words(changed(2, 2, "珪荪")), answers={doubt.id: NO_LESSON})
    assert stain.read.is_clean
    assert (2, 2) not in taken(stain)
    typed = proposal(words(changed(2, 2, "珪荪")), answers={doubt.id: "语文"})
    assert taken(typed) == lessons(DOOR)


def test_short_names_are_the_subjects_that_sheets_mean_by_them() -> None:
    found = proposal(words(changed(4, 1, "体")))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)
    assert in_question(proposal(words(changed(4, 1, "综")))) == {(1, 4)}


def test_two_subjects_in_one_cell_are_asked_how_they_share_it() -> None:
    found = proposal(words(changed(4, 2, "音乐/美术")))
    [doubt] = found.read.doubts
    assert in_question(found) == {(2, 4)}
    turns = proposal(words(changed(4, 2, "音乐/美术")), answers={doubt.id: "turns"})
    assert sum(row.cells["fortnight"] == 1 for row in turns.read.rows) == 2


def test_a_teacher_below_the_subject_belongs_to_the_same_cell() -> None:
    rows = [WEEK, *([row[0], *(f"{text}\n王老师" for text in row[1:])] for row in DOOR[1:])]
    found = proposal(words(rows, line=130, size=26))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)


def test_a_pause_across_the_week_is_no_lesson() -> None:
    rows = [*DOOR[:3], ["大课间", "", "", "", "", ""], *DOOR[3:]]
    found = proposal(words(rows))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)


@pytest.mark.parametrize(("column", "weekday"), [(1, 1), (3, 3), (5, 5)])
def test_a_weekday_nobody_could_read_is_asked_about(column: int, weekday: int) -> None:
    found = proposal(words(changed(0, column, "")))
    [doubt] = found.read.doubts
    assert doubt.presumed == str(weekday)
    answered = proposal(words(changed(0, column, "")), answers={doubt.id: str(weekday)})
    assert answered.read.is_clean
    assert taken(answered) == lessons(DOOR)


def test_weekdays_that_leave_one_out_are_asked_about() -> None:
    assert [doubt.presumed for doubt in proposal(words(changed(0, 3, "星期四"))).read.doubts]


@pytest.mark.parametrize("row", [1, 3, 6])
def test_a_line_without_its_number_is_asked_about(row: int) -> None:
    found = proposal(words(changed(row, 0, "")))
    assert next(doubt.presumed for doubt in found.read.doubts) == str(row)
    answered = proposal(
        words(changed(row, 0, "")), answers={doubt.id: doubt.presumed or "" for doubt in found.read.doubts}
    )
    assert answered.read.is_clean
    assert taken(answered) == lessons(DOOR)


def test_a_number_read_wrong_moves_no_lesson_without_a_question() -> None:
    found = proposal(words(changed(3, 0, "第八节")))
    assert found.read.doubts
    assert not found.read.is_clean


def test_the_afternoon_may_begin_again_at_one_where_the_sheet_says_afternoon() -> None:
    plain = [["", *WEEK], *([part, *row] for part, row in zip(["", "上午", "", "", "", ""], DOOR[1:], strict=True))]
    again = [list(row) for row in plain]
    again[5][0], again[5][1], again[6][1] = "下午", "第一节", "第二节"
    found = proposal(words(again, column=180))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)
    again[5][0] = ""
    assert proposal(words(again, column=180)).read.doubts


def test_a_word_over_two_columns_is_in_question_in_both() -> None:
    seen = words(changed(4, 2, ""))
    wide = tuple(_stretched(one, 250) if one.text == "音乐" and one.box[0][1] < 600 else one for one in seen.words)
    found = proposal(Words(wide))
    assert {(2, 4), (3, 4)} <= in_question(found)


def _stretched(word: Word, by: float) -> Word:
    a, b, c, d = word.box
    return Word(word.text, ((a[0] - by, a[1]), b, c, (d[0] - by, d[1])), word.sure)


def test_the_title_of_another_class_is_asked_about() -> None:
    found = proposal(words(DOOR, title="三（1）班课程表"))
    [doubt] = found.read.doubts
    assert proposal(words(DOOR, title="三（1）班课程表"), answers={doubt.id: "yes"}).read.is_clean
    assert proposal(words(DOOR, title="城关小学三（2）班课程表")).read.is_clean
    assert not proposal(words(DOOR, title="四（2）班课程表")).read.is_clean


def test_what_is_no_timetable_is_said_to_be_unclear() -> None:
    for seen in (Words(), words([["今日菜单"], ["土豆"], ["白菜"]]), words(DOOR[1:])):
        with pytest.raises(PhotoUnclear):
            grid_of(seen)


def test_words_come_back_from_a_form_as_they_went_and_nothing_else_does() -> None:
    seen = words(DOOR, tilt=2.5)
    back = words_from(seen.written())
    assert [one.text for one in back.words] == [one.text for one in seen.words]
    assert taken(proposal(back)) == lessons(DOOR)
    word = ["语文", [0] * 8, 0.9]
    bad = [
        "", "{}", "[1]", "[[]]", '[["a", [1], 1]]', json.dumps([["a", [1e9] * 8, 1]]),
        json.dumps([word] * (MOST_WORDS + 1)),
        '[["a", [0,0,0,0,0,0,0,NaN], 1]]', "[" * 90_000, json.dumps([[{}, [0] * 8, 1]]),
    ]  # fmt: skip
    for text in bad:
        with pytest.raises(NotReadable):
            words_from(text)


def test_every_place_that_differs_is_named() -> None:
    cells = (GridCell(1, 1, "语文", "B2"), GridCell(2, 1, "美术/音乐", "C2"), GridCell(3, 1, "体育", "D2"))
    found = compare(
        ClassGrid("c1", "", "", cells=cells), {(1, 1): "语文", (2, 1): "音乐/美术", (3, 1): "数学", (4, 1): "英语"}
    )
    assert found == (Difference(3, 1, "体育", "数学"), Difference(4, 1, "", "英语"))
