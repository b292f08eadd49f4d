"""What the form of a new draw says, and how it is carried from the form to the preview to the freezing."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from qingfu.base.canon import digest
from qingfu.base.days import read_day
from qingfu.base.draw.notice import Method, Pick, PublicNumber, Share
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.papers.content import MEGABYTE
from qingfu.papers.rosters import Roster, read_roster
from qingfu.records.draws import queries
from qingfu.records.draws.queries import NO_POOL, WORDS, Candidate, Pool
from qingfu.records.plans.queries import InForce, plans_in_force
from qingfu.records.problems.queries import closed
from qingfu.web.desk import Desk
from qingfu.web.draws.for_case import barred_places, begun_for
from qingfu.web.ids import id_in

# It is carried in a form together with everything else.
MOST_BYTES = 6 * MEGABYTE
PLAIN = (
    "title", "basis", "clause", "pool", "organ", "text", "how", "take", "percent", "circle", "rehearsal", "source",
    "issue", "expected", "replaces", "case",
)  # fmt: skip
_TOO_LARGE = N_("The file is larger than {most} MB; save it with the columns that are asked for only.")
NO_FILE = N_("Choose a file.")
_NOT_CARRIED = N_("The file was lost on the way; choose it again.")
TITLE = N_("Give it a title of at most 120 characters.")
_WHOLE = N_("Write a whole number from {least} to {most}.")
_BY = N_("Choose at least one part by which the list is divided.")
_HOW = N_("Choose how many are drawn.")
_DAY = N_("There is no such day: {text}.")
_PAST = N_("It must not exist yet: choose a day from today on.")
CHANGED = N_("The list has changed since it was shown; look at it again. Whoever was left out is on it again.")
NO_EXCLUSIONS = N_("The exclusions were lost on the way; leave out again whoever is to be left out.")


@dataclass(frozen=True)
class Carried:
    """A file that goes along: its name and its packed bytes as text."""

    name: str = ""
    packed: str = ""

    def data(self, field_name: str = "roster") -> bytes:
        """Its content; Invalid where it does not come to what was sent."""
        try:
            reader = zlib.decompressobj()
            data = reader.decompress(base64.b64decode(self.packed, validate=True), MOST_BYTES + 1)
        except (binascii.Error, zlib.error, ValueError):
            raise Invalid(FieldFault(field_name, _NOT_CARRIED)) from None
        if len(data) > MOST_BYTES or not reader.eof:
            raise Invalid(FieldFault(field_name, _NOT_CARRIED))
        return data


@dataclass(frozen=True)
class Asked:
    """A draw as it is asked for; texts as typed until `frozen` judges them."""

    said: Mapping[str, str]
    by: tuple[str, ...] = ()
    carried: Carried = field(default_factory=Carried)
    excluded: Mapping[int, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.said.get(name, "")

    @property
    def words(self) -> tuple[str, ...]:
        """By what the list is divided; nothing where a fixed number is drawn."""
        offered = WORDS.get(self.text("pool"), ()) if self.text("how") == "share" else ()
        return tuple(word for word in offered if word in self.by)

    @property
    def alone(self) -> bool:
        return self.text("circle") == "alone"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything as fields of the next form."""
        plain = [(name, self.text(name)) for name in PLAIN if self.text(name)]
        files = [("carried", self.carried.packed), ("carried-name", self.carried.name)] if self.carried.packed else []
        left = {str(place): why for place, why in self.excluded.items()}
        return [*plain, *(("by", word) for word in self.by), *files, ("excluded", json.dumps(left, ensure_ascii=False))]

    def plan(self, desk: Desk) -> tuple[InForce | None, str]:
        """The plan and the key of its draw, where one was chosen."""
        return basis_of(desk, self.text("basis"))


def basis_of(desk: Desk, text: str) -> tuple[InForce | None, str]:
    """The plan and the key of its draw that a form was begun from."""
    edition, _colon, key = text.partition(":")
    plan = next((one for one in plans_in_force(desk.actor) if str(one.edition) == edition), None)
    return (plan, key) if plan is not None and key in plan.pack.draws else (None, "")


