"""Tags and filters of every page: ``{% load qingfu %}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from qingfu.web import words
from qingfu.web.parts import Cell

register = template.Library()

_CIRCLE = '<circle cx="8" cy="8" r="6"/>'
# Every shape is drawn by us, constant, and safe; each differs in outline, so that it is told apart without colour.
_SHAPES: dict[str, str] = {
    "ring": _CIRCLE,
    "dots": '<circle cx="8" cy="8" r="6" stroke-dasharray="2 2.2"/>',
    "half": _CIRCLE + '<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none"/>',
    "seal": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="currentColor"/>',
    "tick": _CIRCLE + '<path d="M5.2 8.2l2 2 3.6-4.2"/>',
    "cross": _CIRCLE + '<path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>',
    "bars": '<path d="M5.5 3v10M10.5 3v10" stroke-width="2.4"/>',
    "back": '<path d="M6 3L2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 7H7"/>',
    "again": '<path d="M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 1.5V4.5h-3"/>',
    "alert": '<path d="M8 2l6.5 11.5h-13zM8 6.5v3.3M8 11.6v.4"/>',
    "dash": _CIRCLE + '<path d="M5 8h6"/>',
    "lock": '<rect x="3" y="7" width="10" height="6.5" rx="1"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>',
    "flag": '<path d="M4 14V2.5h8L9.5 5.5 12 8.5H4"/>',
}


def _today(context: Mapping[str, Any]) -> date | None:
    found = context.get("today")
    return found if isinstance(found, date) else None


def chinese() -> bool:
    """Whether the page speaks Chinese."""
    return (get_language() or settings.LANGUAGE_CODE).startswith("zh")


@register.simple_tag
def html_lang() -> str:
    """The lang attribute of the page."""
    return "zh-Hans" if chinese() else "en"


@register.filter
def zh(text: object) -> str | SafeString:
    """Words of a plan or of people: marked as Chinese inside an English page."""
    if text is None or text == "":
        return ""
    return str(text) if chinese() else format_html('<span lang="zh-Hans">{}</span>', text)


@register.simple_tag
def mark(shape: str) -> SafeString:
    """One shape, drawn; always beside a word."""
    drawn = mark_safe(_SHAPES.get(shape, _CIRCLE))  # noqa: S308 - a constant of this file
    return format_html('<svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', drawn)


def due_words(due: date, today: date | None) -> SafeString:
    """The last day and what is left, broken between them only."""
    whole = [words.by(due, today), *([words.left(due, today)] if today else [])]
    return format_html_join(" · ", '<span class="nowrap">{}</span>', ((part,) for part in whole))


@register.simple_tag(takes_context=True)
def state(context: Mapping[str, Any], subject: str, key: str, whom: str = "", due: date | None = None) -> SafeString:
    """A state in words and shape; with ``whom`` who is waited for, with ``due`` until when.

    What still runs and is past its day is said to be late; what has ended is said without its day.
    """
    today = _today(context)
    last = due if key in words.RUNNING else None
    over = bool(last and today and last < today)
    said = words.saying(subject, "late" if over and "late" in words.STATES.get(subject, {}) else key)
    parts = [format_html('<span class="state-word">{}</span>', zh(whom) if whom else said.text)]
    if last:
        parts.append(format_html('<span class="state-due">{}</span>', due_words(last, today)))
    tone = "late" if over else said.tone
    body = mark_safe(" ".join(parts))  # noqa: S308 - both parts were escaped above
    return format_html('<span class="state state-{}">{}{}</span>', tone, mark(said.shape), body)


@register.simple_tag(takes_context=True)
def cell(context: Mapping[str, Any], shown: Cell) -> str | SafeString:
    """One cell of a table: a state, a link or a text."""
    if shown.state:
        return state(context, shown.subject, shown.state, shown.text, shown.due)
    text = zh(shown.text) if shown.zh else shown.text
    return format_html('<a href="{}">{}</a>', shown.href, text) if shown.href else text


@register.simple_tag(takes_context=True)
def day(context: Mapping[str, Any], value: date | str | None) -> str:
    """A day, without its year when that is this year; also as it stands in what was published, 2024-08-26."""
    known = date.fromisoformat(value) if isinstance(value, str) and value else value
    return words.day(known, _today(context)) if known else ""


@register.simple_tag(takes_context=True)
def by_written(context: Mapping[str, Any], text: str) -> str:
    """A last day as a pack writes it, by the day or by the month: 8月底前."""
    return words.by_written(text, _today(context))


@register.simple_tag(takes_context=True)
def by(context: Mapping[str, Any], value: date | None) -> str:
    """A last day: 8月2日前."""
    return words.by(value, _today(context)) if value else ""


@register.simple_tag(takes_context=True)
def left(context: Mapping[str, Any], value: date | None) -> str:
    """Working days left: 还有 3 个工作日."""
    today = _today(context)
    return words.left(value, today) if value and today else ""


@register.simple_tag(takes_context=True)
def span(context: Mapping[str, Any], start: date | None, end: date | None) -> str:
    """From one day to another."""
    return words.span(start, end, _today(context))


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], value: datetime | None) -> str:
    """An instant in China: day and time of day."""
    return words.moment(value, _today(context)) if value else ""


@register.filter
def dated(value: date) -> str:
    """A day with its year: what is printed outlives the year."""
    return words.day(value)


@register.filter
def clause_numbers(text: str) -> str:
    """The source's own numbers in a line of clause ids: 四(三) of 四(三)a、四(三)b."""
    return "、".join(dict.fromkeys(words.clause_number(part) for part in (text or "").split("、")))


