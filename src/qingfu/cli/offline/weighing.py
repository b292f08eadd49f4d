"""`qingfu pack burden`: what a plan asks of people, before it is published."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.words import N_, Said, Translate, Word, say
from qingfu.base.workdays import Workdays
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Name, Voice
from qingfu.packfile.burden import Ask, Beside, Burden, Counts, weigh
from qingfu.packfile.burden.asks import KINDS
from qingfu.packfile.notice import SHIPPED, read_notice

RECKONED = N_(
    "Reckoned with (assumptions, change them by options): schools {schools}, departments {departments}, "
    "townships {townships}, teachers a school {teachers}, classes a school {classes}, "
    "applications a year {affairs}, activities an affair {activities}."
)
TOTAL = N_("In all: {minutes} minutes, about {days} working days of 8 hours.")
OF_ONE_SCHOOL = N_("What falls on one school in one semester:")
AFTER = N_("after the last semester known")
WHAT, UNITS, TIMES, EACH, ALL = N_("What is asked"), N_("Units"), N_("Times"), N_("Minutes each"), N_("Minutes in all")
SEMESTER, MINUTES = N_("Semester"), N_("Minutes")
STANDING, ASSUMED = N_("standing"), N_("{minutes} (assumed)")
COUNTED = {
    "form": N_("Forms"),
    "report": N_("Reports"),
    "meeting": N_("Meetings"),
    "visit": N_("Visits"),
    "activity": N_("Activities"),
}
BESIDE = N_("Beside {issuer}, “{title}” ({issued}):")
COUNTS, NATIONAL, OWN, VERDICT = N_("Counts"), N_("National cap"), N_("This plan"), N_("Verdict")
OF = N_("{counts} per {per} in a {window}")
VERDICTS = {
    "over": N_("over the cap"),
    "within": N_("within the cap"),
    "open": N_("the plan leaves it open"),
    "unsaid": N_("the plan says nothing"),
    "elsewhere": N_("the plan counts in another window"),
}
CAP_WORDS = (N_("items"), N_("activities"), N_("bureau"), N_("school"), N_("calendar-year"), N_("school-year"),
             N_("semester"))  # fmt: skip


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Weigh a plan: people × minutes, forms, reports, meetings, visits, activities, beside the national caps.")
    app.command("burden", help=translate(said))(show)


def show(
    name: Name,
    year: Annotated[int | None, typer.Option("--year", min=1, max=9998)] = None,
    schools: Annotated[int, typer.Option(min=0)] = Counts.schools,
    departments: Annotated[int, typer.Option(min=0)] = Counts.departments,
    townships: Annotated[int, typer.Option(min=0)] = Counts.townships,
    teachers: Annotated[int, typer.Option(min=0)] = Counts.teachers,
    classes: Annotated[int, typer.Option(min=0)] = Counts.classes,
    affairs: Annotated[int, typer.Option(min=0)] = Counts.affairs,
    activities: Annotated[int, typer.Option(min=0)] = Counts.activities,
    notice: Annotated[Path, typer.Option(exists=True, dir_okay=False)] = SHIPPED,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """A plan whose own figure passes a national cap makes the command end with 1."""
    voice = Voice(language, as_json)
    pack = voice.pack(name)
    counts = Counts(schools, departments, townships, teachers, classes, affairs, activities)
    with voice.hearing():
        found = weigh(pack, Workdays.shipped(), counts=counts, year=year, notice=read_notice(notice))
    _asked(voice, found)
    _of_schools(voice, found)
    voice.tell(BESIDE, issuer=found.notice.issuer, title=found.notice.title, issued=found.notice.issued)
    voice.table((COUNTS, NATIONAL, OWN, VERDICT), (_cap(voice, one) for one in found.caps))
    voice.end(
        well=not found.is_over,
        counts=asdict(found.counts),
        minutes=found.minutes,
        asks=[{**asdict(ask), "total": ask.total} for ask in found.asks],
        semesters=[asdict(semester) for semester in found.semesters],
        notice={"title": found.notice.title, "issued": found.notice.issued, "source": found.notice.source},
        caps=[{**asdict(one), "cap": one.cap.model_dump()} for one in found.caps],
    )


def _asked(voice: Voice, found: Burden) -> None:
    voice.tell(RECKONED, **asdict(found.counts))
    voice.table((WHAT, UNITS, TIMES, EACH, ALL), (_ask(ask) for ask in found.asks))
    voice.tell(TOTAL, minutes=found.minutes, days=round(found.minutes / 480, 1))


def _ask(ask: Ask) -> tuple[object, ...]:
    each: int | Said | None = say(ASSUMED, minutes=ask.minutes) if ask.assumed else ask.minutes
    times: int | Said = say(STANDING) if ask.times is None else ask.times
    return ask.says, ask.units, times, each, ask.total


def _of_schools(voice: Voice, found: Burden) -> None:
    voice.tell(OF_ONE_SCHOOL)
    rows = ((one.name or say(AFTER), one.minutes, *(one.counts[kind] for kind in KINDS)) for one in found.semesters)
    voice.table((SEMESTER, MINUTES, *(COUNTED[kind] for kind in KINDS)), rows)


def _cap(voice: Voice, one: Beside) -> tuple[object, ...]:
    counted = say(OF, counts=Word(one.cap.counts), per=Word(one.cap.per), window=Word(one.cap.window))
    return counted, one.cap.at_most, one.asks if one.own is None else one.own, say(VERDICTS[one.verdict])
