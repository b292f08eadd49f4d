"""A sheet on its way: chosen, shown, and carried in the form until it is taken."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qingfu.base.errors import DataFault, FieldFault, Invalid, NotReadable
from qingfu.base.words import N_
from qingfu.papers.filings.outcome import Doubt
from qingfu.web.desk import Desk

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOOSE_FILE = N_("Choose a file.")
# It comes back with the answers, so it must fit into a form; twenty thousand pupils are half of that.
MOST_BYTES = 1_500_000
TOO_LARGE = N_("The file is larger than {most} MB; keep the list alone in it.")
ANSWER = "a."


@dataclass(frozen=True)
class Upload:
    """The bytes, what they were called, and what was answered so far."""

    name: str
    data: bytes
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> str:
        """The bytes as a form carries them."""
        return base64.b64encode(self.data).decode()


def sent(desk: Desk) -> bool:
    """Whether there is a file, chosen now or carried."""
    return desk.posted and bool(desk.request.FILES.get("sheet") or desk.request.POST.get("data"))


def upload_of(desk: Desk) -> Upload:
    """The file that was chosen, or the one that the preview carried. Raises Invalid, NotReadable."""
    chosen, said = desk.request.FILES.get("sheet"), desk.request.POST.dict()
    if chosen is not None:
        if (chosen.size or 0) > MOST_BYTES:
            raise Invalid(FieldFault("sheet", TOO_LARGE, {"most": MOST_BYTES / 1_000_000}))
        chosen.seek(0)
        return Upload(chosen.name or "", chosen.read())
    if not said.get("data"):
        raise Invalid(FieldFault("sheet", CHOOSE_FILE))
    try:
        data = base64.b64decode(said["data"], validate=True)
    except (binascii.Error, ValueError):
        raise NotReadable(name=said.get("name", "—")) from None
    if len(data) > MOST_BYTES:
        raise Invalid(FieldFault("sheet", TOO_LARGE, {"most": MOST_BYTES / 1_000_000}))
    answers = {name[len(ANSWER) :]: text for name, text in said.items() if name.startswith(ANSWER)}
    return Upload(said.get("name", ""), data, answers)


def faults_shown(faults: tuple[DataFault, ...]) -> list[tuple[str, str, str, int, str]]:
    """Each fault: where, what, what to do, how many more like it, its code."""
    return [(one.place(_), one.what(_), one.next_step(_), one.unsaid, one.code) for one in faults]


def doubts_shown(doubts: tuple[Doubt, ...], upload: Upload) -> list[dict[str, object]]:
    """Each question with its candidates; what was answered or is likely is chosen already."""
    return [
        {
            "id": one.id, "asks": one.asks.text(_), "sheet": one.sheet, "refused": one.refused,
            "places": "、".join(one.places or (one.where,)), "unsaid": one.unsaid,
            "candidates": [(value, _said(says)) for value, says in one.candidates],
            "chosen": upload.answers.get(one.id, one.presumed),
        }
        for one in doubts
    ]  # fmt: skip


def _said(says: object) -> str:
    return _(str(says)) if isinstance(says, str) else str(says.text(_)) if hasattr(says, "text") else str(says)
