"""Subjects: the written table of what schools call them for short; what is short for several is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from qingfu.base.words import N_, say
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.values.meaning import Asks, Taken

SUBJECT_ASKS = N_("“{text}”: which subject is meant?")
LONGEST = 20


@dataclass(frozen=True)
class _Subject:
    """Full names that mean the same, the usual one first, and what they are shortened to."""

    names: tuple[str, ...]
    short: tuple[str, ...] = ()


_SUBJECTS = tuple(
    _Subject(tuple(names.split()), tuple(short.split()))
    for names, short in (
        ("语文", "语"),
        ("数学", "数"),
        ("英语", "英"),
        ("道德与法治", "道法 道德 道德法治"),
        ("政治 思想政治", ""),
        ("科学", "科"),
        ("物理", "物"),
        ("化学", "化"),
        ("生物 生物学", "生"),
        ("历史", "史 历"),
        ("地理", ""),
        ("体育 体育与健康 体育健康", "体 体健"),
        ("音乐", "音"),
        ("美术", "美"),
        ("书法", "书"),
        ("写字", "写"),
        ("信息技术 信息科技", "信息 信 信技 信科 微机 电脑 计算机"),
        ("综合实践 综合实践活动", "综合 综实 综合活动 综合课"),
        ("劳动 劳动教育 劳动与技术", "劳 劳技 劳教"),
        ("心理健康 心理健康教育 心理", "心 心健 心育"),
        ("班会 主题班会", "班"),
        ("少先队活动 少先队", "队会 队活动 少队"),
        ("阅读 课外阅读", "阅"),
        ("地方课程 地方", "地方课"),
        ("校本课程", "校本课程课"),
        ("安全教育 安全", ""),
        ("健康教育", ""),
        ("自习 自习课", ""),
        ("社团 社团活动", ""),
        ("体育活动 阳光体育 体育锻炼", "体活 体锻"),
        ("国学", ""),
        ("舞蹈", ""),
        ("通用技术", "通技"),
    )
)
# Short for more than one, or for one that not every school has.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "综": ("综合实践",),
    "校本": ("校本课程",),
    "校": ("校本课程",),
    "队": ("少先队活动", "班会"),
    "班队": ("班会", "少先队活动"),
    "班队会": ("班会", "少先队活动"),
    "班队活动": ("班会", "少先队活动"),
    "政": ("道德与法治", "政治"),
    "思政": ("道德与法治", "政治"),
    "思": ("道德与法治", "政治"),
    "思品": ("道德与法治",),
    "品": ("道德与法治",),
    "品德": ("道德与法治",),
    "品社": ("道德与法治",),
    "法": ("道德与法治", "书法"),
    "德": ("道德与法治",),
    "外语": ("英语",),
    "外": ("英语",),
    "地": ("地理", "地方课程"),
    "技": ("信息技术", "劳动", "通用技术"),
    "活": ("综合实践", "社团", "体育活动"),
    "活动": ("综合实践", "社团", "体育活动"),
    "社": ("社团",),
    "健": ("健康教育", "体育", "心理健康"),
    "健康": ("健康教育", "心理健康"),
    "安": ("安全教育",),
    "读": ("阅读",),
    "自": ("自习",),
    "自然": ("科学",),
    "作文": ("语文", "作文"),
    "习作": ("语文", "习作"),
    "艺": ("音乐", "美术"),
    "艺术": ("艺术", "音乐", "美术"),
    "文体": ("体育", "社团"),
}


@cache
def _table() -> Mapping[str, _Subject]:
    return {name: subject for subject in _SUBJECTS for name in (*subject.names, *subject.short)}


def full_names(known: Sequence[str] = ()) -> tuple[str, ...]:
    """Every full name of a subject."""
    return (*known, *(name for subject in _SUBJECTS for name in subject.names))


def is_subject(text: str, known: Sequence[str] = ()) -> bool:
    """Whether a text is a subject for sure: one of the known, of the table, or one of its short names."""
    return isinstance(subject_meant(text, known), Taken)


def is_like_subject(text: str, known: Sequence[str] = ()) -> bool:
    """Whether a text is a subject, or short for some."""
    flat = plain(text)
    return is_subject(text, known) or flat in _ASKED or flat.removesuffix("课") in _ASKED


def subject_meant(text: str, known: Sequence[str] = ()) -> Taken | Asks:
    """The subject, as ``known`` writes it where it does; a question where several are meant or nobody knows it."""
    flat = plain(text)[:LONGEST]
    for form in dict.fromkeys((flat, flat.removesuffix("课"))):
        if (found := _surely(form, known)) is not None:
            return found
    near = get_close_matches(flat, [*known, *(one.names[0] for one in _SUBJECTS)], n=3, cutoff=0.6)
    candidates = tuple(dict.fromkeys((*(_as_known(one, known) for one in near), flat)))
    return Asks(say(SUBJECT_ASKS, text=flat), tuple((one, one) for one in candidates))


def _surely(flat: str, known: Sequence[str]) -> Taken | Asks | None:
    if (same := next((one for one in known if plain(one) == flat), None)) is not None:
        return Taken(same)
    if (subject := _table().get(flat)) is not None:
        here = [one for one in known if one in subject.names]
        if len(here) > 1:
            return Asks(say(SUBJECT_ASKS, text=flat), tuple((one, one) for one in here))
        return Taken(here[0] if here else flat if flat in subject.names else subject.names[0])
    if flat in _ASKED:
        candidates = tuple(dict.fromkeys(_as_known(one, known) for one in _ASKED[flat]))
        if len(flat) > 1:
            candidates = tuple(dict.fromkeys((*candidates, flat)))
        return Asks(say(SUBJECT_ASKS, text=flat), tuple((one, one) for one in candidates))
    return None


def _as_known(name: str, known: Sequence[str]) -> str:
    """The name that is known for the same subject."""
    subject = _table().get(name)
    return next((one for one in known if subject is not None and one in subject.names), name)


def subject_written(text: str, known: Sequence[str] = ()) -> Taken | Asks:
    """A subject in a table of rows: as ``subject_meant``, but a full name that nobody lists is taken as it stands."""
    meant = subject_meant(text, known)
    if known or isinstance(meant, Taken) or is_like_subject(text):
        return meant
    return Taken("".join(text.split())[:LONGEST] if not text.isascii() else text)