def sent(desk: Desk) -> Asked:
    """What was sent; raises Invalid for a file that cannot be carried."""
    post = desk.request.POST
    said = {name: post.get(name, "").strip() for name in PLAIN}
    return Asked(said, tuple(dict.fromkeys(post.getlist("by"))), carried_in(desk), _excluded(post.get("excluded", "")))


def carried_in(desk: Desk, field_name: str = "roster", kept_as: str = "carried") -> Carried:
    """A file that was chosen now, or that goes along since."""
    chosen = desk.request.FILES.get(field_name)
    if chosen is None:
        return Carried(desk.request.POST.get(f"{kept_as}-name", ""), desk.request.POST.get(kept_as, ""))
    if (chosen.size or 0) > MOST_BYTES:
        raise Invalid(FieldFault(field_name, _TOO_LARGE, {"most": MOST_BYTES // MEGABYTE}))
    chosen.seek(0)
    return Carried(chosen.name or "", base64.b64encode(zlib.compress(chosen.read(), 6)).decode())


def _excluded(text: str) -> dict[int, str]:
    try:
        found = json.loads(text or "{}")
        return {int(place): text_of(why) for place, why in found.items()}
    except (ValueError, AttributeError, RecursionError):
        raise Invalid(FieldFault("excluded", NO_EXCLUSIONS)) from None


def text_of(found: object) -> str:
    """A text out of JSON. ValueError for signs that are in no text: half a sign, or a NUL."""
    text = str(found)
    text.encode()
    if "\x00" in text:
        raise ValueError(text)
    return text


@dataclass(frozen=True)
class Ready:
    """A draw that may be frozen: who stands on the list, what is drawn, what was noticed."""

    asked: Asked
    pool: Pool
    roster: Roster | None
    method: Method
    candidates: tuple[Candidate, ...]
    number: PublicNumber | None

    @property
    def digest(self) -> str:
        """Of the list without exclusions: so that places mean the same people in the next form."""
        return digest([[one.name, dict(one.marks), one.contact] for one in self.pool.candidates])


def pool_of(desk: Desk, asked: Asked) -> tuple[Pool, Roster | None]:
    """Who may be drawn; the roster may be faulty, then nobody."""
    roster = None
    if asked.text("pool") == "roster":
        if not asked.carried.packed:
            raise Invalid(FieldFault("roster", NO_FILE))
        roster = read_roster(asked.carried.data(), asked.carried.name)
    organ = id_in(asked.text("organ"))
    found = queries.pool(
        desk.actor, kind=asked.text("pool"), on=desk.today, organ=organ, text=asked.text("text"), roster=roster,
        brought=_closed_problems(desk, asked) if asked.text("pool") == "problems" else (),
    )  # fmt: skip
    return found, roster


def _closed_problems(desk: Desk, asked: Asked) -> tuple[Candidate, ...]:
    """Struck-off lines as the ledger knows them."""
    return tuple(
        Candidate(
            f"{one.number} {one.title}"[:120], {"organ": one.owner_name, "kind": one.kind_says or one.kind},
            organ=one.owner,
        )
        for one in closed(desk.actor, text=asked.text("text"), at=desk.at)
    )  # fmt: skip


def judged(desk: Desk, asked: Asked, *, seen: str = "") -> Ready:
    """The draw as it may be frozen; Invalid names every field that is wrong. `seen`: the digest of the list shown."""
    method, number = _method(asked), number_of(asked.said, desk.today)
    if not 0 < len(asked.text("title")) <= 120:
        raise Invalid(FieldFault("title", TITLE))
    pool, roster = pool_of(desk, asked)
    if roster is not None and roster.faults:
        return Ready(asked, pool, roster, method, (), number)
    asked = replace(asked, excluded={**asked.excluded, **barred_places(desk, asked.text("case"), pool)})
    ready = Ready(asked, pool, roster, method, (), number)
    if seen and seen != ready.digest:
        raise Invalid(FieldFault("excluded", CHANGED))
    listed = queries.listed(pool, by=asked.words, excluded=asked.excluded)
    return Ready(asked, pool, roster, method, listed, number)


def _method(asked: Asked) -> Method:
    if asked.text("pool") not in WORDS:
        raise Invalid(FieldFault("pool", NO_POOL))
    if asked.text("how") == "take":
        return Pick(whole("take", asked.text("take"), 1, 100_000))
    if asked.text("how") != "share":
        raise Invalid(FieldFault("how", _HOW))
    if not asked.words:
        raise Invalid(FieldFault("by", _BY))
    return Share(asked.words, whole("percent", asked.text("percent"), 1, 100), 100)


def whole(name: str, text: str, least: int, most: int) -> int:
    """A whole number that was typed; Invalid for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise Invalid(FieldFault(name, _WHOLE, {"least": least, "most": most}))
    return int(text)


def number_of(said: Mapping[str, str], today: date) -> PublicNumber | None:
    """The public number that was named; Invalid where its day is none or is over."""
    if not said.get("source"):
        return None
    text = said.get("expected", "")
    try:
        expected = read_day(text)
    except NoSuchDay:
        raise Invalid(FieldFault("expected", _DAY, {"text": text})) from None
    if expected < today:
        raise Invalid(FieldFault("expected", _PAST))
    return PublicNumber(said["source"][:80], said.get("issue", "")[:80], expected)


def strata_of(ready: Ready) -> Sequence[tuple[tuple[str, ...], int]]:
    """The parts of the list and how many stand in each, in the order of the list."""
    sizes: dict[tuple[str, ...], int] = {}
    for one in ready.candidates:
        if not one.reason:
            marks = tuple(one.marks[word] for word in ready.asked.words)
            sizes[marks] = sizes.get(marks, 0) + 1
    return list(sizes.items())


def offered_draws(desk: Desk) -> list[tuple[str, str, tuple[str, ...]]]:
    """Draws that plans in force order and this page can hold: where chosen from, what they say, their clause."""
    return [
        (f"{plan.edition}:{key}", one.says, one.clause)
        for plan in plans_in_force(desk.actor)
        for key, one in plan.pack.draws.items()
        if one.kind != "match" and one.pool in queries.pools_for(desk.actor)
    ]


def begun_from(desk: Desk) -> Asked:
    """The form as it is first shown: empty, for a case, from a plan's draw, a template, or in place of a void draw."""
    if (of_case := begun_for(desk)) is not None:
        return Asked(*of_case)
    basis, template, replaces = (desk.request.GET.get(name, "") for name in ("basis", "template", "replaces"))
    said = {"how": "take", "circle": "witnesses", "pool": queries.pools_for(desk.actor)[0]}
    by: tuple[str, ...] = ()
    if template == "parents":
        said |= {"title": _("Call-back of parents"), "pool": "roster", "how": "share", "percent": "3"}
        by = ("school", "grade")
    asked = Asked({**said, "basis": basis})
    plan, key = asked.plan(desk)
    if plan is not None:
        said, by = _from_plan(plan, key, {**said, "basis": basis})
    if (void := id_in(replaces)) is not None:
        said |= {"replaces": replaces, "title": said.get("title") or queries.draw(desk.actor, void).title}
    return Asked(said, by)


def _from_plan(plan: InForce, key: str, said: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    one = plan.pack.draws[key]
    said |= {"title": one.says[:120], "pool": one.pool or "roster", "clause": "、".join(one.clause)}
    if one.at_least_percent is not None and one.at_least_percent.value is not None:
        said |= {"how": "share", "percent": str(one.at_least_percent.value)}
    elif one.take is not None and one.take.value is not None:
        said |= {"how": "take", "take": str(one.take.value)}
    return said, one.strata
