"""Answers, drafts and files read back: rights per answer and per download, and an answer in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.words import N_, Said, Translate, Word, as_they_are, say, speak
from qingfu.packfile.answers import EVERY_SCHOOL, FILES, asked_now
from qingfu.packfile.words.asks import Item, Meaning
from qingfu.records.forms.models import Answer, Draft, File, FileContent
from qingfu.records.journal.queries import reading
from qingfu.records.people.models import Organ
from qingfu.records.plans.queries import InForce, in_force, sees_all

YES, NO = N_("yes"), N_("no")
EVERY = N_("all schools")
AMOUNT = N_("{number} {unit}")


@dataclass(frozen=True)
class FileView:
    """A file as a page lists it; `size` in bytes."""

    ref: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Download:
    """A file with its bytes; to be served as an attachment with nosniff."""

    view: FileView
    data: bytes


@dataclass(frozen=True)
class AnswerView:
    """What was answered to a form, by whom, and how it came. `organs` names the organs that the content mentions."""

    id: int
    edition: int
    form: str
    content: Mapping[str, Any]
    digest: str
    organ: int | None
    organ_name: str
    person: int | None
    person_name: str
    via: str
    on_behalf: str
    sealed: bool
    at: datetime
    files: tuple[FileView, ...]
    organs: Mapping[int, str]


@dataclass(frozen=True)
class DraftView:
    """What somebody has begun to fill in."""

    subject: str
    content: dict[str, Any]
    saved_at: datetime


Spoken = str | date | Said | None


@dataclass(frozen=True)
class Asked:
    """A question and its answer in words. Rows stand in `rows`, each a line of the same shape."""

    item: str
    question: str
    means: Meaning | None
    said: Spoken | tuple[Spoken, ...]
    files: tuple[FileView, ...] = ()
    rows: tuple[tuple[Asked, ...], ...] = ()

    def text(self, translate: Translate = as_they_are) -> str:
        """The answer in one line."""
        return "" if self.said is None else str(speak(self.said, translate))


def file_view(row: File) -> FileView:
    """The view of a file row."""
    return FileView(row.ref, row.name, row.media_type, row.size, row.sha256, row.at)


def draft(actor: Actor, subject: str) -> DraftView | None:
    """The actor's own draft for a subject, as `task:12`; nobody else's."""
    if actor.person is None:
        return None
    with reading(actor):
        row = Draft.objects.filter(person=actor.person, subject=subject).first()
        return DraftView(row.subject, row.content, row.saved_at) if row else None


def drafts_saved(actor: Actor, subjects: Collection[str]) -> dict[str, datetime]:
    """Of these subjects those the actor has begun a draft for, and when each was saved last."""
    if actor.person is None or not subjects:
        return {}
    with reading(actor):
        rows = Draft.objects.filter(person=actor.person, subject__in=list(subjects))
        return dict(rows.values_list("subject", "saved_at"))


def answer(actor: Actor, answer_id: int, *, judged: bool = False) -> AnswerView:
    """One answer; raises NotFound where the actor may not know of it.

    Seen by the organ that gave it and by the bureau side of its plan; a sealed one by the person who gave it alone.
    `judged`: a room above has judged that this actor may see it; a face never says so.
    """
    with reading(actor):
        row = Answer.objects.select_related("organ", "person").filter(id=answer_id).first()
        if row is None or not (judged or _may_see(actor, row)):
            raise NotFound(what=str(answer_id))
        return _answer_view(row)


def _may_see(actor: Actor, row: Answer) -> bool:
    if actor.person is not None and row.person_id == actor.person:
        return True
    if row.sealed:
        return False
    if actor.organ is not None and row.organ_id == actor.organ:
        return True
    return actor.kind in ("person", "clock") and sees_all(actor, in_force(actor, row.edition_id))


def _answer_view(row: Answer) -> AnswerView:
    known = {file.ref: file_view(file) for file in File.objects.filter(ref__in=refs_in(row.content)).order_by("id")}
    organs = dict(Organ.objects.filter(id__in=_organs_in(row.content)).values_list("id", "name"))
    return AnswerView(
        id=row.id, edition=row.edition_id, form=row.form, content=row.content, digest=row.digest, organ=row.organ_id,
        organ_name=row.organ.name if row.organ else "", person=row.person_id,
        person_name=row.person.name if row.person else "", via=row.via, on_behalf=row.on_behalf, sealed=row.sealed,
        at=row.at, files=tuple(known.values()), organs=organs,
    )  # fmt: skip


def refs_in(content: Mapping[str, Any]) -> list[str]:
    """Every text in an answer that has the shape of a file's reference."""
    found: list[str] = []
    for value in content.values():
        if isinstance(value, list):
            for part in value:
                found += refs_in(part) if isinstance(part, dict) else [part] if isinstance(part, str) else []
    return [ref for ref in found if len(ref) == 43]


