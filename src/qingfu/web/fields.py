"""What a page sent for a form of a pack, as content for the register, which judges it (``packfile.answers``).

Content maps item ids to answers as they were typed: texts, lists of keys, lists of organ numbers or "all", lists of
file refs, rows as a list of such mappings. The files beside an item with ``evidence`` stand under ``<id>.files``.
What was not answered has no key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from qingfu.packfile.answers import EVERY_SCHOOL, MOST_ROWS, asked_now
from qingfu.packfile.words.asks import Form, Item

Content = dict[str, Any]
LISTED = {"choices", "flags", "files"}


@dataclass(frozen=True)
class Option:
    """Something that can be chosen; ``group`` gathers options under a heading."""

    key: str
    label: str
    hint: str = ""
    clause: tuple[str, ...] = ()
    group: str = ""
    checked: bool = False


@dataclass(frozen=True)
class School:
    """A school that can be chosen."""

    id: int
    name: str
    town: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Kept:
    """A file that was attached before."""

    ref: str
    name: str
    size: int = 0
    href: str = ""


@dataclass(frozen=True)
class Offers:
    """What a form's items may be answered with beyond the pack's own options."""

    criteria: tuple[Option, ...] = ()
    conduct: tuple[Option, ...] = ()
    schools: tuple[School, ...] = ()
    organs: tuple[Option, ...] = ()
    files: Mapping[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True)
class Upload:
    """A file that came with the form, for the item with this id."""

    item: str
    file: UploadedFile


@dataclass(frozen=True)
class Answers:
    """What was sent: the answers as typed, and the files that came with them."""

    content: Content
    uploads: tuple[Upload, ...] = ()


def name_of(path: str) -> str:
    """The name of a field in what is posted; its anchor has dashes for dots."""
    return f"q.{path}"


def read(form: Form, sent: QueryDict, files: MultiValueDict[str, UploadedFile], offers: Offers) -> Answers:
    """The answers in a POST. Items that are not asked in this case are left out."""
    uploads = tuple(
        Upload(name.removeprefix("q."), one) for name in files if name.startswith("q.") for one in files.getlist(name)
    )
    return Answers(_items(form.items, "", sent, offers), uploads)


def _items(items: tuple[Item, ...], under: str, sent: QueryDict, offers: Offers) -> Content:
    content: Content = {}
    for item in items:
        if not asked_now(item, content):
            continue
        path = f"{under}{item.id}"
        value = _value(item, path, sent, offers)
        if value not in ("", []):
            content[item.id] = value
        if item.evidence and (refs := sent.getlist(name_of(f"{path}.files"))):
            content[f"{item.id}.files"] = refs
    return content


def _value(item: Item, path: str, sent: QueryDict, offers: Offers) -> object:
    if item.answer == "rows":
        numbers = row_numbers(sent, path, item)
        return [_items(item.items, f"{path}.{n}.", sent, offers) for n in numbers]
    if item.answer == "schools":
        return _schools(path, sent, offers)
    if item.answer in LISTED:
        return sent.getlist(name_of(path))
    text = sent.get(name_of(path), "").replace("\r\n", "\n").strip()
    if item.answer == "number":
        return text.replace(",", "").replace("，", "")
    if item.answer == "date":
        return text.replace("/", "-").replace(".", "-")
    return text


def _schools(path: str, sent: QueryDict, offers: Offers) -> str | list[int]:
    chosen = set(sent.getlist(name_of(path)))
    if EVERY_SCHOOL in chosen:
        return EVERY_SCHOOL
    known = {str(school.id): school for school in offers.schools}
    # "All of this town" and "all of this stage" also work where no script runs.
    for wish in sent.getlist(name_of(f"{path}.all")):
        how, _, which = wish.partition(":")
        chosen |= {key for key, s in known.items() if (s.town if how == "town" else s.stage) == which}
    return sorted(int(key) for key in chosen if key in known)


def row_numbers(sent: QueryDict, path: str, item: Item) -> Iterator[int]:
    """The numbers of the rows that were sent for one item, without those left empty or taken away."""
    away = sent.get("row-less", "")
    for text in sent.getlist(name_of(f"{path}.row"))[:MOST_ROWS]:
        if not text.isdigit() or away == f"{path}.{text}":
            continue
        names = [name_of(f"{path}.{text}.{column.id}") for column in item.items]
        if any(value.strip() for name in names for value in sent.getlist(name)):
            yield int(text)
