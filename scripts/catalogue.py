"""The Chinese catalogue: msgids gathered from the source, translations merged from the parts, compiled.

    python scripts/catalogue.py           write locale/zh_Hans/LC_MESSAGES/django.po and django.mo
    python scripts/catalogue.py --check   fail if they are stale, or if any msgid lacks its Chinese

English is the language of the msgids and needs no catalogue.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "qingfu"
FOLDER = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES"
HEADER = "# Made by scripts/catalogue.py from the parts; edit those.\n"
# 1c: context first; numbers: which argument is the msgid.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "Word": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# Babel writes the moment of compiling into the file unless it is given one.
NO_DATE = datetime(2024, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"\{(\w+)[^}]*\}|%\((\w+)\)")

Key = tuple[str, str | None]


class Faulty(Exception):
    """The catalogue cannot be made; one line for each reason."""


def key_of(message: Message) -> Key:
    """What a message is known by: its msgid (the singular) and its context."""
    msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return str(msgid), message.context


def gather() -> Catalog:
    """All msgids of the source, with the files they stand in."""
    if not settings.configured:
        settings.configure()  # templatize asks for the debug flag only
    catalogue = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    for path, text in _texts():
        for _line, msgid, comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            if msgid and (not isinstance(msgid, tuple) or msgid[0]):
                catalogue.add(msgid, locations=[(path, None)], context=context, user_comments=comments)  # type: ignore[list-item,arg-type,unused-ignore] # babel takes a location without a line
    return catalogue


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.relative_to(SOURCE).as_posix(), file.read_text(encoding="utf-8")
    for suffix in ("html", "txt"):
        for file in sorted(SOURCE.rglob(f"templates/**/*.{suffix}")):
            name = file.relative_to(SOURCE).as_posix()
            # What is left of the page's layout would be read as Python's indentation.
            yield name, INDENT.sub("", templatize(file.read_text(encoding="utf-8"), origin=name))


def translations() -> dict[Key, Message]:
    """All translations of the parts; raises Faulty where two parts say the same differently."""
    found: dict[Key, Message] = {}
    faults: list[str] = []
    for part in sorted((FOLDER / "parts").glob("*.po")):
        for message in read_po(io.BytesIO(part.read_bytes()), locale="zh_Hans", abort_invalid=True):
            if not message.id or not message.string:
                continue
            key = key_of(message)
            if key in found and found[key].string != message.string:
                faults.append(f"{part.name}: {key[0]!r} is translated otherwise in another part")
            found[key] = message
            faults += [f"{part.name}: {fault}" for fault in _places(message)]
    if faults:
        raise Faulty("\n".join(faults))
    return found


def _places(message: Message) -> Iterator[str]:
    """A translation may leave a place out, but never name one that the msgid lacks."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    known = {"".join(place) for text in ids for place in PLACE.findall(str(text))}
    for text in strings:
        if strange := {"".join(place) for place in PLACE.findall(str(text))} - known:
            yield f"{ids[0]!r} names {', '.join(sorted(strange))} in Chinese only"


def merged() -> tuple[Catalog, list[str], list[str]]:
    """The catalogue, the msgids without Chinese, and the translations that nothing asks for."""
    catalogue, known = gather(), translations()
    missing: list[str] = []
    for message in catalogue:
        if not message.id:
            continue
        mine = known.pop(key_of(message), None)
        if mine is None:
            missing.append(f"{key_of(message)[0]!r} in {message.locations[0][0]}")
            continue
        text = str(mine.string[0] if isinstance(mine.string, (tuple, list)) else mine.string)
        # Chinese has one form for any number.
        message.string = (text,) if isinstance(message.id, (tuple, list)) else text
    return catalogue, missing, sorted(key[0] for key in known)


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as PO and as MO, without dates, so that the same source gives the same bytes."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    head = f'{HEADER}msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    content = head.encode() + po.getvalue()
    compiled = read_po(io.BytesIO(content), locale="zh_Hans")
    compiled.creation_date = NO_DATE
    write_mo(mo, compiled)
    return content, mo.getvalue()


def main(*, check: bool) -> list[str]:
    """Write, or with ``check`` only compare; returns what is wrong, one line each."""
    catalogue, missing, _unused = merged()
    faults = [f"no Chinese for {each}" for each in missing]
    for name, content in zip(("django.po", "django.mo"), written(catalogue), strict=True):
        file = FOLDER / name
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        elif not file.exists() or file.read_bytes() != content:
            faults.append(f"{name} is stale: run python scripts/catalogue.py")
    return faults


if __name__ == "__main__":
    try:
        told = main(check="--check" in sys.argv)
    except Faulty as fault:
        told = str(fault).splitlines()
    print("\n".join(told) or "the Chinese catalogue is complete")
    sys.exit(bool(told))