@register.filter
def number(value: int) -> str:
    """A whole number."""
    return words.number(value)


@register.filter
def filesize(value: int) -> str:
    """The size of a file."""
    return words.size(value)


@register.filter
def organ_kind(key: str) -> str:
    """The kind of an organ in words."""
    return words.kind(key)


@register.filter
def organ_level(key: str) -> str:
    """The level of an organ in words."""
    return words.level(key)


@register.filter
def digest(value: str) -> str:
    """The first letters of a digest."""
    return words.short_digest(value)


@register.inclusion_tag("parts/clause.html", takes_context=True)
def clause(context: Mapping[str, Any], numbers: object, says: str = "") -> dict[str, object]:
    """Clause numbers; opening one shows our wording of it.

    ``numbers``: one number or several. The wording is ``says``, or comes from the page's ``clauses`` (number → says).
    """
    wanted = [numbers] if isinstance(numbers, str) else list(numbers or ())  # type: ignore[call-overload]  # template
    known: Mapping[str, str] = context.get("clauses") or {}
    shown: dict[str, list[str]] = {}
    for number in wanted:
        shown.setdefault(words.clause_number(number), []).append(says or known.get(number, ""))
    return {"clauses": [(number, [text for text in dict.fromkeys(texts) if text]) for number, texts in shown.items()]}


@register.simple_tag(takes_context=True)
def with_page(context: Mapping[str, Any], page: int) -> str:
    """The present address with another page number."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return f"?page={page}"
    query["page"] = str(page)
    return f"?{query.urlencode()}"


@register.filter
def per_cent(part: int, whole: int) -> int:
    """How many of a hundred."""
    return round(100 * part / whole) if whole else 0


@register.simple_tag(takes_context=True)
def fault_of(context: Mapping[str, Any], name: str) -> str:
    """What is wrong with a plain field of this page."""
    place = context.get("place")
    return str(place.fault(name)) if place is not None else ""


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key that is no template name."""
    return mapping.get(key, "")


@register.filter
def reached(at: str, kind: str) -> str:
    """The address behind one telephone or mailbox, to be pressed on a phone; empty for what is written otherwise."""
    if kind == "phone" and re.fullmatch(r"[\d\s()+-]+", at):
        return "tel:" + re.sub(r"[^\d+]", "", at)
    return f"mailto:{at}" if kind == "mail" and re.fullmatch(r"[\w.+-]+@[\w.-]+", at) else ""
