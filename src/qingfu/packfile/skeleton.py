"""The committed skeleton of a source document: section numbers and sentence digests, no text.

It is the yardstick of completeness: a binding sentence nobody covers shows, and a text can be held against it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from qingfu.base.errors import BadYaml, MissingKey, PackError, WrongValue
from qingfu.base.words import N_, Word
from qingfu.packfile.errors import SentenceDiffers

FILE = "skeleton.toml"
_DIGEST = re.compile(r"^[0-9a-f]{8}$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[((][一二三四五六七八九十0-9]+[))]|\d+[.、．])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Section:
    """One numbered section of the source. Sentences count from 1; ``binding`` are those that oblige somebody."""

    id: str
    sentences: int
    binding: tuple[int, ...]
    digests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skeleton:
    """All sections in the order of the source."""

    source: str
    sections: tuple[Section, ...]

    def section(self, number: str) -> Section | None:
        """The section with this number."""
        return next((section for section in self.sections if section.id == number), None)

    @property
    def binding(self) -> tuple[tuple[str, int], ...]:
        """Every binding sentence as (section, index)."""
        return tuple((section.id, index) for section in self.sections for index in section.binding)


def read_skeleton(root: FilePath) -> tuple[Skeleton | None, list[PackError]]:
    """The skeleton of a pack folder and its faults; no file means no skeleton and no fault."""
    file = root / FILE
    if not file.is_file():
        return None, []
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [BadYaml(file=FILE, problem=str(error))]
    faults: list[PackError] = []
    sections = tuple(section for entry in data.get("section", []) if (section := _section(entry, faults)))
    if not sections and not faults:
        faults.append(MissingKey(file=FILE, line=1, key="section"))
    return Skeleton(str(data.get("source", "")), sections), faults


def _section(entry: dict[str, Any], faults: list[PackError]) -> Section | None:
    name = str(entry.get("id", ""))
    count, binding, digests = entry.get("sentences"), entry.get("binding", []), entry.get("digests", [])
    if not name or not isinstance(count, int) or count < 1:
        faults.append(MissingKey(file=FILE, key=f"{name or 'section'}.sentences"))
        return None
    outside = [index for index in binding if not isinstance(index, int) or not 1 <= index <= count]
    if outside:
        faults.append(_wrong(f"{name}.binding", outside[0], f"1–{count}"))
    if digests and (len(digests) != count or not all(_DIGEST.match(str(one)) for one in digests)):
        faults.append(_wrong(f"{name}.digests", len(digests), Word(N_("one digest of 8 characters a sentence"))))
    return Section(name, count, tuple(binding), tuple(digests))


def _wrong(key: str, value: object, expected: str) -> WrongValue:
    return WrongValue(file=FILE, key=key, value=value, expected=expected)


def sentence_digest(sentence: str) -> str:
    """The first 8 hexadecimal characters of the SHA-256 of a sentence."""
    return sha256(sentence.strip().encode("utf-8")).hexdigest()[:8]


def differences(skeleton: Skeleton, text: str) -> list[SentenceDiffers]:
    """The sentences of the skeleton that ``text`` does not have, each as a fault; empty when all are there."""
    known = {sentence_digest(sentence) for sentence in _candidates(text)}
    return [
        SentenceDiffers(file=FILE, key=f"{section.id}.digests", section=section.id, sentence=index)
        for section in skeleton.sections
        for index, digest in enumerate(section.digests, 1)
        if digest not in known
    ]


def _candidates(text: str) -> Iterator[str]:
    """Everything a line of the source may yield as a sentence, with its number and heading or without."""
    for line in text.splitlines():
        stripped = line.strip()
        for whole in {stripped, _NUMBERED.sub("", stripped, count=1).strip()}:
            pieces = [piece.strip() for piece in re.split(r"(?<=[。；;])", whole) if piece.strip()]
            yield from pieces
            # A heading that carries a date stands in one sentence with what follows it.
            yield from (first + second for first, second in pairwise(pieces))
