"""Results: who has published and who has not; a school's own few numbers, checked while they are typed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import queries
from qingfu.records.enrolment.queries import Figures, Ground, ResultRow, ResultView, whole_number
from qingfu.records.people.queries import organ
from qingfu.web.desk import Desk, page
from qingfu.web.enrolment.ground import NO_NUMBER, ROOM, Line, line, sent
from qingfu.web.navigation import address
from qingfu.web.parts import Cell, Table

FIELDS = ("places", "registered", "within", "refused", "refused-within")
LINES = 4
MOST_LINES = 12


@page(ROOM)
def results(desk: Desk, year: int) -> HttpResponse:
    """Every school by its name: what it published, or until when it should."""
    rows = queries.results(desk.actor, year=year, at=desk.at)
    return desk.show(
        "enrolment/results.html", year=year, table=_table(rows, year), schools=len(rows),
        published=sum(one.result is not None and not one.result.is_withdrawn for one in rows),
        late=sum(one.late for one in rows),
    )  # fmt: skip


def _table(rows: tuple[ResultRow, ...], year: int) -> Table:
    heads = (
        _("School"), _("Result"), _("Planned places"), _("Registered"), _("Admitted"), _("From its area"),
        _("Not admitted"),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.school.name, reverse("enrolment-result", args=[year, one.school.id]), zh=True), *_row(one))
        for one in rows
    )
    return Table(_("Which schools have published?"), heads, cells, frozenset({2, 3, 4, 5, 6}), quiet_caption=True)


def _row(one: ResultRow) -> tuple[Cell, ...]:
    if one.result is None:
        word = _("not published, late") if one.late else _("not published yet")
        state = Cell(word, subject="admission", state="late" if one.late else "open", due=one.due)
        return (state, *(Cell("—", number=True) for _column in range(5)))
    held = one.result
    numbers = (held.places, held.registered, held.admitted, held.within, held.refused)
    return (
        Cell("", subject="disclosure", state="withdrawn")
        if held.is_withdrawn
        else Cell("", subject="admission", state="published"),
        *(Cell(str(number), number=True) for number in numbers)
    )  # fmt: skip


@page(ROOM)
def result(desk: Desk, year: int, school: int) -> HttpResponse:
    """A school's numbers; what stands now is in the form, and what looks wrong is told before it is published."""
    held = queries.result(desk.actor, organ=school, year=year)
    planned = queries.planned_of(desk.actor, organ=school, year=year)
    own = desk.actor.organ == school
    view = organ(desk.actor, school)
    slug = desk.post.bureau.slug if desk.post else ""
    return desk.show(
        "enrolment/result.html", school=view, year=year, held=held, planned=planned, own=own, paper=not own,
        form=_form(desk, held, planned), lines=list(_lines(desk, held)), doubts=_doubts(desk, planned),
        note=desk.typed("note", held.note if held else ""), on_behalf=desk.typed("on-behalf"),
        public=address("portal-catchment", bureau=slug, code=view.code),
        seen=desk.typed("seen", held.seal if held else queries.UNPUBLISHED),
        years=[one for one in (desk.today.year, desk.today.year - 1) if one != year],
    )  # fmt: skip


def _form(desk: Desk, held: ResultView | None, planned: int | None) -> dict[str, str]:
    if desk.posted:
        return {name: sent(desk, name) for name in FIELDS}
    if held is None:
        return {"places": "" if planned is None else str(planned)}
    return {name: str(getattr(held, name.replace("-", "_"))) for name in FIELDS}


def _lines(desk: Desk, held: ResultView | None) -> Iterator[Line]:
    """The grounds of the form, and how many of each."""
    grounds = held.grounds if held else ()
    for n in range(1, max(LINES, len(grounds) + 1) + 1):
        if desk.posted:
            yield line(desk, n, {name: sent(desk, f"{name}-{n}") for name in ("ground", "number")})
        else:
            one = grounds[n - 1] if n <= len(grounds) else None
            yield line(desk, n, {"ground": one.ground if one else "", "number": str(one.number) if one else ""})


def _doubts(desk: Desk, planned: int | None) -> list[str]:
    """What the figures that were sent make one ask; nothing while they do not add up."""
    if not desk.posted:
        return []
    try:
        figures = _figures(desk)
        queries.judge_figures(figures)
    except Invalid:
        return []
    return [one.text(_) for one in queries.doubts_about(figures, planned)]


def _figures(desk: Desk) -> Figures:
    """The figures as typed. Raises Invalid for whatever is no number."""
    read = {name: whole_number(sent(desk, name)) for name in FIELDS}
    faults = [FieldFault(name, NO_NUMBER) for name, number in read.items() if number is None]
    grounds = []
    for n in range(1, MOST_LINES + 1):
        ground, typed = sent(desk, f"ground-{n}"), sent(desk, f"number-{n}")
        if not ground and not typed:
            continue
        number = whole_number(typed)
        if number is None:
            faults.append(FieldFault(f"number-{n}", NO_NUMBER))
        grounds.append(Ground(ground, number or 0))
    if faults:
        raise Invalid(*faults)
    numbers = {name.replace("-", "_"): number or 0 for name, number in read.items()}
    return Figures(grounds=tuple(grounds), **numbers)


@result.act("publish")
def publish(desk: Desk, year: int, school: int) -> HttpResponse:
    """Publish the numbers; the school's task is done with it."""
    enactment.publish_result(
        desk.actor, organ=school, year=year, figures=_figures(desk), note=sent(desk, "note"),
        on_behalf=sent(desk, "on-behalf"), seen=sent(desk, "seen"), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("enrolment-result", year, school, said=_("Published: the result of {year}.").format(year=year))
