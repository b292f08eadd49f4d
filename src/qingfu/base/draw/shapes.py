"""The notice of a document, word by word; every fault is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from json import loads
from typing import TypeVar

from qingfu.base.canon import canonical
from qingfu.base.draw.freezing import freeze
from qingfu.base.draw.notice import (
    SCHEME,
    Allot,
    Entry,
    Exclusion,
    Match,
    Method,
    Notice,
    Pick,
    PublicNumber,
    Share,
    Tie,
    Void,
)
from qingfu.base.errors import BadNotice, Unsayable
from qingfu.base.words import N_, Word

T = TypeVar("T")
_FORM = "draw-notice/1"
_WRITTEN = ("draw", "title", "organiser", "clause", "rehearsal", "replaces", "number", "method", "pool", "excluded")
_LEFT_OUT: dict[str, object] = {"clause": "", "rehearsal": False, "replaces": None, "number": None, "excluded": []}
# What a method may leave out.
_OF_METHOD: dict[str, dict[str, object]] = {
    "share": {"least": 0},
    "match": {"apart_by": [], "ties": []},
    "allot": {"together": [], "apart": [], "teams": [], "avoid": [], "later": 0},
}


def list_of(document: object, *, at: datetime) -> Notice:
    """A list as a person writes it, frozen ``at``: what is left out is none, and the order does not matter.

    BadNotice or NoMatch where it cannot be frozen.
    """
    said = keys("list", document, ("draw", "title", "organiser", "method", "pool"), (*_LEFT_OUT, "scheme"))
    method = _object("method", said["method"])
    kind = method.get("kind")
    whole = {
        "qingfu": _FORM,
        "scheme": SCHEME,
        "frozen_at": at,
        **_LEFT_OUT,
        **said,
        "method": {**_OF_METHOD.get(kind if isinstance(kind, str) else "", {}), **method},
    }
    try:
        # In one form of Unicode, as it will be posted.
        plain = loads(canonical(whole))
    except Unsayable as error:
        raise _bad(str(error.facts["where"]), N_("this cannot be written down")) from error
    return freeze(_ordered(notice_from(plain)))


def _ordered(notice: Notice) -> Notice:
    method = notice.method
    if isinstance(method, Match):
        ties = tuple(sorted(method.ties, key=lambda tie: (tie.target, tie.taker)))
        method = replace(method, takers=_by_ticket(method.takers), ties=ties)
    elif isinstance(method, Allot):
        method = replace(
            method,
            together=tuple(sorted(tuple(sorted(group)) for group in method.together)),
            apart=tuple(sorted((min(pair), max(pair)) for pair in method.apart)),
            teams=_by_ticket(method.teams),
            avoid=tuple(sorted(method.avoid)),
        )
    excluded = tuple(sorted(notice.excluded, key=lambda one: one.ticket))
    return replace(notice, method=method, pool=_by_ticket(notice.pool), excluded=excluded)


def _by_ticket(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: one.ticket))


def notice_from(document: object) -> Notice:
    """What the document says, whether or not it holds; BadNotice where it is no notice."""
    said = keys("notice", document, ("qingfu", "scheme", "frozen_at", *_WRITTEN))
    if said["qingfu"] != _FORM:
        raise _bad("qingfu", N_("this is not the notice of a draw"))
    if not isinstance(said["rehearsal"], bool):
        raise _bad("rehearsal", N_("here should stand true or false"))
    return Notice(
        scheme=_text("scheme", said["scheme"]),
        draw=_text("draw", said["draw"]),
        title=_text("title", said["title"]),
        organiser=_text("organiser", said["organiser"]),
        clause=_text("clause", said["clause"]),
        frozen_at=_moment("frozen_at", said["frozen_at"]),
        rehearsal=said["rehearsal"],
        replaces=None if said["replaces"] is None else _void(said["replaces"]),
        number=None if said["number"] is None else _number(said["number"]),
        method=_method(said["method"]),
        pool=_each("pool", said["pool"], _entry),
        excluded=_each("excluded", said["excluded"], _exclusion),
    )


def _bad(where: str, problem: str) -> BadNotice:
    return BadNotice(where=where, problem=Word(problem))


def _object(where: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _bad(where, N_("here should stand an object"))
    return value


def keys(where: str, value: object, needed: Iterable[str], optional: Iterable[str] = ()) -> dict[str, object]:
    """The object, if it has these words and no others; BadNotice otherwise."""
    said = _object(where, value)
    wanted = set(needed)
    if missing := wanted - said.keys():
        raise _bad(f"{where}.{min(missing)}", N_("this is missing"))
    if more := said.keys() - wanted - set(optional):
        raise _bad(f"{where}.{min(more)}", N_("this has no place here"))
    return said


def _text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise _bad(where, N_("here should stand a text"))
    return value


def _whole(where: str, value: object) -> int:
    if type(value) is not int:
        raise _bad(where, N_("this is not a whole number"))
    return value


def _each(where: str, value: object, read: Callable[[str, object], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise _bad(where, N_("here should stand a list"))
    return tuple(read(f"{where}[{place}]", one) for place, one in enumerate(value))


def _pair(where: str, value: object) -> tuple[str, str]:
    words = _each(where, value, _text)
    if len(words) != 2:
        raise _bad(where, N_("here should stand two tickets"))
    return words[0], words[1]


def _moment(where: str, value: object) -> datetime:
    text = _text(where, value)
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        raise _bad(where, N_("here should stand an instant")) from None


def _day(where: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(where, value))
    except ValueError:
        raise _bad(where, N_("here should stand a day")) from None


def _void(value: object) -> Void:
    said = keys("replaces", value, ("draw", "reason"))
    return Void(_text("replaces.draw", said["draw"]), _text("replaces.reason", said["reason"]))


def _number(value: object) -> PublicNumber:
    said = keys("number", value, ("source", "issue", "expected"))
    source, issue = _text("number.source", said["source"]), _text("number.issue", said["issue"])
    return PublicNumber(source, issue, _day("number.expected", said["expected"]))


def _entry(where: str, value: object) -> Entry:
    said = keys(where, value, ("ticket",), ("name", "holder", "marks", "level", "most"))
    return Entry(
        ticket=_text(f"{where}.ticket", said["ticket"]),
        name=_text(f"{where}.name", said["name"]) if "name" in said else None,
        holder=_text(f"{where}.holder", said["holder"]) if "holder" in said else None,
        marks=_marks(f"{where}.marks", said.get("marks", {})),
        level=_whole(f"{where}.level", said["level"]) if "level" in said else None,
        most=_whole(f"{where}.most", said["most"]) if "most" in said else None,
    )


def _marks(where: str, value: object) -> dict[str, str]:
    return {word: _text(f"{where}.{word}", mark) for word, mark in _object(where, value).items()}


def _exclusion(where: str, value: object) -> Exclusion:
    said = keys(where, value, ("ticket", "reason"), ("name", "holder"))
    one = _entry(where, {word: said[word] for word in said if word != "reason"})
    return Exclusion(one.ticket, _text(f"{where}.reason", said["reason"]), one.name, one.holder)


def _tie(where: str, value: object) -> Tie:
    said = keys(where, value, ("target", "taker", "reason"))
    return Tie(*(_text(f"{where}.{word}", said[word]) for word in ("target", "taker", "reason")))


def _pick(said: Mapping[str, object]) -> Method:
    return Pick(_whole("method.take", said["take"]))


def _share(said: Mapping[str, object]) -> Method:
    parts, of, least = (_whole(f"method.{word}", said[word]) for word in ("parts", "of", "least"))
    return Share(_each("method.by", said["by"], _text), parts, of, least)


def _match(said: Mapping[str, object]) -> Method:
    return Match(
        rounds=_whole("method.rounds", said["rounds"]),
        takers=_each("takers", said["takers"], _entry),
        apart_by=_each("method.apart_by", said["apart_by"], _text),
        ties=_each("ties", said["ties"], _tie),
    )


def _allot(said: Mapping[str, object]) -> Method:
    return Allot(
        classes=_each("classes", said["classes"], _text),
        balance=_each("method.balance", said["balance"], _text),
        together=_each("together", said["together"], lambda where, group: _each(where, group, _text)),
        apart=_each("apart", said["apart"], _pair),
        teams=_each("teams", said["teams"], _entry),
        avoid=_each("avoid", said["avoid"], _pair),
        later=_whole("later", said["later"]),
    )


_METHODS: dict[str, tuple[Callable[[Mapping[str, object]], Method], tuple[str, ...]]] = {
    "pick": (_pick, ("take",)),
    "share": (_share, ("by", "parts", "of", "least")),
    "match": (_match, ("rounds", "takers", "apart_by", "ties")),
    "allot": (_allot, ("classes", "balance", "together", "apart", "teams", "avoid", "later")),
}


def _method(value: object) -> Method:
    kind = _object("method", value).get("kind")
    if not isinstance(kind, str) or kind not in _METHODS:
        raise _bad("method.kind", N_("there is no such method"))
    read, words = _METHODS[kind]
    return read(keys("method", value, ("kind", *words)))
