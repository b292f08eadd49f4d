"""Answers and sentences of the register in the words of a page: what is Chinese is marked, days are written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from qingfu.base.actor import Actor
from qingfu.base.words import AND_SO_ON, Said, Word
from qingfu.packfile.words.pack import Pack
from qingfu.records.forms.queries import AnswerView, Asked, FileView, files_for, refs_in, rendered
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce
from qingfu.web import words
from qingfu.web.parts import FileLink
from qingfu.web.templatetags.qingfu import zh

Href = Callable[[FileView], str]


@dataclass(frozen=True)
class Answered:
    """One question and its answer. ``lines`` where there are several; ``rows`` where it is a table of small answers.

    ``means`` is what the answer means to the register, where the form says so.
    """

    item: str
    question: str
    lines: tuple[SafeString | str, ...] = ()
    files: tuple[FileLink, ...] = ()
    rows: tuple[tuple[Answered, ...], ...] = ()
    change: str = ""
    means: str = ""

    @property
    def many(self) -> bool:
        """Whether the lines are folded away: a hundred schools are a number first."""
        return len(self.lines) > 8


def spoken(value: object, today: date | None = None) -> SafeString | str:
    """A fact as the page says it: a day written out, a msgid translated, anything else as Chinese."""
    if value is None:
        return ""
    if isinstance(value, Said):
        return sentence(value, today)
    if isinstance(value, Word):
        return gettext(str(value)) if value else ""
    if isinstance(value, datetime):
        return words.moment(value, today)
    if isinstance(value, date):
        return words.day(value, today)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return format_html_join(gettext(AND_SO_ON), "{}", ((spoken(part, today),) for part in value))
    return zh(value)


def sentence(said: Said, today: date | None = None) -> SafeString:
    """A sentence of the register, its Chinese facts marked as such."""
    facts = {name: spoken(value, today) for name, value in said.facts}
    text = gettext(said.msgid)
    return format_html(text, **facts) if facts else format_html("{}", text)


def answers(
    asked: Iterable[Asked], href: Href, today: date | None = None, *, change: Callable[[str], str] | None = None
) -> tuple[Answered, ...]:
    """What was answered, question by question; ``change`` gives where an item can be changed."""
    return tuple(
        Answered(
            item=one.item,
            question=one.question or gettext("Attachments"),
            lines=_lines(one, today),
            files=tuple(FileLink(file.name, href(file), file.size) for file in one.files),
            rows=tuple(answers(row, href, today) for row in one.rows),
            change=change(one.item) if change else "",
            means=one.means or "",
        )
        for one in asked
    )


def _lines(one: Asked, today: date | None) -> tuple[SafeString | str, ...]:
    said = one.said if isinstance(one.said, tuple) else (one.said,)
    return tuple(spoken(part, today) for part in said if part is not None)


def given(actor: Actor, plan: InForce, form: str, content: Mapping[str, Any], at: datetime) -> tuple[Asked, ...]:
    """What stands in a draft, in words, before it is anybody's answer."""
    files = files_for(actor, refs_in(content))
    names = {organ.id: organ.name for organ in organs(actor)} if _names_organs(plan.pack, form) else {}
    return rendered(plan, _view(plan, form, content, tuple(files.values()), names, at))


def opined(plan: InForce, form: str, content: Mapping[str, Any], at: datetime) -> tuple[Asked, ...]:
    """An opinion in words; such forms name neither files nor organs."""
    return rendered(plan, _view(plan, form, content, (), {}, at))


def _names_organs(pack: Pack, form: str) -> bool:
    items = [part for item in pack.forms[form].items for part in (item, *item.items)]
    return any(item.answer in ("schools", "organ") for item in items)


def _view(
    plan: InForce, form: str, content: Mapping[str, Any], files: Sequence[FileView], names: Mapping[int, str],
    at: datetime,
) -> AnswerView:  # fmt: skip
    return AnswerView(
        id=0, edition=plan.edition, form=form, content=content, digest="", organ=None, organ_name="", person=None,
        person_name="", via="self", on_behalf="", sealed=False, at=at, files=tuple(files), organs=names,
    )  # fmt: skip


def clauses_of(pack: Pack) -> dict[str, str]:
    """Our wording of every clause, for ``{% clause %}``."""
    return {clause.id: clause.says for clause in pack.clauses}


def numbers(clause: str | None) -> tuple[str, ...]:
    """Clause numbers out of one line: 四(三)a、四(三)b."""
    return tuple(part for part in (clause or "").split("、") if part)
