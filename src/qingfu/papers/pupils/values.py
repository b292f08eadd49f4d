"""Values: what one cell of a pupil means — taken, wrong, or a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from qingfu.base.errors import (
    FailedFormula,
    KeyEmpty,
    LostDigits,
    NoResult,
    NotALevel,
    NotAmong,
    NotAName,
    SeveralNames,
)
from qingfu.base.words import N_, Said, Word, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.desk import Desk, Spot
from qingfu.papers.filings.outcome import SHOWN, Candidate, Doubt, doubt_id
from qingfu.papers.filings.values.meaning import NOTHING, folded, said
from qingfu.papers.filings.values.words import NO, YES

MOST_POINTS = 1_000
# Two children in one cell, as twins are written: one of them would have no place.
_SEVERAL = re.compile(r"[、，,;；/&+]|双胞胎|龙凤胎")
# A workbook keeps fifteen digits of a number and makes the others nought.
KEPT_DIGITS = 15
GENDERS: Mapping[str, str] = {
    **dict.fromkeys(("男", "男生", "男童", "男性", "男孩", "m", "male", "boy"), "m"),
    **dict.fromkeys(("女", "女生", "女童", "女性", "女孩", "f", "female", "girl"), "f"),
}
BOY: Candidate = ("m", Word(N_("boy")))
GIRL: Candidate = ("f", Word(N_("girl")))
YES_IT_IS: Candidate = ("yes", Word(N_("yes, a special need")))
NO_IT_IS_NOT: Candidate = ("no", Word(N_("no special need")))
WHICH_GENDER = N_("“{text}”: boy or girl?")
WHICH_NEED = N_("“{text}”: is that a special need? What exactly it is is not kept.")


def trouble(desk: Desk, cell: Cell, spot: Spot) -> bool:
    """Whether a formula stands there that failed or was never calculated; told to the desk."""
    if cell.trouble:
        desk.fault(NoResult if cell.trouble == "pending" else FailedFormula, spot, value=cell.text[:SHOWN])
    return bool(cell.trouble)


def number(desk: Desk, cell: Cell | None, spot: Spot) -> str | None:
    """The number of a pupil; None where it is wrong."""
    if cell is None or not said(cell):
        desk.fault(KeyEmpty, spot)
        return None
    if trouble(desk, cell, spot):
        return None
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) >= 10**KEPT_DIGITS or value != int(value) or value < 0:
            desk.fault(LostDigits, spot, value=cell.text[:SHOWN])
            return None
        return str(int(value))
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", said(cell)):
        desk.fault(LostDigits, spot, value=said(cell)[:SHOWN])
        return None
    return line(desk, "".join(said(cell).split()), spot, most=30)


def line(desk: Desk, text: str, spot: Spot, *, most: int) -> str | None:
    """A text in one line; None where it is too long or holds what nobody can read."""
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    odd = any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in flat)
    if not flat:
        desk.fault(KeyEmpty, spot)
        return None
    if odd or len(flat) > most:
        desk.fault(NotAName, spot, value=flat[:SHOWN], facts={"most": most})
        return None
    return flat


def name(desk: Desk, cell: Cell | None, spot: Spot, *, most: int) -> str | None:
    """The name of one pupil; None where it is wrong or names more than one."""
    if cell is not None and trouble(desk, cell, spot):
        return None
    text = said(cell) if cell else ""
    if _SEVERAL.search(text):
        desk.fault(SeveralNames, spot, value=text[:SHOWN])
        return None
    return line(desk, text, spot, most=most)


def gender(desk: Desk, cell: Cell | None, spot: Spot) -> str | None:
    """`m` or `f`; 1 and 2 are asked about. An empty cell is filled, nobody is left out for it."""
    if cell is None or not said(cell):
        desk.fault(NotAmong, spot, value=Word(N_("an empty cell")), facts={"among": ("男", "女")})
        return None
    if trouble(desk, cell, spot):
        return None
    text = folded(cell)
    if text in GENDERS:
        return GENDERS[text]
    if text in ("1", "2", "1.0", "2.0"):
        first = (BOY, GIRL) if text[0] == "1" else (GIRL, BOY)
        return asked(desk, "gender", said(cell), say(WHICH_GENDER, text=said(cell)), first, spot)
    desk.fault(NotAmong, spot, value=said(cell)[:SHOWN], facts={"among": ("男", "女")})
    return None


def special(desk: Desk, cell: Cell | None, spot: Spot) -> bool | None:
    """Whether there is a special need. Whatever else is written there is asked about and not kept."""
    if cell is None:
        return False
    if trouble(desk, cell, spot):
        return None
    text = folded(cell)
    if isinstance(cell.value, bool) or text in YES or text in NO or text in NOTHING or not text:
        return cell.value if isinstance(cell.value, bool) else text in YES
    shown = said(cell)[:SHOWN]
    answer = asked(desk, "special", shown, say(WHICH_NEED, text=shown), (YES_IT_IS, NO_IT_IS_NOT), spot)
    return None if answer is None else answer == "yes"


def points(desk: Desk, cell: Cell, spot: Spot) -> int | None:
    """Points in half points: 87.5 is 175. None where it is wrong."""
    text = folded(cell).removesuffix("分")
    try:
        value = Decimal(text if isinstance(cell.value, str) else str(cell.value))
        halves = value * 2
        good = 0 <= value <= MOST_POINTS and halves == int(halves)
    except (InvalidOperation, ValueError, OverflowError):
        desk.fault(NotALevel, spot, value=said(cell)[:SHOWN], facts={"most": MOST_POINTS})
        return None
    if not good:
        near = f"{(value * 2).to_integral_value() / 2:f}" if 0 <= value <= MOST_POINTS else None
        desk.fault(NotALevel, spot, value=said(cell)[:SHOWN], instead=near, facts={"most": MOST_POINTS})
        return None
    return int(halves)


def asked(desk: Desk, column: str, text: str, asks: Said, candidates: tuple[Candidate, ...], spot: Spot) -> str | None:
    """The answer to a question about a text, which is asked once for the whole file; None as long as there is none."""
    doubt = Doubt(
        id=doubt_id(f"pupil-{column}", text), where=spot.cell, text=text, asks=asks, candidates=candidates,
        presumed=candidates[0][0],
    )  # fmt: skip
    return desk.answered(doubt, spot)
