"""Lessons: what one cell of a timetable says is taught. Names of teachers are dropped here and go no further."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.subjects import full_names, is_like_subject
from qingfu.papers.filings.timetables.labels import pause_in
from qingfu.papers.filings.values.meaning import NOTHING

EACH_WEEK, EACH_OTHER_WEEK = 2, 1
_TURNS = re.compile(r"\(?(?:单双周|双单周|单、双周|单/双周|隔周|轮流|轮换|轮上|交替)(?:轮换|轮流|交替|上)?\)?")
_WEEK = re.compile(r"\((单|双)周?\)[:]?|(单|双)周[:]?|(单|双):")
_BARE_WEEKS = re.compile(r"(单|双)([^单双]+?)[/、,;+&|]?(单|双)([^单双]+)")
_ASIDE = re.compile(r"\(([^()]*)\)?")
_STRONG = re.compile(r"[/、,;+&|\\]")
_ROOM = re.compile(r".*(室|馆|场|楼|厅|操场|机房|基地)\d*|[A-Za-z]?\d{1,4}")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
    "骆岳齐尚梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华"
    "车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "夏侯", "令狐", "司徒")


@dataclass(frozen=True)
class Part:
    """One subject as it is written, reduced to the subject, and its lessons in two weeks.

    ``certain``: nothing else stood there that might change what is taught.
    """

    text: str
    fortnight: int = EACH_WEEK
    certain: bool = True


@dataclass(frozen=True)
class Heard:
    """What a cell says: no lesson, a pause, or subjects; ``turns`` where it does not say how several share a period."""

    parts: tuple[Part, ...] = ()
    pause: str = ""
    unclear: bool = False

    @property
    def shown(self) -> str:
        """The cell reduced to its subjects."""
        return "/".join(part.text if part.certain else f"{part.text}…" for part in self.parts)


def heard(text: str, known: Sequence[str] = ()) -> Heard:
    """The lessons of a cell; a text that holds no subject gives one part without text."""
    flat = unicodedata.normalize("NFKC", text).translate(str.maketrans("[]【】〔〕", "()()()")).strip()
    if not flat or plain(flat).casefold() in NOTHING:
        return Heard()
    if is_like_subject(flat, known):
        return Heard((Part(plain(flat)),))
    if pause := pause_in(flat):
        return Heard(pause=pause)
    if weekly := _by_week(flat, known):
        return Heard(weekly)
    takes_turns = _TURNS.search(flat) is not None
    parts = _distinct(_parts(_TURNS.sub(" ", flat), known))
    if takes_turns and len(parts) <= 2:
        return Heard(tuple(Part(part.text, EACH_OTHER_WEEK, part.certain) for part in parts))
    return Heard(parts, unclear=len(parts) > 1)


def _by_week(flat: str, known: Sequence[str]) -> tuple[Part, ...]:
    """单：音乐 双：美术; 音乐(单)/美术(双); 单周音乐. Empty where no week is named."""
    if bare := _BARE_WEEKS.fullmatch(plain(flat)):
        texts = [bare[2], bare[4]]
        if bare[1] != bare[3] and all(is_like_subject(text, known) for text in texts):
            return tuple(Part(text, EACH_OTHER_WEEK) for text in texts)
    marks = list(_WEEK.finditer(flat))
    if not marks:
        return ()
    ends = [0, *(mark.end() for mark in marks)]
    before = [flat[end : mark.start()] for end, mark in zip(ends, marks, strict=False)]
    after = flat[ends[-1] :]
    # The mark stands before what it is about, or behind it.
    segments = [*before[1:], after] if not before[0].strip(" /、,;(\n") else before
    parts: list[Part] = []
    for segment in segments:
        here = _distinct(_parts(segment, known))
        if len(here) != 1:
            return ()
        parts.append(Part(here[0].text, EACH_OTHER_WEEK, here[0].certain))
    return tuple(parts)


def _parts(flat: str, known: Sequence[str]) -> Iterator[Part]:
    """The subjects between slashes and the like, and those in brackets."""
    asides = [aside for aside in _ASIDE.findall(flat) if is_like_subject(aside, known)]
    chunks = [chunk for chunk in _STRONG.split(_ASIDE.sub(" ", flat)) if chunk.strip()]
    found = [part for chunk in (*chunks, *asides) for part in _chunk(chunk, known)]
    named = [part for part in found if part.text]
    # Behind a slash a name may as well be a subject that nobody listed.
    unsure = len(named) < len(found) and len(chunks) > 1
    for part in named or found[:1]:
        yield replace(part, certain=False) if unsure and not _has_teacher(flat) else part


def _chunk(chunk: str, known: Sequence[str]) -> list[Part]:
    """The subjects of one chunk; one without text where only a name stands there."""
    if is_like_subject(chunk, known):
        return [Part(plain(chunk))]
    subjects: list[Part] = []
    others: list[str] = []
    for token in _joined(chunk.split(), known):
        if is_like_subject(token, known):
            subjects.append(Part(plain(token)))
        elif (part := _glued(token, known)) is not None:
            subjects.append(part)
        else:
            others.append(plain(token))
    rest = [token for token in others if not _is_aside(token)]
    if subjects:
        return [replace(part, certain=part.certain and not rest) for part in subjects]
    if rest:
        return [Part(rest[0])]
    return [Part("")] if others else []


def _has_teacher(flat: str) -> bool:
    return "老师" in flat or "教师" in flat


def _joined(tokens: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """Tokens, those put together that are one subject torn apart: 语 文 张老师."""
    at = 0
    while at < len(tokens):
        ends = range(min(len(tokens), at + 6), at + 1, -1)
        end = next((end for end in ends if is_like_subject("".join(tokens[at:end]), known)), at + 1)
        yield "".join(tokens[at:end])
        at = end


def _glued(token: str, known: Sequence[str]) -> Part | None:
    """语文张老师, 语文王芳: a subject with a name behind it; without 老师 nobody can be sure."""
    flat = plain(token)
    begins = [name for name in full_names(known) if flat.startswith(name) and len(name) > 1]
    if not begins:
        return None
    subject = max(begins, key=len)
    rest = flat.removeprefix(subject)
    if rest.endswith(("老师", "教师")) or rest.isdigit():
        return Part(subject)
    return Part(subject, certain=False) if _is_name(rest) else None


def _is_aside(token: str) -> bool:
    """A teacher or a room."""
    return token.endswith(("老师", "教师")) or _is_name(token) or _ROOM.fullmatch(token) is not None


def _is_name(token: str) -> bool:
    return (2 <= len(token) <= 3 and token[0] in _SURNAMES) or (3 <= len(token) <= 4 and token.startswith(_COMPOUND))


def _distinct(parts: Iterator[Part]) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.text, part)
    return tuple(found.values())
