"""What may be answered to a form of a pack: every answer judged, nothing guessed, all faults at once.

An answer is kept in one way only, whatever the page sent: text trimmed and in Unicode NFC, yes or no as `yes` and
`no`, a number as a whole number, a day as `2024-07-30`, organs by their number, files by their reference, rows as a
list of maps. What was not answered is left out; what the form did not ask, or asked only in another case, is refused
or left out. Beside an item with evidence, `ITEM.files` lists files; `_files` lists those of the form as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.packfile.words.asks import Form, Item
from qingfu.packfile.words.pack import Pack

Answered = str | int | list[str] | list[int] | list[dict[str, "Answered"]]
Content = dict[str, Answered]

FILES = "_files"
EVERY_SCHOOL = "all"
LONGEST = {"text": 200, "long-text": 10_000}
MOST_ROWS = 300
MOST_FILES = 20
MOST_SCHOOLS = 2_000
# Larger than any figure a form asks for, smaller than what the database refuses.
LARGEST = 2_000_000_000

UNANSWERED = N_("This must be answered.")
NOT_ASKED = N_("The form does not ask this.")
NOT_TEXT = N_("Write this as text.")
TOO_LONG = N_("This is too long: at most {most} characters.")
TOO_SHORT = N_("This is too short: at least {least} characters.")
YES_OR_NO = N_("Answer yes or no.")
NO_OPTION = N_("Choose one of: {options}.")
WHOLE_NUMBER = N_("Write a whole number.")
TOO_SMALL = N_("At least {least}.")
TOO_LARGE = N_("At most {most}.")
TOO_FEW = N_("At least {least} are needed.")
TOO_MANY = N_("At most {most} are taken.")
NO_CRITERION = N_("Choose one of the plan's admission criteria.")
NO_CONDUCT = N_("The plan has no such red line: {key}.")
NO_ORGAN = N_("Choose a unit from the register.")
NO_FILE = N_("Hand in this file again.")
NOT_ROWS = N_("Fill in one line for each.")


@dataclass(frozen=True)
class Mention:
    """Something an answer names that only the register knows: a school, an organ, a file. `path` is its field."""

    path: str
    kind: Literal["school", "organ", "file"]
    value: str | int


@dataclass(frozen=True)
class Taken:
    """Answers in the one way they are kept, and what they name."""

    content: Content
    mentions: tuple[Mention, ...]


def taken(pack: Pack, form: Form, content: Mapping[str, object]) -> Taken:
    """The answers to `form` as they are kept; raises Invalid with one FieldFault for each wrong answer.

    A field in a row is called `ROWS.2.ITEM`, rows counted from 0 as they were sent.
    """
    judge = _Judge(pack)
    kept = judge.items(form.items, content, "")
    loose = judge.files(FILES, content.get(FILES))
    if loose:
        kept[FILES] = loose
    if judge.faults:
        raise Invalid(*judge.faults, clause="、".join(form.clause))
    return Taken(kept, tuple(judge.mentions))


def asked_now(item: Item, answers: Mapping[str, object]) -> bool:
    """Whether an item is asked, given the answers so far."""
    if item.only is None:
        return True
    said = answers.get(item.only.item)
    return item.only.is_ in said if isinstance(said, list) else said == item.only.is_


class _Faulty(Exception):
    def __init__(self, says: str, **facts: object) -> None:
        super().__init__(says)
        self.says, self.facts = says, facts


def _empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(_empty(part) for part in value.values())
    return value is None or (isinstance(value, Sequence) and all(_empty(part) for part in value))


@dataclass
class _Judge:
    pack: Pack
    faults: list[FieldFault] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def items(self, items: Sequence[Item], content: Mapping[str, object], under: str) -> Content:
        """The answers to these items; `under` is the path of the row they stand in."""
        kept: Content = {}
        known = {FILES} if not under else set()
        for item in items:
            known |= {item.id, f"{item.id}.files"} if item.evidence else {item.id}
            if not asked_now(item, kept):
                continue
            value = content.get(item.id)
            if _empty(value):
                if item.required:
                    self.faults.append(FieldFault(f"{under}{item.id}", UNANSWERED))
            elif (answer := self.answer(item, value, f"{under}{item.id}")) is not None:
                kept[item.id] = answer
            if item.evidence and (files := self.files(f"{under}{item.id}.files", content.get(f"{item.id}.files"))):
                kept[f"{item.id}.files"] = files
        self.faults += [FieldFault(f"{under}{key}", NOT_ASKED) for key in content if key not in known]
        return kept

    def answer(self, item: Item, value: object, path: str) -> Answered | None:
        """One answer; a fault is noted and None comes back."""
        if item.answer == "rows":
            return self.rows(item, value, path)
        readers: dict[str, Callable[[Item, object, str], Answered]] = {
            "text": _text, "long-text": _text, "yes-no": _yes_no, "choice": _choice, "choices": _choices,
            "number": _number, "date": _date, "criterion": self.criterion, "flags": self.flags,
            "schools": self.schools, "organ": self.organ, "files": self.attached,
        }  # fmt: skip
        try:
            return readers[item.answer](item, value, path)
        except _Faulty as fault:
            self.faults.append(FieldFault(path, fault.says, fault.facts))
            return None

    def rows(self, item: Item, value: object, path: str) -> Answered | None:
        """Lines of a table; a line with nothing in it is left out."""
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.faults.append(FieldFault(path, NOT_ROWS))
            return None
        filled = [(n, row) for n, row in enumerate(value) if not _empty(row)]
        try:
            _count(len(filled), item.least, item.most or MOST_ROWS)
        except _Faulty as fault:
            self.faults.append(FieldFault(path, fault.says, fault.facts))
            return None
        return [self.items(item.items, row, f"{path}.{n}.") for n, row in filled]

    def criterion(self, item: Item, value: object, path: str) -> str:
        if value not in self.pack.criteria:
            raise _Faulty(NO_CRITERION)
        return str(value)

    def flags(self, item: Item, value: object, path: str) -> list[str]:
        keys = _listed(value)
        for key in keys:
            if key not in self.pack.conduct:
                raise _Faulty(NO_CONDUCT, key=str(key)[:60])
        return [key for key in self.pack.conduct if key in keys]

    def schools(self, item: Item, value: object, path: str) -> str | list[int]:
        if value in (EVERY_SCHOOL, [EVERY_SCHOOL]):
            return EVERY_SCHOOL
        numbers = sorted({_organ(part) for part in _listed(value)})
        _count(len(numbers), item.least, item.most or MOST_SCHOOLS)
        self.mentions += [Mention(path, "school", number) for number in numbers]
        return numbers

    def organ(self, item: Item, value: object, path: str) -> int:
        number = _organ(value)
        self.mentions.append(Mention(path, "organ", number))
        return number

    def attached(self, item: Item, value: object, path: str) -> list[str]:
        refs = _refs(value)
        _count(len(refs), item.least, item.most or MOST_FILES)
        self.mentions += [Mention(path, "file", ref) for ref in refs]
        return refs

    def files(self, path: str, value: object) -> list[str]:
        """Files beside an item, or of the whole form."""
        if _empty(value):
            return []
        try:
            refs = _refs(value)
            _count(len(refs), None, MOST_FILES)
        except _Faulty as fault:
            self.faults.append(FieldFault(path, fault.says, fault.facts))
            return []
        self.mentions += [Mention(path, "file", ref) for ref in refs]
        return refs


def _listed(value: object) -> list[object]:
    found = list(value) if isinstance(value, (list, tuple)) else [value]
    return [part for part in found if not _empty(part)]


def _count(count: int, least: int | None, most: int) -> None:
    if least is not None and count < least:
        raise _Faulty(TOO_FEW, least=least)
    if count > most:
        raise _Faulty(TOO_MANY, most=most)


def _text(item: Item, value: object, path: str) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise _Faulty(NOT_TEXT)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Faulty(NOT_TEXT) from None
    if item.answer == "text":
        text = " ".join(text.split())
    most = item.most or LONGEST[item.answer]
    if len(text) > most:
        raise _Faulty(TOO_LONG, most=most)
    if item.least is not None and len(text) < item.least:
        raise _Faulty(TOO_SHORT, least=item.least)
    return text


def _yes_no(item: Item, value: object, path: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value not in ("yes", "no"):
        raise _Faulty(YES_OR_NO)
    return str(value)


def _choice(item: Item, value: object, path: str) -> str:
    if not isinstance(value, str) or value not in item.options:
        raise _Faulty(NO_OPTION, options=list(item.options.values()))
    return value


def _choices(item: Item, value: object, path: str) -> list[str]:
    chosen = [_choice(item, part, path) for part in _listed(value)]
    _count(len(set(chosen)), item.least, item.most or len(item.options))
    return [key for key in item.options if key in chosen]


def _number(item: Item, value: object, path: str) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}", folded := unicodedata.normalize("NFKC", value).strip()):
        value = int(folded)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Faulty(WHOLE_NUMBER)
    least, most = -LARGEST if item.least is None else item.least, LARGEST if item.most is None else item.most
    if value < least:
        raise _Faulty(TOO_SMALL, least=least)
    if value > most:
        raise _Faulty(TOO_LARGE, most=most)
    return value


def _date(item: Item, value: object, path: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return read_day(str(value)).isoformat()
    except NoSuchDay:
        raise _Faulty(NoSuchDay.says, text=str(value)[:40]) from None


def _organ(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _Faulty(NO_ORGAN)
    return value


def _refs(value: object) -> list[str]:
    refs = [str(part).strip() for part in _listed(value)]
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}", ref) for ref in refs):
        raise _Faulty(NO_FILE)
    return list(dict.fromkeys(refs))
