"""The live check beside a form: what the plan says about the answers so far, in calm words, each under its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from qingfu.packfile.course import Remark
from qingfu.packfile.words.asks import Form
from qingfu.packfile.words.pack import Pack
from qingfu.web.sheet import anchor
from qingfu.web.spoken import numbers, sentence

LOOKS = {"stop": ("cross", "asks"), "warn": ("flag", "late"), "fine": ("tick", "done")}


@dataclass(frozen=True)
class Finding:
    """One line of the check. ``family`` is the plan's heading of a red line: 无关, 无序, 无效."""

    says: SafeString
    shape: str
    tone: str
    clause: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True)
class Missing:
    """A question without an answer, and where it stands."""

    asks: str
    href: str


@dataclass(frozen=True)
class LiveCheck:
    """What stops the application, what a person will look at, what is in order, and what is still to be answered."""

    stops: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    fine: tuple[Finding, ...]
    missing: tuple[Missing, ...]

    @property
    def all(self) -> tuple[tuple[Finding, ...], ...]:
        """Every finding, what stops first."""
        return (self.stops, self.doubts, self.fine)

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way as far as a form can tell."""
        return not self.stops and not self.missing


def checked(pack: Pack, form: Form, remarks: Iterable[Remark], today: date) -> LiveCheck:
    """The remarks sorted for a page. Nothing is said to stop what nobody has begun to answer."""
    found: Mapping[str, list[Finding]] = {"stop": [], "warn": [], "fine": []}
    missing = []
    asks = {item.id: item.asks for item in form.items}
    criterion = next((item.id for item in form.items if item.means == "criterion"), "")
    for remark in remarks:
        if remark.about == "answer" and remark.key in asks:
            missing.append(Missing(asks[remark.key], f"#{anchor(remark.key)}"))
        elif remark.about == "criterion" and remark.key == "criterion":
            # Not named yet: it stands among the answers that are missing, and is no finding of its own.
            missing.append(Missing(asks.get(criterion, ""), f"#{anchor(criterion)}"))
        else:
            found[remark.level].append(_finding(pack, remark, today))
    order = list(dict.fromkeys(sorted(missing, key=lambda one: _place(form, one))))
    return LiveCheck(tuple(found["stop"]), tuple(found["warn"]), tuple(found["fine"]), tuple(order))


def _place(form: Form, one: Missing) -> int:
    return next((n for n, item in enumerate(form.items) if f"#{anchor(item.id)}" == one.href), len(form.items))


def _finding(pack: Pack, remark: Remark, today: date) -> Finding:
    shape, tone = LOOKS[remark.level]
    conduct = pack.conduct.get(remark.key or "") if remark.about == "conduct" else None
    family = (conduct.family or "") if conduct else ""
    return Finding(sentence(remark.said, today), shape, tone, numbers(remark.clause), family)