def _organs_in(content: Mapping[str, Any]) -> set[int]:
    # Numbers that are not organs are looked up in vain; a name is only shown where the form asked for an organ.
    found: set[int] = set()
    for value in content.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                found |= _organs_in(part)
            elif isinstance(part, int):
                found.add(part)
    return found


def file(actor: Actor, ref: str, *, under: int | None = None) -> Download:
    """A file with its bytes; raises NotFound where the actor may not have it.

    Given to the organ it belongs to and to the bureau side of the plan it was handed in under; a loose file, and one
    under a sealed answer, to the person who kept it. `under`: an answer that a room above has judged this actor may
    see; the file must be named in it.
    """
    with reading(actor):
        row = File.objects.select_related("answer").filter(ref=ref).first()
        if row is None or not (_stands_under(row, under) if under is not None else _may_have(actor, row)):
            raise NotFound(what=ref)
        return _download(row)


def _stands_under(row: File, answer_id: int) -> bool:
    content = Answer.objects.filter(id=answer_id).values_list("content", flat=True).first()
    return content is not None and row.ref in refs_in(content)


def _may_have(actor: Actor, row: File) -> bool:
    if actor.person is not None and row.person_id == actor.person:
        return True
    return row.answer is not None and _may_see(actor, row.answer)


def _download(row: File) -> Download:
    data = FileContent.objects.values_list("content", flat=True).get(file=row)
    return Download(file_view(row), bytes(data))


def files_by_id(actor: Actor, ids: Collection[int]) -> tuple[FileView, ...]:
    """Views of files for a room above that has judged the right, oldest first."""
    with reading(actor):
        return tuple(file_view(row) for row in File.objects.filter(id__in=ids).order_by("id"))


def files_for(actor: Actor, refs: Collection[str]) -> dict[str, FileView]:
    """Of these references, the files this actor may name in an answer: his own, and those under his organ's answers."""
    mine = Q(person=actor.person) if actor.person is not None else Q(person=None, organ=actor.organ, answer=None)
    under = Q(answer__organ=actor.organ, answer__sealed=False) if actor.organ is not None else Q(pk__in=[])
    with reading(actor):
        rows = File.objects.filter(mine | under, ref__in=list(refs)).order_by("id") if refs else ()
        return {row.ref: file_view(row) for row in rows}


def download_by_id(actor: Actor, file_id: int) -> Download:
    """A file's bytes for a room above that has judged the right; a face never calls this."""
    with reading(actor):
        return _download(File.objects.get(id=file_id))


def rendered(plan: InForce, given: AnswerView) -> tuple[Asked, ...]:
    """Every question of the form that was asked, in its order, with the answer in words."""
    form = plan.pack.forms.get(given.form)
    if form is None:
        raise NotFound(what=given.form)
    speaker = _Speaker(plan, given)
    told = [speaker.asked(item, given.content) for item in form.items if asked_now(item, given.content)]
    loose = speaker.files(given.content.get(FILES))
    return (*told, Asked(FILES, "", None, None, loose)) if loose else tuple(told)


class _Speaker:
    """Says answers of one form in words."""

    def __init__(self, plan: InForce, given: AnswerView) -> None:
        self.pack = plan.pack
        self.organs = given.organs
        self.by_ref = {file.ref: file for file in given.files}

    def asked(self, item: Item, content: Mapping[str, Any]) -> Asked:
        value = content.get(item.id)
        files = self.files(content.get(f"{item.id}.files"))
        if item.answer == "rows":
            rows = tuple(
                tuple(self.asked(column, row) for column in item.items if asked_now(column, row)) for row in value or []
            )
            return Asked(item.id, item.asks, item.means, None, files, rows)
        if item.answer == "files":
            return Asked(item.id, item.asks, item.means, None, files + self.files(value))
        return Asked(item.id, item.asks, item.means, None if value is None else self.said(item, value), files)

    def files(self, refs: list[str] | None) -> tuple[FileView, ...]:
        return tuple(self.by_ref[ref] for ref in refs or [] if ref in self.by_ref)

    def said(self, item: Item, value: Any) -> Spoken | tuple[Spoken, ...]:
        match item.answer:
            case "yes-no":
                return Word(YES if value == "yes" else NO)
            case "choice":
                return str(item.options.get(value, value))
            case "choices":
                return tuple(str(item.options.get(key, key)) for key in value)
            case "number":
                return say(AMOUNT, number=value, unit=item.unit) if item.unit else str(value)
            case "date":
                return date.fromisoformat(value)
            case "criterion":
                return self.pack.criteria[value].says if value in self.pack.criteria else str(value)
            case "flags":
                return tuple(self.pack.conduct[key].says if key in self.pack.conduct else key for key in value)
            case "schools" | "organ":
                return self.named(value)
        return str(value)

    def named(self, value: str | int | list[int]) -> Spoken | tuple[Spoken, ...]:
        if value == EVERY_SCHOOL:
            return Word(EVERY)
        if isinstance(value, list):
            return tuple(self.organs.get(number, str(number)) for number in value)
        return self.organs.get(value, str(value)) if isinstance(value, int) else value
