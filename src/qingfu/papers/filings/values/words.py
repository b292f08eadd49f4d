"""Words: yes and no, and the words a column may hold, as offices write them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from qingfu.base.errors import NotAmong, NotYesNo
from qingfu.base.words import N_, Word, say, translator
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.classes import grade_named
from qingfu.papers.filings.numerals import numeral, plain
from qingfu.papers.filings.values.meaning import NOTHING, UNREPORTED, Asks, Meaning, Taken, Wrong, folded, nothing, said
from qingfu.rules.grades import GRADES
from qingfu.rules.phrases import WORDS, grades, word_called
from qingfu.rules.tables import Column

YES = frozenset(["是", "有", "对", "√", "✓", "✔", "☑", "●", "v", "true", "yes", "y", "t", "1"])
NO = frozenset(["否", "无", "不", "没有", "未", "×", "✗", "✘", "✕", "x", "false", "no", "n", "f", "0"])
WHICH_GRADE = N_("“{text}”: is that {grade}?")
WHICH_WORD = N_("“{text}”: which one is meant?")
# Beside the code and what the register calls it.
ALSO: Mapping[str, tuple[str, ...]] = {
    "town": ("城区", "县城", "城市", "城镇学校", "镇区"),
    "village": ("村", "农村", "乡村学校", "乡"),
    "planned": ("计划", "应开", "应开课表", "课程计划", "计划课程表"),
    "posted": ("公示", "张贴", "上墙", "公布", "公示课程表"),
    "taught": ("实际", "实授", "实上", "实际课表", "实际上课情况"),
    "mid": ("期中考试", "期中检测"),
    "end": ("期末考试", "期末检测"),
    "other": ("其他", "其它", "平时", "单元", "单元测试", "月考", "周测"),
    "holiday": ("寒假", "暑假", "寒暑假", "节日", "节假日", "法定节假日", "假期"),
    "rest-day": ("双休日", "周末", "星期六", "星期日", "周六", "周日"),
    "noon": ("中午", "午间"),
    "self-study": ("自习", "晚自习", "早自习"),
    "after-school": ("放学后", "课后服务", "课后服务时间"),
}
_chinese = translator("zh-hans")


def yes_no(cell: Cell, column: Column, term: str | None) -> Meaning:
    """是/否, 有/无, √/×, 1/0 and the workbook's own truth; a stroke is asked about."""
    if isinstance(cell.value, bool):
        return Taken(cell.value)
    text = folded(cell)
    if text in YES:
        return Taken(True)
    if text in NO:
        return Taken(False)
    return nothing(said(cell), (("否", "否"),)) if text in NOTHING else Wrong(NotYesNo)


def word(cell: Cell, column: Column, term: str | None) -> Meaning:
    """A text; where the column has a list of words, one of them."""
    text = said(cell)
    if not column.among:
        return Taken("".join(text.split()) if not text.isascii() else text)
    if column.among == GRADES:
        return _grade(text)
    names = {name: code for code in column.among for name in names_of(code)}
    flat = folded(cell)
    if flat in names:
        return Taken(names[flat])
    if flat in NOTHING:
        return Asks(say(WHICH_WORD, text=text), (*((code, shown(code)) for code in column.among), UNREPORTED), False)
    near = get_close_matches(flat, [name for name in names if len(name) > 1], n=1, cutoff=0.6)
    among = tuple(shown(code) for code in column.among)
    return Wrong(NotAmong, shown(names[near[0]]) if near else None, {"among": among})


def shown(code: str) -> Word | str:
    """What a word is called: by the register, a grade as officials call it."""
    return grades((code,), _chinese) if code in GRADES else Word(WORDS[code])


def written(code: str) -> str:
    """The word as a Chinese sheet writes it."""
    return word_called(code, _chinese)


def names_of(code: str) -> tuple[str, ...]:
    """Everything a word may be called in a sheet, folded."""
    return tuple(plain(name).casefold() for name in (code, WORDS[code], _chinese(WORDS[code]), *ALSO.get(code, ())))


def _grade(text: str) -> Meaning:
    if (grade := grade_named(text)) is not None:
        return Taken(grade)
    year = numeral(text.removesuffix("级"))
    if year is not None and 1 <= year <= len(GRADES):
        meant = GRADES[year - 1]
        return Asks(say(WHICH_GRADE, text=text, grade=shown(meant)), ((meant, shown(meant)),))
    return Wrong(NotAmong, None, {"among": tuple(shown(code) for code in GRADES)})
