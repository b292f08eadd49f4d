"""The two-minute forms: homework, evening study, extra lessons, examinations, teaching aids, combined classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import ClassView, Reported
from qingfu.rules.tables import BY_NAME, Column
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring import row_forms
from qingfu.web.monitoring.ground import (
    ROOM,
    Drafted,
    Ground,
    chosen_class,
    chosen_day,
    common,
    file,
    ground,
    lead_on,
    needs,
)
from qingfu.web.monitoring.row_forms import FORMS, RowForm
from qingfu.web.monitoring.subjects import ALL, OFFERED

# Parallel classes sit the same examination and buy the same aids; homework and a shared room are each class's own.
SCOPES = ("class", "grade", "school")
EACH_ITS_OWN = frozenset({"homework", "combined"})


@dataclass(frozen=True)
class Form:
    """One form as it was opened: of which class and day, what stands already, which columns are asked for."""

    form: RowForm
    here: Ground
    of: ClassView
    day: date
    stands: tuple[Reported, ...]
    columns: tuple[list[Column], list[Column]]

    @property
    def today(self) -> tuple[Reported, ...]:
        """What stands of the day, or of the term where the table knows no days."""
        return tuple(row for row in self.stands if not self.form.by_day or row.cells["day"] == self.day)


def _opened(desk: Desk, school: int, table: str) -> Form:
    if table not in FORMS:
        raise NotFound(what=table)
    form, here = FORMS[table], ground(desk, school)
    of, day = chosen_class(desk, here), chosen_day(desk, here)
    stands = queries.reported(desk.actor, table=table, organ=school, term_id=here.term.id, class_id=of.id)
    columns = row_forms.columns_of(form, needs(desk).get(table, frozenset()), stands)
    return Form(form, here, of, day, stands, columns)


@page(ROOM)
def fill_in(desk: Desk, school: int, table: str) -> HttpResponse:
    """One class, one day: what is known already stands there."""
    opened = _opened(desk, school, table)
    form = opened.form
    begun = row_forms.begun_with(form, opened.of.grade, opened.day, opened.stands)
    sent = desk.request.POST.dict() if desk.posted and "rows" in desk.request.POST else None
    faults = {fault.field: fault.text(_) for fault in desk.faults}
    rows = row_forms.form_rows(form, opened.columns, begun, sent, faults)
    known = BY_NAME[table]
    return desk.show(
        "monitoring/fill_in.html", **common(desk, opened.here), form=form, table=known, of=opened.of, day=opened.day,
        rows=rows, stands=[(row, row_forms.summary_of(row.cells, known)) for row in opened.today], offered=OFFERED,
        scope=desk.typed("for", "class"), may_be_many=table not in EACH_ITS_OWN, on_behalf=desk.typed("on-behalf"),
        flags=[column for part in opened.columns for column in part if column.kind == "yes-no"], count=len(rows),
        back_reason=desk.request.POST.get("reason", ""), first_day=opened.here.term.from_on.isoformat(),
        last_day=min(desk.today, opened.here.term.until_on).isoformat() if table != "exams" else "",
    )  # fmt: skip


@fill_in.act("file")
def file_form(desk: Desk, school: int, table: str) -> HttpResponse:
    """Report what was typed; the receipt says at once what breaks a limit."""
    opened = _opened(desk, school, table)
    scope = desk.request.POST.get("for", "class") if table not in EACH_ITS_OWN else "class"
    shown: Sequence[Column] = [*opened.columns[0], *opened.columns[1]]
    drafts = row_forms.drafts(
        opened.form, desk.request.POST.dict(), opened.here.like(opened.of, scope),
        opened.day if opened.form.by_day else None, shown,
    )  # fmt: skip
    filed = file(desk, opened.here, table, drafts)
    return lead_on(desk, "school-report", school, filed.id, term=opened.here.term.id)


@fill_in.act("none")
def none_today(desk: Desk, school: int, table: str) -> HttpResponse:
    """No written homework that day: told in one tap, because silence says nothing."""
    opened = _opened(desk, school, table)
    if not opened.form.none:
        raise NotFound(what=table)
    cells = {"class": opened.of.id, "day": opened.day, "subject": ALL, "minutes": 0, "written": False}
    filed = file(desk, opened.here, table, [Drafted(cells, {"day": "day"})])
    return lead_on(desk, "school-report", school, filed.id, term=opened.here.term.id)


@fill_in.act("take-back")
def take_back(desk: Desk, school: int, table: str) -> HttpResponse:
    """What was reported of this class and day by mistake stands no longer."""
    opened = _opened(desk, school, table)
    enactment.take_back_rows(
        desk.actor, table=table, organ=school, term_id=opened.here.term.id, rows=[row.id for row in opened.today],
        reason=desk.request.POST.get("reason", ""), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = _("Taken back; the report of it stays with its reason.")
    return lead_on(desk, "school-desk", school, said=said, term=opened.here.term.id)
