"""Before applying: lead time, window, criteria, red lines seen, places left, answers missing.

`may_apply` refuses what the plan forbids; `readiness` says the same and more while the form is being written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingfu.base.days import SchoolTerm, read_day
from qingfu.base.errors import NoSuchDay
from qingfu.base.terms import Relative
from qingfu.base.words import N_, Said, Translate, as_they_are, say
from qingfu.base.workdays import Workdays
from qingfu.packfile.course.steps import list_of, route_of, steps_of
from qingfu.packfile.due import collecting, latest_day_to_apply, listed_span, term_of, terms_of
from qingfu.packfile.errors import CriterionUnmet, OutsideWindow
from qingfu.packfile.words.asks import Form, Item
from qingfu.packfile.words.moves import AnswerIs, Criterion, Route, WhiteList
from qingfu.packfile.words.pack import Pack

Answers = Mapping[str, str | Sequence[str]]
Level = Literal["fine", "warn", "stop"]

IN_TIME = N_("In time: the latest day to apply is {day}.")
TOO_LATE = N_("Too late: the latest day to apply was {day}.")
WINDOW_OPEN = N_("Applications are taken until {day}.")
WINDOW_SHUT = N_("Applications are taken from {first} to {last} only.")
NO_CRITERION = N_("Name the admission criterion it meets.")
OTHER_CRITERION = N_("The list does not admit by this criterion: {criterion}.")
CRITERION_MET = N_("Criterion: {criterion}.")
CRITERION_LACKS = N_("The criterion “{criterion}” also asks for: {missing}.")
ANSWER_MUST_BE = N_("{item}: {answer}")
CONSENT_OF = N_("the consent of: {party}")
RED_LINE = N_("The answers point to a red line: {conduct}.")
SIMILAR = N_("The theme is near to: {titles}. Red line: {conduct}.")
PLACES = N_("Places left on the list: {left} of {most} ({window}).")
NO_PLACE = N_("No place is left on the list: {most} in {window}.")
UNANSWERED = N_("Not answered yet: {item}.")
ENDS_FIRST = N_("It ends before it starts.")
YES, NO = N_("yes"), N_("no")


@dataclass(frozen=True)
class Remark:
    """One finding of the live check. ``key`` is what it is about: an item, a criterion, a conduct, a list."""

    about: Literal["lead-time", "window", "criterion", "conduct", "cap", "answer", "days"]
    level: Level
    said: Said
    clause: str | None = None
    key: str | None = None

    def text(self, translate: Translate = as_they_are) -> str:
        """The finding in one sentence."""
        return self.said.text(translate)


@dataclass(frozen=True)
class Applying:
    """An application as it stands: the plan, the route, the answers by meaning, the day.

    ``similar``: titles of affairs of the same or a near theme in the same window. ``taken``: places already taken on
    the list in the span the place would be good for. ``terms``: the bureau's school terms, or the plan's own.
    """

    pack: Pack
    route: str
    answers: Answers
    today: date
    calendar: Workdays
    similar: tuple[str, ...] = ()
    taken: int = 0
    terms: tuple[SchoolTerm, ...] | None = field(default=None)

    @property
    def held(self) -> Route:
        """The route itself."""
        return route_of(self.pack, self.route)[1]

    @property
    def school_terms(self) -> tuple[SchoolTerm, ...]:
        """The terms that count."""
        return terms_of(self.pack) if self.terms is None else self.terms

    def answer(self, meaning: str) -> str:
        """One answer as text; empty when it was not given."""
        said = self.answers.get(meaning, "")
        return said.strip() if isinstance(said, str) else " ".join(said)

    @property
    def starts(self) -> date | None:
        """The day the affair or activity starts; None while it is not a day."""
        return self._day("starts")

    @property
    def ends(self) -> date | None:
        """The day the affair or activity ends; None while it is not a day."""
        return self._day("ends")

    def _day(self, meaning: str) -> date | None:
        try:
            return read_day(self.answer(meaning))
        except NoSuchDay:
            return None


def may_apply(case: Applying) -> None:
    """Raise what forbids applying today: OutsideWindow, LeadTime (where the plan refuses late) or CriterionUnmet."""
    _in_window(case)
    due = latest_day_to_apply(case.pack, case.held, case.starts, case.calendar)
    term = term_of(case.held.due, "、".join(case.held.clause)) if case.held.due else None
    if due is not None and isinstance(term, Relative):
        term.refuse_if_late(due, case.today)
    entered = list_of(case.pack, case.held)
    if entered and entered[1].admits:
        remark = _criterion(case, entered[1])
        if remark.level == "stop":
            facts = dict(remark.said.facts)
            raise CriterionUnmet(
                clause=remark.clause, criterion=facts.get("criterion"), missing=facts.get("missing") or remark.said
            )


def _in_window(case: Applying) -> None:
    window = collecting(case.held, case.today, case.calendar, case.school_terms)
    if window and not window[0] <= case.today <= window[1]:
        raise OutsideWindow(
            clause="、".join(case.held.clause), first_day=window[0], last_day=window[1], today=case.today
        )


def readiness(case: Applying) -> tuple[Remark, ...]:
    """All that can be said about the application before it is handed in, what stops it first."""
    remarks = [*_times(case), *_list_remarks(case), *_conduct(case), *_missing(case)]
    order: dict[Level, int] = {"stop": 0, "warn": 1, "fine": 2}
    return tuple(sorted(remarks, key=lambda remark: order[remark.level]))


def _times(case: Applying) -> list[Remark]:
    clause = "、".join(case.held.clause)
    remarks = []
    window = collecting(case.held, case.today, case.calendar, case.school_terms)
    if window:
        inside = window[0] <= case.today <= window[1]
        said = say(WINDOW_OPEN, day=window[1]) if inside else say(WINDOW_SHUT, first=window[0], last=window[1])
        remarks.append(Remark("window", "fine" if inside else "stop", said, clause))
    if case.starts and case.ends and case.ends < case.starts:
        remarks.append(Remark("days", "stop", say(ENDS_FIRST), key="ends"))
    due = latest_day_to_apply(case.pack, case.held, case.starts, case.calendar)
    if due and due.day:
        late = due.is_late(case.today)
        level: Level = "fine" if not late else "stop" if getattr(case.held.due, "if_late", "") == "refuse" else "warn"
        remarks.append(Remark("lead-time", level, say(TOO_LATE if late else IN_TIME, day=due.day), clause, "starts"))
    return remarks


def _list_remarks(case: Applying) -> list[Remark]:
    entered = list_of(case.pack, case.held)
    if entered is None:
        return []
    key, held = entered
    remarks = [_criterion(case, held)] if held.admits else []
    for cap in held.caps:
        if cap.counts == "items" and cap.scope == "bureau" and cap.at_most.value is not None:
            most, left = cap.at_most.value, max(cap.at_most.value - case.taken, 0)
            window = listed_span(held, case.today, case.school_terms).key
            said = say(PLACES if left else NO_PLACE, left=left, most=most, window=window)
            remarks.append(Remark("cap", "fine" if left else "warn", said, "、".join(held.clause), key))
    return remarks


def _criterion(case: Applying, held: WhiteList) -> Remark:
    named = case.answer("criterion")
    if not named:
        return Remark("criterion", "stop", say(NO_CRITERION), "、".join(held.clause), "criterion")
    criterion = case.pack.criteria.get(named)
    if named not in held.admits or criterion is None:
        said = say(OTHER_CRITERION, criterion=criterion.says if criterion else named)
        return Remark("criterion", "stop", said, "、".join(held.clause), "criterion")
    missing = _lacks(case, criterion)
    clause = "、".join(criterion.clause)
    if missing:
        said = say(CRITERION_LACKS, criterion=criterion.says, missing=missing)
        return Remark("criterion", "stop", said, clause, named)
    return Remark("criterion", "fine", say(CRITERION_MET, criterion=criterion.says), clause, named)


def _lacks(case: Applying, criterion: Criterion) -> tuple[Said, ...]:
    items = _items(case)
    missing: list[Said] = []
    for need in criterion.needs:
        if isinstance(need, AnswerIs):
            if case.answer(need.answer) != need.is_:
                item = items.get(need.answer)
                asked = item.asks if item else need.answer
                missing.append(say(ANSWER_MUST_BE, item=asked, answer=_option(item, need.is_)))
        elif not _consented(case, need.consent_of):
            missing.append(say(CONSENT_OF, party=case.pack.parties[need.consent_of].says))
    return tuple(missing)


def _option(item: Item | None, value: str) -> object:
    if item and value in item.options:
        return item.options[value]
    return {"yes": say(YES), "no": say(NO)}.get(value, value)


def _consented(case: Applying, party: str) -> bool:
    # The consent is a document; where the form has no item of its own for it, it is among the attachments,
    # and the one who judges the evidence sees whether it is there.
    said = case.answer("consent").split()
    return "yes" in said or party in said or ("consent" not in case.answers and bool(case.answer("evidence")))


def _conduct(case: Applying) -> list[Remark]:
    return [
        Remark("conduct", "warn", said, "、".join(case.pack.conduct[key].clause), key)
        for key, said in seen_conduct(case)
    ]


def seen_conduct(case: Applying) -> list[tuple[str, Said]]:
    """The red lines that the answers point to, with the sentence that says so; a person judges."""
    found: list[tuple[str, Said]] = []
    for key, conduct in case.pack.conduct.items():
        for sign in conduct.seen_when:
            if isinstance(sign, AnswerIs):
                if case.answer(sign.answer) == sign.is_:
                    found.append((key, say(RED_LINE, conduct=conduct.says)))
                    break
            elif case.similar:
                found.append((key, say(SIMILAR, titles=case.similar, conduct=conduct.says)))
                break
    return found


def _form(case: Applying) -> Form | None:
    first = steps_of(case.pack, case.held)[0]
    return case.pack.forms.get(first.form.removeprefix("forms.")) if first.form else None


def _items(case: Applying) -> dict[str, Item]:
    form = _form(case)
    return {item.means: item for item in form.items if item.means} if form else {}


def _missing(case: Applying) -> list[Remark]:
    form = _form(case)
    if form is None:
        return []
    shown = [item for item in form.items if item.required and _asked(case, form, item)]
    return [
        Remark("answer", "stop", say(UNANSWERED, item=item.asks), "、".join(form.clause), item.id)
        for item in shown
        if item.means and not case.answer(item.means)
    ]


def _asked(case: Applying, form: Form, item: Item) -> bool:
    if item.only is None:
        return True
    wanted = item.only
    earlier = next((one for one in form.items if one.id == wanted.item), None)
    return bool(earlier and earlier.means and case.answer(earlier.means) == wanted.is_)
