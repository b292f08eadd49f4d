"""Timetables on paper: as words where they would stand, and as photographs of a sheet on a door."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.photos.proposal import Proposal, proposed
from qingfu.papers.photos.words import Box, Word, Words

OF = KnownClass("c1", "三年级2班", "P3")
OTHER = KnownClass("c2", "三年级1班", "P3")
TERM = "2024-2025学年第一学期"
SUBJECTS = (
    "语文", "数学", "英语", "道德与法治", "科学", "体育", "音乐", "美术", "信息技术", "劳动", "综合实践", "书法",
    "班会", "阅读",
)  # fmt: skip
WEEK = ["节次", "星期一", "星期二", "星期三", "星期四", "星期五"]
Rows = Sequence[Sequence[str]]
DOOR: Rows = (
    WEEK,
    ("第一节", "语文", "数学", "语文", "英语", "数学"),
    ("第二节", "数学", "语文", "英语", "语文", "道德与法治"),
    ("第三节", "英语", "科学", "数学", "体育", "语文"),
    ("第四节", "体育", "美术", "音乐", "数学", "书法"),
    ("第五节", "美术", "道德与法治", "劳动", "科学", "音乐"),
    ("第六节", "班会", "体育", "综合实践", "阅读", "信息技术"),
)
Place = tuple[int, int]


def lessons(rows: Rows) -> dict[Place, str]:
    """The lessons of a plain sheet by (weekday, period)."""
    return {(day, n): text for n, row in enumerate(rows[1:], 1) for day, text in enumerate(row[1:], 1) if text}


def words(
    rows: Rows, *, title: str = "", sure: Mapping[str, float] | None = None, tilt: float = 0.0, keystone: float = 0.0,
    column: int = 200, line: int = 90, size: int = 30,
) -> Words:  # fmt: skip
    """The words of a sheet where they stand, each in the middle of its cell; several lines of a cell apart."""
    found = []
    if title:
        found.append(_word(title, 3 * column, 40, size, 1.0, tilt, keystone))
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            parts = text.split("\n") if text else []
            for at, part in enumerate(parts):
                y = 120 + n * line + (at - (len(parts) - 1) / 2) * 1.2 * size
                found.append(
                    _word(part, column / 2 + m * column, y, size, (sure or {}).get(part, 0.999), tilt, keystone)
                )
    return Words(tuple(found))


def _word(text: str, x: float, y: float, size: int, sure: float, tilt: float, keystone: float) -> Word:
    half, high = len(text) * size / 2, size * 0.6
    corners = ((x - half, y - high), (x + half, y - high), (x + half, y + high), (x - half, y + high))
    a, b, c, d = (_seen(corner, tilt, keystone) for corner in corners)
    box: Box = (a, b, c, d)
    return Word(text, box, sure)


def _seen(point: tuple[float, float], tilt: float, keystone: float) -> tuple[float, float]:
    """Farther to the right everything is smaller, and all of it is turned."""
    x, y = point
    near = 1 / (1 + keystone * x / 1_200)
    x, y = x * near, 400 + (y - 400) * near
    turn = radians(tilt)
    return x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)


def proposal(
    seen: Words, *, answers: Mapping[str, str] | None = None, filed: Mapping[Place, str] | None = None
) -> Proposal:
    """What the words seem to say of the class 三年级2班."""
    return proposed(
        seen, of=OF, classes=(OF, OTHER), term=TERM, subjects_known=SUBJECTS, answers=answers, filed=filed or {}
    )


def taken(found: Proposal) -> dict[Place, str]:
    """What would be filed, by (weekday, period)."""
    return {
        (int(str(row.cells["weekday"])), int(str(row.cells["period"]))): str(row.cells["subject"])
        for row in found.read.rows
    }


def in_question(found: Proposal) -> set[Place]:
    """Every place that some open question is about."""
    return {place for doubt in found.read.doubts for place in found.places.get(doubt.id, ())}


def has_font() -> bool:
    """Whether Chinese characters can be drawn here."""
    return bool(shutil.which("fc-match")) and "CJK" in _font_file()


def _font_file() -> str:
    asked = ["fc-match", "-f", "%{file}", "Noto Sans CJK SC:style=Regular"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def sheet(rows: Rows, *, title: str = "三年级2班课程表", size: int = 30) -> Image.Image:
    """A printed timetable with its lines, 1400 × 1000."""
    page = Image.new("RGB", (1_400, 1_000), "#fbfaf5")
    draw = ImageDraw.Draw(page)
    font, large = ImageFont.truetype(_font_file(), size), ImageFont.truetype(_font_file(), 44)
    draw.text((700, 60), title, font=large, fill="#111", anchor="mm")
    wide, high = 1_300 // len(rows[0]), 860 // len(rows)
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            left, top = 50 + m * wide, 110 + n * high
            draw.rectangle((left, top, left + wide, top + high), outline="#333", width=2)
            draw.text((left + wide / 2, top + high / 2), text, font=font, fill="#1a1a1a", anchor="mm")
    return page


def photographed(
    page: Image.Image,
    *,
    tilt: float = 0.0,
    keystone: float = 0.0,
    noise: int = 0,
    light: float = 1.0,
    blur: float = 0.0,
) -> bytes:
    """The sheet as a telephone sees it: turned by degrees, from aside, grainy, dim, out of focus."""
    seen = page
    if keystone:
        seen = _from_aside(seen, keystone)
    if tilt:
        seen = seen.rotate(tilt, expand=True, fillcolor=(110, 110, 110), resample=Image.Resampling.BICUBIC)
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    if light != 1.0:
        seen = ImageEnhance.Brightness(seen).enhance(light)
    if noise:
        seen = _grainy(seen, noise)
    return encoded(seen, quality=80)


def _from_aside(page: Image.Image, keystone: float) -> Image.Image:
    """The right edge is farther away than the left one."""
    import numpy as np

    wide, high = page.size
    sink = high * keystone / 2
    there = [(0, 0), (wide, sink), (wide, high - sink), (0, high)]
    here = [(0, 0), (wide, 0), (wide, high), (0, high)]
    lines, right = [], []
    for (x, y), (u, v) in zip(there, here, strict=True):
        lines += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    turned = np.linalg.solve(np.array(lines, dtype=float), np.array(right, dtype=float))
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, list(turned), Image.Resampling.BICUBIC, fillcolor=(110, 110, 110)
    )


def _grainy(page: Image.Image, noise: int) -> Image.Image:
    import numpy as np

    grain = np.random.default_rng(1).normal(0, noise, (page.height, page.width, 3))
    return Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype("uint8"))


def encoded(page: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The bytes of a picture file."""
    out = BytesIO()
    page.save(out, kind, **more)
    return out.getvalue()
