"""How many minutes a form asks of somebody: counted from its fields, and said on the page."""

from __future__ import annotations

from qingfu.records.monitoring.queries import TableDesk

# Opening a form, reading it over and sending it; choosing or typing one field with a thumb; confirming what stands.
TO_OPEN, A_FIELD, TO_CONFIRM = 40, 6, 20
# Fields of one class as its form asks for them at first: what was told before is not asked again.
FIELDS = {
    "homework": 6, "exams": 9, "timetable": 30, "schedules": 5, "evenings": 3, "extra-lessons": 3, "aids": 9,
    "combined": 2,
}  # fmt: skip


def minutes_of(table: str) -> int:
    """One form of one class, in whole minutes, never less than one."""
    return max(1, round((TO_OPEN + A_FIELD * FIELDS[table]) / 60))


def minutes_left(desk: TableDesk) -> int:
    """What a table still asks in a term by phone, one class after the other; a second timetable is only confirmed."""
    if desk.table.name == "timetable":
        planned = (desk.of - desk.records.get("planned", 0)) * (TO_OPEN + A_FIELD * FIELDS["timetable"])
        confirmed = sum(TO_CONFIRM for key in ("posted", "taught") if desk.records.get(key, 0) < desk.of)
        return -(-(planned + confirmed) // 60)
    if desk.table.name == "schedules":
        return minutes_of("schedules") if desk.told < desk.of else 0
    return (desk.of - desk.told) * minutes_of(desk.table.name)
