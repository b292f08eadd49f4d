"""The demonstrations' data holds together: every name resolves, everything asked is answered, nothing is real."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from qingfu.base.clock import day_of
from qingfu.base.divisions import towns_of
from qingfu.base.workdays import Workdays
from qingfu.packfile import blanks
from qingfu.packfile.course import steps_of
from qingfu.packfile.hurdles import hurdles
from qingfu.packfile.read import load
from qingfu.packfile.words.asks import Item
from qingfu.packfile.words.pack import Pack
from qingfu.project.demo import words
from qingfu.project.demo.books import beats, best_day, books
from qingfu.project.demo.words import Act, Book

BOOKS = pytest.mark.parametrize("book", books(), ids=lambda book: book.bureau.slug)


def posts_of(book: Book) -> set[str]:
    return {f"{line.called}/{title}" for line in book.organs for title in line.people}


def organs_of(book: Book) -> set[str]:
    return {line.called for line in book.organs}


def form_of(pack: Pack, act: Act) -> tuple[Item, ...]:
    """The items of the form that an act answers."""
    key: str | None = None
    if isinstance(act, (words.Apply, words.PlanActivity)):
        key = steps_of(pack, act.route)[0].form
    elif isinstance(act, words.HandIn):
        key = pack.duties[act.duty].hand_in
    elif isinstance(act, words.Evaluate):
        key = pack.evaluations[act.evaluation].form
    return pack.forms[(key or "").removeprefix("forms.")].items if key else ()


def named_organs(book: Book, act: Act) -> Iterator[str]:
    """Every organ that an act names: its targets, its owner, the organs and schools in its answers."""
    if isinstance(act, words.OnOrgans):
        yield from act.organs
    if isinstance(act, words.Find):
        yield act.owner
    kinds = {item.id: item.answer for item in form_of(load(book.pack), act)}
    for key, value in getattr(act, "content", {}).items():
        if kinds.get(key) in ("organ", "schools") and value != "all":
            yield from value if isinstance(value, list) else [value]


@BOOKS
def test_whoever_acts_holds_a_post_and_every_organ_named_is_there(book: Book) -> None:
    for act in book.script:
        if act.who:
            organ = act.who.partition("/")[0]
            assert act.who in posts_of(book) if "/" in act.who else organ in organs_of(book), act
        assert set(named_organs(book, act)) <= organs_of(book), act


@BOOKS
def test_sheets_name_organs_and_the_columns_of_their_form(book: Book) -> None:
    pack = load(book.pack)
    for act in book.script:
        for item_id, sheet in (act.sheets if isinstance(act, words.HandIn) else {}).items():
            item = next(item for item in form_of(pack, act) if item.id == item_id)
            columns = {column.id: column for column in item.items}
            for row in book.sheets[sheet]:
                assert set(row.of) <= organs_of(book)
                assert set(row.cells) <= set(columns)
                named = {value for key, value in row.cells.items() if columns[key].answer == "organ"}
                assert named <= organs_of(book)


@BOOKS
def test_acts_speak_of_the_plan_in_its_own_keys(book: Book) -> None:
    pack = load(book.pack)
    problems = {row.as_ for rows in book.sheets.values() for row in rows}
    problems |= {act.as_ for act in book.script if isinstance(act, words.Find)}
    for act in book.script:
        if isinstance(act, (words.OnOrgans, words.MoveDuty)):
            assert act.duty in pack.duties
        if isinstance(act, words.OnProblem):
            assert act.problem in problems
        if isinstance(act, words.Find):
            assert act.kind in pack.problem_kinds
        if isinstance(act, words.Decide):
            assert set(act.flags) <= set(pack.conduct)
        if isinstance(act, words.Evaluate):
            assert act.verdict in {verdict.id for verdict in pack.evaluations[act.evaluation].verdicts}


@BOOKS
def test_cases_are_applied_for_before_anybody_acts_on_them(book: Book) -> None:
    begun: set[str] = set()
    for beat in beats(book):
        act = beat.act
        if isinstance(act, words.OnCases):
            assert beat.target in begun, f"{beat.at}: {beat.target}"
        if isinstance(act, (words.Apply, words.PlanActivity)):
            like = act.like if isinstance(act, words.Apply) else None
            assert like is None or like in begun
            title = act.content.get("title") or like
            assert isinstance(title, str)
            begun.add(title)


@BOOKS
def test_every_blank_is_filled_and_every_party_is_seated(book: Book) -> None:
    pack = blanks.filled(load(book.pack), book.plan.blanks)
    assert hurdles(pack) == ()
    assert set(book.plan.seats) == {key for key, party in pack.parties.items() if party.organ}
    assert set(book.plan.seats.values()) <= organs_of(book)


@BOOKS
def test_nothing_happens_before_the_bureau_is_founded_and_hardly_anything_on_a_rest_day(book: Book) -> None:
    calendar = Workdays.shipped()
    assert all(beat.at > book.bureau.founded < book.plan.at for beat in beats(book))
    # School terms come first: the tasks of a plan are laid out by them.
    assert all(beat.at > book.plan.at for beat in beats(book) if not isinstance(beat.act, words.SetTerm))
    resting = [act for act in book.script if not calendar.is_workday(act.day)]
    assert all(isinstance(act, words.OnProblem) for act in resting)
    assert len(resting) <= 2


@BOOKS
def test_no_number_and_no_address_could_be_somebodys(book: Book) -> None:
    channels = [value for key, value in book.plan.blanks.items() if key.startswith("intakes.")]
    assert channels
    for said in channels:
        for number in re.findall(r"0\d{2,3}-(\S)", said):
            assert number == "0", said  # a local number never begins with 0
        for address in re.findall(r"\S+@\S+?(?=；|$)", said):
            assert address.endswith(".example")
    text = book.model_dump_json()
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


@BOOKS
def test_personas_sit_in_posts_that_are_there_and_have_accounts(book: Book) -> None:
    shut = {line.called for line in book.organs if line.accounts == "no"}
    for persona in book.personas:
        assert persona.post in posts_of(book)
        assert persona.post.partition("/")[0] not in shut


def test_sign_in_names_and_keys_of_personas_are_unique_over_all_bureaus() -> None:
    everybody = [persona for book in books() for persona in book.personas]
    for names in ([p.key for p in everybody], [p.sign_in for p in everybody]):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_county_is_as_big_as_promised() -> None:
    county = max(books(), key=lambda book: len(book.organs))
    kinds = Counter(line.kind for line in county.organs)
    assert (kinds["school"], kinds["department"], kinds["township"]) == (62, 20, 30)
    towns = {town.name for town in towns_of(county.bureau.division)}
    assert {line.called for line in county.organs if line.kind == "township"} == towns
    assert {line.town for line in county.organs if line.kind == "school"} == towns
    people = Counter(name for line in county.organs for name in set(line.people.values()))
    assert len(people) >= 120
    assert max(people.values()) >= 2
    committee = next(line for line in county.organs if line.kind == "committee")
    assert (len(committee.people), len(set(committee.member_kinds.values()))) == (9, 4)
    assert sum(line.accounts == "no" for line in county.organs) >= 3


def test_organs_and_schools_have_names_of_their_own() -> None:
    for book in books():
        called = [line.called for line in book.organs]
        assert len(set(called)) == len(called)


def test_the_best_day_lies_within_the_script() -> None:
    for book in books():
        days = [act.day for act in book.script]
        assert min(days) < best_day() < max(days)
        assert day_of(book.bureau.founded) < best_day()
