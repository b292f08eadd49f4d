"""Living through the days: each bureau is founded on its day, every day is opened, every act has its instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction

from qingfu.base.clock import CHINA, day_of
from qingfu.base.days import ONE_DAY
from qingfu.base.errors import QingfuError
from qingfu.project.demo import acts
from qingfu.project.demo.books import Beat, beats, books
from qingfu.project.demo.founding import found
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import Book
from qingfu.records.enactment.actions import open_the_day, put_in_force
from qingfu.records.journal.actions import deed
from qingfu.records.people.queries import bureaus

DAWN = time(7, 0)
NINE = time(9, 0)


class Unplayable(RuntimeError):
    """An act of the shipped script was refused: the data is wrong."""


def nine(day: date) -> datetime:
    """Nine o'clock in China."""
    return datetime.combine(day, NINE, tzinfo=CHINA)


@dataclass
class Player:
    """Plays every demonstration. ``strict``: a refused act is a fault of the data and ends it.

    Otherwise it is passed over: whoever tries the demonstration may have decided otherwise, and the register says so.
    """

    strict: bool = True
    stages: dict[str, Stage] = field(default_factory=dict)
    passed_over: list[Beat] = field(default_factory=list)

    def days(self, since: datetime | None, until: datetime) -> Iterator[date]:
        """Live through all after ``since`` (None: from the beginning) up to ``until``; yields each day that is done."""
        known = {bureau.slug: bureau.id for bureau in bureaus()}
        for book in books():
            if book.bureau.slug in known:
                self.stages[book.bureau.slug] = Stage(book, known[book.bureau.slug], day_of(until))
        first = min(book.bureau.founded for book in books())
        day = day_of(since) if since else day_of(first)
        while day <= day_of(until):
            for book in books():
                self._live_day(book, day, since, until)
            yield day
            day += ONE_DAY

    def _live_day(self, book: Book, day: date, since: datetime | None, until: datetime) -> None:
        slug = book.bureau.slug
        founded = book.bureau.founded
        if slug not in self.stages:
            if founded > until or day < day_of(founded):
                return
            self.stages[slug] = found(book)
        stage = self.stages[slug]
        dawn = datetime.combine(day, DAWN, tzinfo=CHINA)
        if since is None or dawn > since:
            open_the_day(bureau=stage.bureau, at=dawn)
        todays = [beat for beat in _beats_of(slug) if day_of(beat.at) == day]
        due = [beat for beat in todays if (since is None or beat.at > since) and beat.at <= until]
        with deed(stage.clock):
            if day == day_of(book.plan.at) and book.plan.at <= until and (since is None or book.plan.at > since):
                self._put_in_force(stage, book)
            if due:
                stage.begin(day)
            for beat in due:
                self._do(stage, beat)

    def _put_in_force(self, stage: Stage, book: Book) -> None:
        stage.begin(day_of(book.plan.at))
        put_in_force(stage.keeper(), edition=stage.draft(), on=book.plan.in_force_on, at=book.plan.at)

    def _do(self, stage: Stage, beat: Beat) -> None:
        if self.strict:
            try:
                acts.do(stage, beat)
            except QingfuError as error:
                raise Unplayable(f"{beat.at:%Y-%m-%d %H:%M} {beat.act.do}: {beat.target}: {error}") from error
            return
        try:
            with transaction.atomic():
                acts.do(stage, beat)
        except QingfuError:
            self.passed_over.append(beat)


_known: dict[str, list[Beat]] = {}


def _beats_of(slug: str) -> list[Beat]:
    if slug not in _known:
        _known.update({book.bureau.slug: beats(book) for book in books()})
    return _known[slug]
