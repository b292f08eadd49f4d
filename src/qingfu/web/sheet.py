"""A form drawn: every item with its label, hint, value, options and fault, ready for templates/fields/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext

from qingfu.base.errors import FieldFault
from qingfu.packfile.answers import EVERY_SCHOOL
from qingfu.packfile.words.asks import Form, Item
from qingfu.web.fields import Kept, Offers, Option, School, name_of, row_numbers

GROUPED = {"choice", "choices", "yes-no", "criterion", "flags", "schools", "rows"}


@dataclass(frozen=True)
class OnlyWhen:
    """The field is shown only when another one has this answer; the words are for where no script runs."""

    name: str
    is_: str
    asks: str
    answer: str


@dataclass(frozen=True)
class Town:
    """Schools of one town, to be chosen together."""

    name: str
    schools: tuple[tuple[School, bool], ...]
    chosen: int


@dataclass(frozen=True)
class RowOf:
    """One row of a repeatable item: its number and its fields."""

    n: int
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Field:
    """One item as drawn. ``grouped`` fields have a legend, the others a label."""

    path: str
    kind: str
    label: str
    hint: str = ""
    unit: str = ""
    required: bool = True
    value: str = ""
    options: tuple[Option, ...] = ()
    fault: str = ""
    only: OnlyWhen | None = None
    takes_file: bool = False
    kept: tuple[Kept, ...] = ()
    rows: tuple[RowOf, ...] = ()
    blank: RowOf | None = None
    towns: tuple[Town, ...] = ()
    every: bool = False
    stages: tuple[str, ...] = ()
    key: bool = False

    @property
    def name(self) -> str:
        """The name in what is posted."""
        return name_of(self.path)

    @property
    def id(self) -> str:
        """The anchor on the page, which the error summary links to."""
        return anchor(self.path)

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"fields/{self.kind}.html"

    @property
    def grouped(self) -> bool:
        """Whether it is a group of controls with a legend."""
        return self.kind in GROUPED

    @property
    def described_by(self) -> str:
        """The ids of the hint and the fault, for aria-describedby."""
        parts = (f"{self.id}-hint" if self.hint else "", f"{self.id}-fault" if self.fault else "")
        return " ".join(part for part in parts if part)

    @property
    def option_groups(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Options under their headings, in order."""
        return tuple((name, tuple(part)) for name, part in groupby(self.options, key=lambda o: o.group))


@dataclass(frozen=True)
class Sheet:
    """A whole form as drawn."""

    says: str
    intro: str
    minutes: int | None
    clause: tuple[str, ...]
    fields: tuple[Field, ...] = field(default_factory=tuple)

    @property
    def labels(self) -> dict[str, str]:
        """What is asked at each path that a fault of this form may name."""
        said = {f.path: f.label for f in self.fields}
        for f in self.fields:
            if f.takes_file:
                said[f"{f.path}.files"] = f.label
            said |= {
                cell.path: f"{f.label} · {gettext('No. %(n)s') % {'n': row.label}} · {cell.label}"
                for row in f.rows for cell in row.fields
            }  # fmt: skip
        return said

    @property
    def takes_files(self) -> bool:
        """Whether the form needs to be sent as multipart."""
        return any(f.takes_file or f.kind == "files" for f in self.fields)


class _Source(Protocol):
    """Where the values of fields come from."""

    def values(self, path: str) -> list[str]: ...
    def rows(self, path: str, item: Item) -> list[str]: ...


class FromSent:
    """Values as they were typed, also those that could not be read."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent

    def values(self, path: str) -> list[str]:
        """What was sent under a path."""
        return self.sent.getlist(name_of(path))

    def rows(self, path: str, item: Item) -> list[str]:
        """The paths of the rows that were sent."""
        return [f"{path}.{n}" for n in row_numbers(self.sent, path, item)]


class FromContent:
    """Values of a draft or of an answer."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    def values(self, path: str) -> list[str]:
        """What the content holds under a path."""
        found: Any = self.content.get(path)
        if found is None and path.count(".") >= 2:
            rows, n, column = path.split(".", 2)
            kept = self.content.get(rows)
            if isinstance(kept, list) and n.isdigit() and int(n) < len(kept):
                found = kept[int(n)].get(column)
        if found is None:
            return []
        return [str(one) for one in found] if isinstance(found, (list, tuple)) else [str(found)]

    def rows(self, path: str, item: Item) -> list[str]:
        """The paths of the rows the content holds."""
        return [f"{path}.{n}" for n in range(len(self.content.get(path) or ()))]


