"""Walks over the pages: who begins where, what was looked at, which names have no page of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.eyes import ailments
from tests.journeys.visitor import Visitor

# How many pages under one name one walker looks at; pages with many states are looked at more often.
OFTEN = {"case": 3, "task": 3, "problem": 4, "listing": 2, "portal-gate": 2}
# Names that answer with no page of their own, or only in the middle of something.
NO_PAGE = {
    "home": "leads on", "sign-out": "a verb", "reading": "a verb", "healthz": "one word",
    "demo-next-day": "a verb", "demo-go-to": "a verb", "demo-persona": "a verb",
    "api-contract": "JSON",
    "cases-together": "looked at by its journey",
    "case-panel": "looked at by its journey",
    "file": "a download", "case-file": "a download", "problem-file": "a download",
    "people-sheet-blank": "a download", "duties-sheet": "a download", "problems-sheet": "a download",
    "roll-sheet": "a download", "school-sheet-blank": "a download",
    "apply-check": "looked at by its journey", "link": "looked at by its journey",
    "activity-plan-check": "the same page as apply-check", "case-correct-check": "the same page as apply-check",
    "set-password": "the same page as accept-invitation",
    "enrolment-sheet-blank": "a download", "catchment-paper": "a download",
    "draw-roster-blank": "a download", "draw-file": "a download", "portal-draw-file": "a download",
    "placement-roster-blank": "a download", "placement-classes-sheet": "a download",
    "placement-later-blank": "a download",
    **dict.fromkeys(
        (
            "placement-roster", "placement-pairs", "placement-teams", "placement-freeze", "placement-ceremony",
            "placement-screen", "placement-rehearsal", "placement-rehearsal-screen", "placement-classes",
            "placement-changes", "placement-later",
        ),
        "looked at by its journey",
    ),
    "draw": "looked at by its journey", "draw-notice": "looked at by its journey",
    "draw-certificate": "looked at by its journey", "draw-result": "looked at by its journey",
    "draw-calls": "looked at by its journey", "draw-slips": "looked at by its journey",
    "draw-match": "looked at by its journey", "draw-matching": "looked at by its journey",
    "draw-visits": "looked at by its journey",
    "draw-match-blank": "a download", "draw-assignment": "a download",
    "portal-draw": "looked at by its journey", "portal-draws": "looked at by its journey",
    "placement": "looked at by its journey", "witness": "looked at by its journey",
}  # fmt: skip
# Pages that only the walks of `test_every_school_page` reach; `test_every_page` answers for all others.
OF_SCHOOLS = frozenset({
    "accept-invitation", "case-correct", "catchment-change", "catchment-changes", "enrolment", "enrolment-area",
    "enrolment-areas", "enrolment-result", "enrolment-results", "enrolment-sheet", "enrolments", "portal-catchment",
    "portal-enrolment", "finding", "findings", "first-week", "first-weeks", "limit", "limits",
    "limits-beside", "official-words", "picture-calendar", "picture-estimate", "picture-homework", "picture-timetable",
    "picture-watched", "picture-watched-county", "pictures", "plan-setup", "portal-slip", "portal-term",
    "school-classes", "school-data", "school-desk", "school-fill-in", "school-photo", "school-questions",
    "school-report", "school-schedule", "school-sheet", "school-terms", "school-timetable", "school-timetables",
    "school-watched",
})  # fmt: skip
# What was looked at in this process; each of the two files runs whole in one.
SEEN: set[str] = set()


def look_on_a_walk(visitor: Visitor, start: tuple[str, ...]) -> None:
    """Look at the pages on a walk; at the first of a name closely. The visitor's faults fail the test at its end."""
    for path in _walk(visitor, start):
        if (name := _name(path)) in SEEN:
            visitor.faults += [f"{path}: {one}" for one in ailments(visitor.page)]
        else:
            SEEN.add(name)
            visitor.look_closely()


def _walk(visitor: Visitor, start: tuple[str, ...]) -> Iterator[str]:
    """Breadth first over the links; of pages with one name only so many."""
    wanted, known, counted = list(start), set(start), dict[str, int]()
    while wanted:
        path = wanted.pop(0)
        name = _name(path)
        counted[name] = counted.get(name, 0) + 1
        if name in NO_PAGE or (path not in start and counted[name] > OFTEN.get(name, 1)):
            continue
        answer = visitor.page.goto(path)
        assert answer is not None
        assert answer.status < 500, path
        for href in visitor.page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)"):
            parts = urlsplit(str(href))
            link = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if f"{parts.scheme}://{parts.netloc}" == visitor.site and link not in known:
                known.add(link)
                wanted.append(link)
        yield path


def _name(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def names() -> set[str]:
    """The names of all addresses that are pages; what programs ask has none."""

    def patterns(found: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for one in found:
            yield from [one] if isinstance(one, URLPattern) else patterns(one.url_patterns)

    return {one.name for one in patterns(get_resolver().url_patterns) if one.name} - set(NO_PAGE)
