"""Whether a form asks what its use reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qingfu.packfile.check.bench import Bench
from qingfu.packfile.errors import MeaningMissing
from qingfu.packfile.words.asks import Form, Item
from qingfu.packfile.yamltext import Path


def form_at(bench: Bench, name: str | None) -> tuple[str, Form] | None:
    """The form behind `forms.NAME`; None where it is missing, which is reported where it is named."""
    key = (name or "").removeprefix("forms.")
    return (key, bench.pack.forms[key]) if key in bench.pack.forms else None


def meanings_of(items: Iterable[Item]) -> Iterator[str]:
    """Every meaning asked for, columns of rows included."""
    for item in items:
        if item.means:
            yield item.means
        yield from meanings_of(item.items)


def need_meanings(bench: Bench, path: Path, held: tuple[str, Form], meanings: Iterable[str], use: str) -> None:
    """A fault for each meaning that the use reads and the form does not ask."""
    key, form = held
    asked = set(meanings_of(form.items))
    for meaning in meanings:
        if meaning not in asked:
            suggestion = f'{{id: {meaning}, asks: "…", means: {meaning}}}'
            bench.fault(MeaningMissing, path, form=key, meaning=meaning, use=use, suggestion=suggestion)