def anchor(path: str) -> str:
    """The id of a field on the page."""
    return "q-" + path.replace(".", "-")


def draw(
    form: Form,
    *,
    content: Mapping[str, Any] | None = None,
    sent: QueryDict | None = None,
    faults: Sequence[FieldFault] = (),
    offers: Offers,
) -> Sheet:
    """Draw a form with the values of a draft (``content``) or as they were sent."""
    source: _Source = FromSent(sent) if sent is not None else FromContent(content or {})
    said = {fault.field: fault.text(gettext) for fault in faults}
    more = sent.get("row-more", "") if sent is not None else ""
    drawing = _Drawing(source, said, offers, more)
    fields = tuple(drawing.field(item, item.id, item.id, form.items) for item in form.items)
    return Sheet(form.says, form.intro or "", form.minutes.value, form.clause, fields)


@dataclass(frozen=True)
class _Drawing:
    source: _Source
    said: Mapping[str, str]
    offers: Offers
    more: str

    def field(self, item: Item, read: str, path: str, beside: Iterable[Item]) -> Field:
        """Draw one item: its values are read under ``read``, it stands on the page under ``path``."""
        values = self.source.values(read)
        drawn = Field(
            path=path,
            kind=item.answer,
            label=item.asks,
            hint=item.hint or "",
            unit=item.unit or "",
            required=item.required,
            value=values[0] if values else "",
            fault=self.said.get(path, ""),
            only=_only(item, path, beside),
            takes_file=item.evidence,
            key=item.weight == "key",
        )
        if item.answer == "rows":
            return self._with_rows(drawn, item, read)
        if item.answer == "schools":
            return self._with_schools(drawn, set(values))
        refs = values if item.answer == "files" else self.source.values(f"{read}.files")
        kept = tuple(self.offers.files[ref] for ref in refs if ref in self.offers.files)
        options = tuple(replace(o, checked=o.key in values) for o in self._options(item))
        return replace(drawn, options=options, kept=kept)

    def _options(self, item: Item) -> Iterable[Option]:
        if item.answer == "yes-no":
            return (Option("yes", gettext("Yes")), Option("no", gettext("No")))
        if item.answer == "criterion":
            return self.offers.criteria
        if item.answer == "flags":
            return self.offers.conduct
        if item.answer == "organ":
            return self.offers.organs
        return tuple(Option(key, says) for key, says in item.options.items())

    def _with_rows(self, drawn: Field, item: Item, read: str) -> Field:
        places = self.source.rows(read, item)
        if self.more == read or (item.required and not places):
            # A number that nobody sent: the fields of a fresh row are empty.
            places = [*places, f"{read}.fresh"]
        rows = tuple(self._row(item, place, drawn.path, n) for n, place in enumerate(places))
        return replace(drawn, rows=rows, blank=self._row(item, f"{read}.fresh", drawn.path, -1))

    def _row(self, item: Item, read: str, path: str, n: int) -> RowOf:
        # "N" is replaced by a number when a script adds the row.
        number = "N" if n < 0 else str(n)
        cells = tuple(
            self.field(column, f"{read}.{column.id}", f"{path}.{number}.{column.id}", item.items)
            for column in item.items
        )
        return RowOf(n, number if n < 0 else str(n + 1), cells)

    def _with_schools(self, drawn: Field, chosen: set[str]) -> Field:
        schools = sorted(self.offers.schools, key=lambda s: s.town)
        towns = []
        for name, part in groupby(schools, key=lambda s: s.town):
            rows = tuple((school, str(school.id) in chosen) for school in part)
            towns.append(Town(name, rows, sum(ticked for _, ticked in rows)))
        stages = tuple(dict.fromkeys(s.stage for s in self.offers.schools if s.stage))
        return replace(drawn, towns=tuple(towns), stages=stages, every=EVERY_SCHOOL in chosen)


def _only(item: Item, path: str, beside: Iterable[Item]) -> OnlyWhen | None:
    if item.only is None:
        return None
    other = next((one for one in beside if one.id == item.only.item), None)
    place = path.rpartition(".")[0]
    name = name_of(f"{place}.{item.only.item}" if place else item.only.item)
    words = {"yes": gettext("Yes"), "no": gettext("No"), **(other.options if other else {})}
    return OnlyWhen(name, item.only.is_, other.asks if other else "", words.get(item.only.is_, item.only.is_))
