"""What one row of a sheet would do to the register, and why it cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.sheets import Row
from qingfu.records.people.models import Organ, Person, Post
from qingfu.records.people.queries import post_holders

Effect = Literal["new", "known", "fault"]
Judged = tuple[tuple[FieldFault, ...], Effect, tuple[FieldFault, ...]]
Judge = Callable[[Row], Judged]

SHORT_CODE = re.compile(r"[A-Za-z0-9_-]+")
DIVISION = re.compile(r"\d{6}|\d{9}")
MOST = {"name": 80, "short-name": 30, "code": 24, "stage": 24, "title": 60, "member-kind": 30, "holder": 40}
NAME_OF_PERSON = 40

TOO_LONG = N_("This is too long: at most {most} characters.")
NEEDS_SHORT = N_("A name of more than {most} characters needs a short name.")
CODE_SIGNS = N_("A short code has letters, digits and hyphens only.")
CODE_ABOVE = N_("Row {row} has this short code too: {code}.")
CODE_TAKEN = N_("This short code is taken: {code}.")
DIVISION_DIGITS = N_("A division code has 6 or 9 digits.")
REPEATS = N_("This row repeats row {row}.")
NO_TOWN = N_("There is no such township yet: {name}.")
NO_ORGAN = N_("There is no such organ yet: {name}.")
ORGANS_ALIKE = N_("Several organs have this name: {name}.")
ONE_HOLDER = N_("Row {row} already fills this post. One post has one holder: tell them apart in the title.")
HELD_BY = N_("{holder} holds this post. A change of holders is entered on the page of the organ.")
PEOPLE_ALIKE = N_("Several people have this name; add what tells them apart.")
SAME_ROW = N_("Counts as the person of row {row}. If it is somebody else, add to the name what tells them apart.")
SAME_PERSON = N_("Counts as the person in the register. If it is somebody else, add to the name what tells them apart.")


def judge_organs(kind: str) -> Judge:
    """Judges rows of organs of one kind, each row after the ones above it."""
    known = set(Organ.objects.filter(kind=kind).values_list("name", flat=True))
    codes = set(Organ.objects.values_list("code", flat=True))
    towns = {town for pair in Organ.objects.filter(kind="township").values_list("name", "short_name") for town in pair}
    above: dict[str, int] = {}
    coded: dict[str, int] = {}

    def judge(row: Row) -> Judged:
        cells = row.cells
        name, code, town = cells["name"], cells["code"], cells.get("town", "")
        faults = [*row.faults, *_shape(cells, name_most=MOST["name"])]
        if name in above:
            return (FieldFault("name", REPEATS, {"row": above[name]}),), "fault", ()
        if name:
            above[name] = row.n
        if name in known and not faults:
            return (), "known", ()
        if code and code in coded:
            faults.append(FieldFault("code", CODE_ABOVE, {"row": coded[code], "code": code}))
        elif code and code in codes:
            faults.append(FieldFault("code", CODE_TAKEN, {"code": code}))
        if town and town not in towns:
            faults.append(FieldFault("town", NO_TOWN, {"name": town}))
        coded.setdefault(code, row.n)
        return tuple(faults), "fault" if faults else "new", ()

    return judge


def judge_people(at: datetime) -> Judge:
    """Judges rows of posts and their holders, each row after the ones above it."""
    organs = Counter(Organ.objects.filter(active_until=None).values_list("name", flat=True))
    posts = set(Post.objects.values_list("organ__name", "title"))
    holders = post_holders(day_of(at))
    people = Counter(Person.objects.values_list("name", flat=True))
    above: dict[tuple[str, str], tuple[int, str]] = {}
    named: dict[str, int] = {}

    def judge(row: Row) -> Judged:
        organ, name = row.cells["organ"], row.cells["name"]
        place = (organ, row.cells["title"])
        faults = [*row.faults, *_shape(row.cells, name_most=NAME_OF_PERSON)]
        if organ and organs[organ] != 1:
            faults.append(FieldFault("organ", ORGANS_ALIKE if organs[organ] else NO_ORGAN, {"name": organ}))
        if people[name] > 1:
            faults.append(FieldFault("name", PEOPLE_ALIKE))
        if all(place) and place in above:
            n, first = above[place]
            faults.append(FieldFault("title", REPEATS if first == name else ONE_HOLDER, {"row": n}))
        elif place in posts and (holder := holders.get(place, name)) != name:
            faults.append(FieldFault("title", HELD_BY, {"holder": holder}))
        above.setdefault(place, (row.n, name))
        if faults:
            return tuple(faults), "fault", ()
        if holders.get(place) == name:
            return (), "known", ()
        notes = (FieldFault("name", SAME_ROW, {"row": named[name]}),) if name in named else ()
        notes = notes or ((FieldFault("name", SAME_PERSON),) if people[name] else ())
        named.setdefault(name, row.n)
        return (), "new", notes

    return judge


def check_shape(cells: dict[str, str], *, name_most: int = MOST["name"]) -> None:
    """The same for what is typed in one by one: raises Invalid before the database refuses it without a word."""
    if faults := _shape(cells, name_most=name_most):
        raise Invalid(*faults)


def _shape(cells: dict[str, str], *, name_most: int) -> list[FieldFault]:
    """Faults of single cells that the template's columns do not tell."""
    most = {**MOST, "name": name_most}
    found = [
        FieldFault(key, TOO_LONG, {"most": most[key]}) for key, text in cells.items() if len(text) > most.get(key, 2000)
    ]
    if "short-name" in cells and not cells["short-name"] and MOST["short-name"] < len(cells["name"]) <= name_most:
        found.append(FieldFault("short-name", NEEDS_SHORT, {"most": MOST["short-name"]}))
    if cells.get("code") and not SHORT_CODE.fullmatch(cells["code"]):
        found.append(FieldFault("code", CODE_SIGNS))
    if cells.get("division") and not DIVISION.fullmatch(cells["division"]):
        found.append(FieldFault("division", DIVISION_DIGITS))
    return found
