"""Deeds of examinations: one subject of one class in one term.

What stands there already: a quiz on paper within the class (not on paper in the first two grades), at the end
of the term one unified examination, in junior and senior classes another in the middle.
"""

from __future__ import annotations

from tests.planted.compliant import Rows, exam
from tests.planted.county import days
from tests.planted.deed import NOTHING, Change, Deed, Named, Spot, both, by, hyphened, mine

ALL = ("P1-2", "P3-6", "J", "S")
QUIZ = "other"


def held(was: str, **changed: object) -> Change:
    """Other cells in the examination that was held then."""

    def change(rows: Rows, spot: Spot) -> None:
        (one,) = (row for row in mine(rows, "exams", spot) if row["when"] == was)
        one.update(hyphened(changed))

    return change


def more(times: int, when: str, *, paper: bool = True, unified: bool | None = True) -> Change:
    """More examinations of the subject."""

    def change(rows: Rows, spot: Spot) -> None:
        for _ in range(times):
            day = days(spot.term)[40 + len(mine(rows, "exams", spot))]
            rows["exams"].append(exam(spot.one, spot.term, day, spot.subject, unified=unified, paper=paper, when=when))

    return change


def _deed(says: str, bands: tuple[str, ...], change: Change, breaks: Named = NOTHING, hides: Named = NOTHING) -> Deed:
    return Deed(says, "exams", bands, change, breaks, hides)


_COUNTS = by("exams", "exam-count", "exams")
_RANKED = by("results-published", "", "results-published")
_ENTRANCE = by("entrance-exams", "no-entrance-exam")

_TOO_MANY = (
    _deed(
        "低年级期中再统考一次，不用纸笔",
        ("P1-2",),
        more(1, "mid", paper=False),
        by("exams", "exam-count exam-primary-end-only"),
    ),
    _deed("低年级期末统考用了纸笔", ("P1-2",), held("end", paper=True), by("", "", "exams exams-low")),
    _deed("低年级班里用纸笔测验", ("P1-2",), held(QUIZ, paper=True), by("", "", "exams-low")),
    _deed("三至六年级期末统考两次，三十条正好允许", ("P3-6",), more(1, "end"), by("", "exam-count", "exams")),
    _deed("三至六年级期末统考三次", ("P3-6",), more(2, "end"), _COUNTS),
    _deed(
        "三至六年级期中再统考一次，不用纸笔",
        ("P3-6",),
        more(1, "mid", paper=False),
        by("", "exam-count exam-primary-end-only", "exams-mid"),
    ),
    _deed(
        "三至六年级唯一一次统考放在期中",
        ("P3-6",),
        held("end", when="mid"),
        by("", "exam-primary-end-only", "exams-mid"),
    ),
    _deed("初中期末统考第三次", ("J",), more(1, "end"), _COUNTS),
    _deed(
        "初中平时再统考一次，不用纸笔",
        ("J",),
        more(1, "other", paper=False),
        by("exams", "exam-count exam-junior-mid-and-end", "exams-other"),
    ),
    _deed("初中期中统考挪到平时", ("J",), held("mid", when="other"), by("", "exam-junior-mid-and-end", "exams-other")),
    _deed("高中统考第三次", ("S",), more(1, "end"), by("exams")),
    _deed("高中期中统考挪到平时，没有不许", ("S",), held("mid", when="other")),
    _deed("班里再测验五次，不是统一的", ("P3-6", "J", "S"), more(5, "other", unified=False)),
)
_FACTS = (
    _deed("公布排名", ("P1-2", "P3-6", "J"), held("end", ranked=True), _RANKED),
    _deed("高中公布排名，只有三十条管", ("S",), held("end", ranked=True), by("results-published")),
    _deed("入学分班考试", ALL, held(QUIZ, entrance=True), _ENTRANCE),
)
_HOLES = (
    _deed("排不排名没有报", ("P1-2", "P3-6", "J"), held("end", ranked=None), hides=_RANKED),
    _deed("高中排不排名没有报", ("S",), held("end", ranked=None), hides=by("results-published")),
    _deed("是不是入学考试没有报", ALL, held(QUIZ, entrance=None), hides=_ENTRANCE),
    _deed("统考已经两次，第三次是不是统一的没有报", ("J",), more(1, "end", unified=None), hides=_COUNTS),
    _deed(
        "平时一次纸笔测验是不是统一的没有报",
        ("J",),
        held(QUIZ, unified=None),
        hides=by("exams", "exam-count exam-junior-mid-and-end", "exams exams-other"),
    ),
    _deed(
        "平时一次纸笔测验是不是统一的没有报，小学",
        ("P3-6",),
        # Once for sure, perhaps twice: where twice is allowed nothing is open.
        held(QUIZ, unified=None),
        hides=by("", "exam-count exam-primary-end-only", "exams exams-mid"),
    ),
    _deed(
        "统考已经三次，第四次是不是统一的没有报", ("J",), both(more(1, "end"), more(1, "end", unified=None)), _COUNTS
    ),
    _deed("统考是不是用纸笔没有报", ("P1-2",), held("end", paper=None), hides=by("", "", "exams exams-low")),
    _deed("测验是不是用纸笔没有报", ("P1-2",), held(QUIZ, paper=None), hides=by("", "", "exams-low")),
    _deed("统考是不是用纸笔没有报，次数本来就没有超", ("P3-6", "J"), held("end", paper=None)),
    _deed(
        "统考在什么时候没有报", ("P3-6",), held("end", when=None), hides=by("", "exam-primary-end-only", "exams-mid")
    ),
    _deed("低年级统考在什么时候没有报", ("P1-2",), held("end", when=None), hides=by("", "exam-primary-end-only")),
    _deed(
        "统考在什么时候没有报", ("J",), held("end", when=None), hides=by("", "exam-junior-mid-and-end", "exams-other")
    ),
    _deed("高中统考在什么时候没有报，不要紧", ("S",), held("end", when=None)),
)

DEEDS = (*_TOO_MANY, *_FACTS, *_HOLES)
