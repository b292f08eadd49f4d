"""What is typed at a ceremony, wherever it is led from."""

from __future__ import annotations

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.web.desk import Desk

_CHOOSE = N_("Choose how many of the circle can open a share.")
_NUMBERS = N_("Type the numbers as they were published, separated by spaces.")


def threshold(desk: Desk) -> int | None:
    """How many of the circle can open a share, None for the majority; Invalid where it is no number."""
    text = desk.request.POST.get("threshold", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Invalid(FieldFault("threshold", _CHOOSE))
    return int(text)


def public_number(desk: Desk) -> list[list[int]]:
    """The public number as it was published, a line for each source; Invalid where something else stands in it."""
    lines = [line.split() for line in desk.request.POST.get("values", "").replace(",", " ").splitlines()]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for line in lines for one in line):
        raise Invalid(FieldFault("values", _NUMBERS))
    return [[int(one) for one in line] for line in lines if line]
