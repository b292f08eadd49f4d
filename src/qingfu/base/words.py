"""Words shown to people: English msgids and their catalogue, without Django.

The catalogue is the same ``django`` domain that the web face uses, so a
sentence has one translation whoever says it.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from qingfu.base.clock import CHINA

LOCALE = Path(__file__).resolve().parent.parent / "locale"

Translate = Callable[[str], str]


def N_(msgid: str) -> str:  # noqa: N802 - the name every catalogue tool knows
    """Mark a msgid for the catalogue without translating it yet."""
    return msgid


def as_they_are(msgid: str) -> str:
    """The translation into English: the msgid itself."""
    return msgid


class Word(str):
    """A fact that is itself a msgid, such as a unit; translated when the sentence around it is."""

    __slots__ = ()


# A day is a sentence too: every language writes it in its own way.
DAY = N_("{year:04d}-{month:02d}-{day:02d}")
AND_SO_ON = N_(", ")
NEXT_SENTENCE = N_("{before} {after}")
INSTANT = N_("{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}")


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        # A sentence with a hole helps more than a KeyError raised while reporting another error.
        return "…"


def fill(msgid: str, facts: Mapping[str, object], translate: Translate = as_they_are) -> str:
    """Translate ``msgid`` and put ``facts`` into its {named} places; a missing fact shows as ``…``."""
    spoken = {name: speak(value, translate) for name, value in facts.items()}
    return translate(msgid).format_map(_Facts(spoken))


def speak(value: object, translate: Translate = as_they_are) -> object:
    """One fact as the language says it: a Word translated, a day or an instant (in China) written out."""
    if isinstance(value, Word):
        # The empty msgid is the catalogue's own header.
        return translate(str(value)) if value else ""
    if isinstance(value, Said):
        return value.text(translate)
    if isinstance(value, datetime):
        local = value.astimezone(CHINA) if value.tzinfo else value
        return translate(INSTANT).format(
            year=local.year, month=local.month, day=local.day, hour=local.hour, minute=local.minute
        )
    if isinstance(value, date):
        return translate(DAY).format(year=value.year, month=value.month, day=value.day)
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = (str(speak(part, translate)) for part in value)
        joined = parts if isinstance(value, (list, tuple)) else sorted(parts)
        return translate(AND_SO_ON).join(joined)
    if value is None:
        return "…"
    return value


def paragraph(sentences: Iterable[str], translate: Translate = as_they_are) -> str:
    """Translated sentences one after the other, with a space only where the language wants one."""
    spoken = ""
    for sentence in sentences:
        between = translate(NEXT_SENTENCE).format(before=spoken, after=sentence)
        spoken = between if spoken and sentence else spoken or sentence
    return spoken


@dataclass(frozen=True)
class Said:
    """A sentence that is not translated yet: an English msgid and its facts, in fixed order."""

    msgid: str
    facts: tuple[tuple[str, object], ...] = ()

    def text(self, translate: Translate = as_they_are) -> str:
        """The sentence in the language of ``translate``."""
        return fill(self.msgid, dict(self.facts), translate)


def say(msgid: str, **facts: object) -> Said:
    """A sentence for later: ``msgid`` is English and marked with N_ where it is written."""
    return Said(msgid, tuple(facts.items()))


def _locale_name(language: str) -> str:
    first, _, rest = language.replace("-", "_").partition("_")
    return f"{first.lower()}_{rest.capitalize()}" if len(rest) > 2 else language.replace("-", "_")


@lru_cache(maxsize=8)
def translator(language: str) -> Translate:
    """The translation into ``language`` ("zh-hans", "en" …); without a catalogue, English.

    Source: PO catalogue ``locale/<language>/LC_MESSAGES/django.mo``.
    """
    name = _locale_name(language)
    catalogue = gettext.translation("django", str(LOCALE), languages=[name], fallback=True)
    # The empty msgid is the catalogue's own header.
    return lambda msgid: catalogue.gettext(msgid) if msgid else ""
