"""Figures of the pupils a plan has watched: a few numbers a grade and term; nobody can be named in them (C30)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.actions.rights import require_filer, via_of
from qingfu.records.monitoring.models import Filing, Watched
from qingfu.records.monitoring.queries.cells import cell_of
from qingfu.records.monitoring.queries.filings import FilingView, filing_view
from qingfu.records.monitoring.queries.terms import term as term_of
from qingfu.records.monitoring.queries.watching import FIGURES, WATCHED, lowest_before, watch_of
from qingfu.rules.grades import GRADES

Said = Mapping[str, object]
NOTHING = N_("There is no row in it.")
NO_GRADE = N_("There is no such grade: {text}.")
REPEATED = N_("Rows {first} and {second} are about the same.")
EMPTY = N_("This may not be empty.")
NOT_BEGUN = N_("This term has not begun yet.")
NOT_THE_SHARE = N_("{share}% of {pupils} pupils, rounded up or down: from {least} to {most}.")
OF_THEM = N_("At most {most}: so many are among them.")
NOT_COMPARED = N_("Nothing is known of last term, so nothing can have changed since.")
NO_BALANCE = N_("From {least} to {most}: {before} were among them last term and {lowest} are now.")


@dataclass(frozen=True)
class _Grade:
    """One grade being said: its place in the report, its cells, and how many were watched last term."""

    number: int
    cells: dict[str, int | None]
    share: int
    before: int | None

    @property
    def lowest(self) -> int | None:
        """As said, else the share of the pupils, rounded."""
        pupils, said = self.cells["pupils"], self.cells["lowest"]
        return (pupils * self.share + 50) // 100 if said is None and pupils is not None else said


def file_watched(
    actor: Actor, *, organ: int, term: int, share: int, rows: Sequence[Said], way: str = "form", on_behalf: str = "",
    client_id: UUID | None = None, at: datetime,
) -> FilingView:  # fmt: skip
    """Give the figures of a school and term, each row one `grade` with whole numbers as in FIGURES; no text.

    A report says the whole: a grade it leaves out stands no longer, and nothing is lost. `lowest` may be left out; it
    is then the share, rounded. `gone` is asked for only where figures of the same pupils stand for the term before; how
    many are new among them follows. Raises Invalid with every fault, named `row.column`; rows count from 0.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="filing")) is not None:
            return filing_view(Filing.objects.get(id=first))
        require_filer(actor, organ)
        watch, view = watch_of(actor, share), term_of(actor, term)
        if view.from_on > day_of(at):
            raise Invalid(FieldFault("term", NOT_BEGUN))
        wait_for(actor, WATCHED, organ)
        said = _checked(rows, watch.share, lowest_before(actor, organ=organ, term_=view, share=share))
        gone = Watched.objects.filter(organ=organ, term=term, share=share, replaced_by=None)
        ids = list(gone.values_list("id", flat=True))
        filing = Filing.objects.create(
            bureau_id=actor.bureau, organ_id=organ, table=WATCHED, person_id=actor.person, rows=len(said), at=at,
            via=via_of(actor, organ, on_behalf, way), on_behalf=on_behalf.strip(), replaced=len(ids),
            digest=digest({"term": term, "share": share, "rows": said}),
        )  # fmt: skip
        Watched.objects.filter(id__in=ids).update(replaced_by=filing)
        Watched.objects.bulk_create(
            Watched(bureau_id=actor.bureau, organ_id=organ, term_id=term, share=share, filing=filing, **row)
            for row in said
        )
        record(
            actor, verb="monitoring.file_watched", subject="filing", subject_id=filing.id, digest=filing.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return filing_view(filing)


def _checked(rows: Sequence[Said], share: int, before: Mapping[str, int]) -> list[dict[str, object]]:
    faults = [] if rows else [FieldFault("rows", NOTHING)]
    said: list[dict[str, object]] = []
    seen: dict[object, int] = {}
    for number, row in enumerate(rows):
        grade = str(row.get("grade") or "")
        if grade not in GRADES:
            faults.append(FieldFault(f"{number}.grade", NO_GRADE, {"text": grade[:20]}))
        if (other := seen.setdefault(grade, number)) != number:
            faults.append(FieldFault(f"{number}.grade", REPEATED, {"first": other + 1, "second": number + 1}))
        cells, wrong = _cells(number, row)
        one = _Grade(number, cells, share, before.get(grade))
        wrong = wrong or [*_parts(one), *_change(one)]
        faults += wrong
        if not wrong:
            said.append({"grade": grade, **_kept(one)})
    if faults:
        raise Invalid(*faults)
    return said


def _cells(number: int, row: Said) -> tuple[dict[str, int | None], list[FieldFault]]:
    """The numbers of a row and nothing else: whatever else is sent with it is left where it was."""
    cells: dict[str, int | None] = {}
    faults: list[FieldFault] = []
    for column in FIGURES:
        place = f"{number}.{column.name}"
        value, fault = cell_of(column, row.get(column.name))
        cells[column.name] = value if isinstance(value, int) else None
        if fault is not None:
            faults.append(FieldFault(place, fault.says, fault.facts))
        elif value is None and column.name in ("pupils", "helped"):
            faults.append(FieldFault(place, EMPTY))
    return cells, faults


def _parts(one: _Grade) -> Iterator[FieldFault]:
    """Each part within its whole."""
    pupils, lowest, helped = one.cells["pupils"] or 0, one.lowest or 0, one.cells["helped"] or 0
    least, most = pupils * one.share // 100, -(-pupils * one.share // 100)
    if not least <= lowest <= most:
        facts: dict[str, object] = {"share": one.share, "pupils": pupils, "least": least, "most": most}
        yield FieldFault(f"{one.number}.lowest", NOT_THE_SHARE, facts)
    elif helped > lowest:
        yield FieldFault(f"{one.number}.helped", OF_THEM, {"most": lowest})


def _change(one: _Grade) -> Iterator[FieldFault]:
    """Whoever was among them and is no longer, against last term's figures: what is left over is new among them."""
    gone, place, lowest = one.cells["gone"], f"{one.number}.gone", one.lowest or 0
    if one.before is None:
        if gone is not None:
            yield FieldFault(place, NOT_COMPARED)
    elif gone is None:
        yield FieldFault(place, EMPTY)
    else:
        least = max(0, one.before - lowest)
        if not least <= gone <= one.before:
            facts: dict[str, object] = {"least": least, "most": one.before, "before": one.before, "lowest": lowest}
            yield FieldFault(place, NO_BALANCE, facts)


def _kept(one: _Grade) -> dict[str, object]:
    lowest, gone, before = one.lowest or 0, one.cells["gone"], one.before
    come = lowest - before + gone if before is not None and gone is not None else None
    return {
        "pupils": one.cells["pupils"], "lowest": lowest, "helped": one.cells["helped"], "before": before, "gone": gone,
        "come": come,
    }  # fmt: skip
