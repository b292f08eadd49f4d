"""What this room puts into the inbox: classes to report, findings given back, exceptions to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.records.monitoring.queries import AskedFor, Waiting, WaitingFindings
from qingfu.records.plans.queries import InForce
from qingfu.web.monitoring.effort import minutes_of
from qingfu.web.monitoring.finding_told import says_of
from qingfu.web.monitoring.ground import link
from qingfu.web.parts import Row
from qingfu.web.spoken import numbers
from qingfu.web.words import day


def to_report(waiting: Waiting) -> Iterator[Row]:
    """A line for each class that was drawn, yesterday's first; undated: a term's figures, and what the public asks."""
    for one in waiting.asked:
        yield Row(href=_form(one), what=one.class_name, aside=_homework_of(one))
    for of in waiting.figures:
        href = link("school-watched", of.organ, of.share, term=of.term)
        yield Row(href=href, what=of.says, clause=numbers("、".join(of.clause)), aside=of.term_name)
    if n := waiting.questions:
        said = ngettext("{n} waits for an answer", "{n} wait for an answer", n).format(n=n)
        yield Row(href=link("school-questions"), what=_("Questions from the public"), aside=said)


def _form(one: AskedFor) -> str:
    asked: dict[str, object] = {"class": one.class_id, "day": one.day.isoformat()}
    return link("school-fill-in", one.organ, "homework", **asked)


def _homework_of(one: AskedFor) -> str:
    n = minutes_of("homework")
    said = ngettext(
        "Report its homework of {day}: about {n} minute", "Report its homework of {day}: about {n} minutes", n
    )
    return said.format(day=day(one.day), n=n)


def returned(waiting: Waiting, plans: Mapping[int, InForce]) -> list[Row]:
    """Findings that came back to the school to be checked."""
    return list(_rows(waiting.returned, plans, "returned"))


def exceptions(waiting: Waiting, plans: Mapping[int, InForce]) -> list[Row]:
    """Exceptions that somebody asked for and this reader may decide."""
    return list(_rows(waiting.exceptions, plans, "asked"))


def to_decide(waiting: Waiting) -> Iterator[Row]:
    """Findings nobody has looked at yet: one line, however many they are; the board has them by limit and school."""
    if one := waiting.open:
        said = ngettext("{n} finding, schools: {schools}", "{n} findings, schools: {schools}", one.number)
        said = said.format(n=one.number, schools=one.schools)
        yield Row(
            href=link("limits", term=one.term, state="open"),
            what=_("Findings of school data to be decided"),
            aside=said,
        )


def _rows(held: Iterable[WaitingFindings], plans: Mapping[int, InForce], state: str) -> Iterator[Row]:
    for one in held:
        plan = plans.get(one.edition)
        if plan is None:
            continue
        key = one.limit.partition("/")[0]
        known = plan.pack.limits.get(key)
        n = ngettext("{n} finding", "{n} findings", one.number).format(n=one.number)
        href = link("findings", one.edition, key, organ=one.organ, term=one.term, state=state)
        yield Row(
            href=href, what=says_of(plan, key),
            whom=one.organ_name, clause=numbers("、".join(_clauses(known.clause))) if known else (), aside=n,
            subject="finding", state=state,
        )  # fmt: skip


def _clauses(clause: str | tuple[str, ...]) -> tuple[str, ...]:
    return (clause,) if isinstance(clause, str) else tuple(clause)
