"""What differs between two packs: objects added, removed and changed, field by field.

Two editions of one plan are compared by id. Two plans of one topic name the same thing differently, so an object
without a namesake is aligned with the one that proves the same mechanisms and says the most alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel

from qingfu.base.words import N_, Said, Translate, Word, as_they_are, say
from qingfu.packfile.labels import LABELS
from qingfu.packfile.paths import key_of, parts
from qingfu.packfile.words.pack import KINDS, Pack
from qingfu.packfile.words.word import Entry, Quantity

ALIKE = 0.45

ADDED = N_("{kind} “{says}” ({id}) is only in {pack}.")
CHANGED = N_("{kind} “{says}” ({id}): {field} was {old} and is {new}.")
ONLY_OLD = N_("{kind} “{says}” ({id}): {field} was {old} and is gone.")
ONLY_NEW = N_("{kind} “{says}” ({id}): {field} is new: {new}.")
BLANK = N_("left open ({asks})")
WITH_UNIT = N_("{value} {unit}")
ASSUMED = N_("{value} (assumed)")
YES, NO = N_("yes"), N_("no")
INSIDE = N_("{outer} › {inner}")

# What a reader does not compare: where it stands in the source, and what it is an instance of.
_QUIET = ("clause", "proves")


@dataclass(frozen=True)
class Difference:
    """One difference. ``field`` is a dotted path inside the object, empty where a whole object is on one side only."""

    kind: str
    id: str
    other_id: str
    what: Literal["added", "removed", "changed"]
    field: str
    old: object
    new: object
    said: Said

    def text(self, translate: Translate = as_they_are) -> str:
        """The difference in one sentence."""
        return self.said.text(translate)


@dataclass(frozen=True)
class _Pair:
    kind: str
    id: str
    other_id: str
    says: str


def diff(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """All differences, in the order of the vocabulary."""
    found = list(_fields(_Pair("plan", old.plan.id, new.plan.id, old.plan.title), old.plan, new.plan))
    if old.plan.id == new.plan.id:
        # Two plans never share the numbers of their clauses; two editions of one plan do.
        found += _kind("clauses", _by_id(old.clauses), _by_id(new.clauses), old, new)
    for kind in KINDS:
        found += _kind(kind.key, old.things(kind.key), new.things(kind.key), old, new)
    return tuple(found)


def _by_id(clauses: tuple[BaseModel, ...]) -> dict[str, BaseModel]:
    return {str(getattr(clause, "id")): clause for clause in clauses}  # noqa: B009  # any clause has an id


def _kind(
    kind: str, mine: Mapping[str, BaseModel], theirs: Mapping[str, BaseModel], old: Pack, new: Pack
) -> Iterator[Difference]:
    pairs = aligned(mine, theirs, by_likeness=old.plan.id != new.plan.id)
    named = _name(kind)
    for key, thing in mine.items():
        if key in pairs:
            yield from _fields(_Pair(kind, key, pairs[key], _says(thing)), thing, theirs[pairs[key]])
        else:
            said = say(ADDED, kind=named, says=_says(thing), id=key, pack=old.plan.id)
            yield Difference(kind, key, "", "removed", "", _says(thing), None, said)
    for key, thing in theirs.items():
        if key not in pairs.values():
            said = say(ADDED, kind=named, says=_says(thing), id=key, pack=new.plan.id)
            yield Difference(kind, "", key, "added", "", None, _says(thing), said)


def _name(kind: str) -> str:
    names = {one.key: one.name for one in KINDS} | {"clauses": "条款", "plan": "方案"}
    return names[kind]


def _says(thing: BaseModel) -> str:
    return str(getattr(thing, "says", ""))


def aligned(mine: Mapping[str, BaseModel], theirs: Mapping[str, BaseModel], *, by_likeness: bool) -> dict[str, str]:
    """Which object of the one answers to which of the other: namesakes first, then the most alike."""
    pairs = {key: key for key in mine if key in theirs}
    if not by_likeness:
        return pairs
    left = [key for key in mine if key not in pairs]
    free = [key for key in theirs if key not in pairs]
    carriers = Counter(proof for thing in (*mine.values(), *theirs.values()) for proof in _proofs(thing))
    scored = sorted(
        ((likeness(mine[one], theirs[other], carriers), one, other) for one in left for other in free),
        key=lambda scored: (-scored[0], scored[1], scored[2]),
    )
    for score, one, other in scored:
        if score >= ALIKE and one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs


def likeness(one: BaseModel, other: BaseModel, carriers: Mapping[str, int]) -> float:
    """How alike two objects are, 0 to 1: half by the mechanisms they share, half by what they say.

    ``carriers``: how many objects carry each mechanism; one that everybody carries tells nobody apart.
    """
    mine, theirs = _proofs(one), _proofs(other)
    said = SequenceMatcher(None, _says(one), _says(other)).ratio()
    if not mine or not theirs:
        return said
    shared = min(1.0, sum(2 / max(carriers[proof], 2) for proof in mine & theirs))
    return (shared + said) / 2


def _proofs(thing: BaseModel) -> frozenset[str]:
    return frozenset(getattr(thing, "proves", ()))


def _fields(pair: _Pair, one: BaseModel, other: BaseModel) -> Iterator[Difference]:
    mine, theirs = dict(_flat(one)), dict(_flat(other))
    for field in [*mine, *(field for field in theirs if field not in mine)]:
        old, new = mine.get(field), theirs.get(field)
        if old == new:
            continue
        msgid = ONLY_NEW if old is None else ONLY_OLD if new is None else CHANGED
        named, label = _name(pair.kind), _label(field)
        shown = {"old": _shown(old), "new": _shown(new)}
        said = say(msgid, kind=named, says=pair.says or pair.id, id=pair.id, field=label, **shown)
        yield Difference(pair.kind, pair.id, pair.other_id, "changed", field, _plain(old), _plain(new), said)


def _label(field: str) -> Said | Word:
    """The path of a field, each key as the catalogue says it; ids stay as they are."""
    outer, _, inner = field.partition(".")
    said = Word(LABELS.get(outer, outer))
    return say(INSIDE, outer=said, inner=_label(inner)) if inner else said


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """The leaves of an object by dotted path; a quantity is one leaf, and so is a list of texts."""
    if isinstance(value, (Quantity, Entry)):
        yield path, _quantity(value)
    elif isinstance(value, tuple) and all(isinstance(part, (str, int)) for part in value):
        if value:
            yield path, "、".join(str(part) for part in value)
    elif isinstance(value, (BaseModel, dict, tuple)):
        for key, part in _named(value):
            if path or key not in _QUIET:
                yield from _flat(part, f"{path}.{key}" if path else key)
    else:
        yield path, value


def _named(value: object) -> Iterator[tuple[str, object]]:
    for key, part in parts(value):
        own = getattr(part, "id", None) if isinstance(value, tuple) else None
        default = False
        if isinstance(value, BaseModel):
            fields = type(value).model_fields
            name = next(name for name in fields if key_of(value, name) == key)
            default = not fields[name].is_required() and part == fields[name].get_default(call_default_factory=True)
        # What stands at its default was not said by the plan.
        if not default:
            yield str(own if own is not None else key), part


def _quantity(value: Quantity | Entry) -> object:
    if value.blank is not None:
        return say(BLANK, asks=value.blank)
    if isinstance(value, Entry):
        return value.text
    said: object = say(WITH_UNIT, value=value.value, unit=Word(value.unit)) if value.unit else value.value
    return say(ASSUMED, value=said) if value.certainty == "assumed" else said


def _shown(value: object) -> object:
    """A value in a sentence: words of the vocabulary as the catalogue says them, what the plan says as it stands."""
    if isinstance(value, bool):
        return Word(YES if value else NO)
    return Word(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    return value.text() if isinstance(value, Said) else value
