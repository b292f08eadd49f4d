"""The way back from documents: a notice, or a whole ceremony, taken up again at any step on another machine.

Nothing is believed: a ceremony is read by going through its steps once more, so that what does not hold is named.
Whoever trusts its own store may put a ``Ceremony`` together from the parts read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from qingfu.base.canon import canonical
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw.ceremony import Ceremony, Member, Values
from qingfu.base.draw.curve import unpacked
from qingfu.base.draw.escrow import Deal, Opening
from qingfu.base.draw.freezing import checked
from qingfu.base.draw.keys import Signature, number, scalar, some
from qingfu.base.draw.notice import Notice
from qingfu.base.draw.shapes import keys, notice_from
from qingfu.base.errors import BadNotice, BadShare, Unsayable
from qingfu.base.words import N_, Word

# What a reader raises where a document is something else; a person is told which document it was.
_ODD = (KeyError, TypeError, ValueError, AttributeError, Unsayable, BadNotice)


def notice_of(document: object) -> Notice:
    """The notice that ``document`` (parsed JSON) says; BadNotice where it is none, or says it in another way."""
    notice = checked(notice_from(document))
    if canonical(notice.document()) != canonical(document):
        raise BadNotice(where="notice", problem=Word(N_("this is not the canonical form")))
    return notice


@contextmanager
def _part(name: str) -> Iterator[None]:
    try:
        yield
    except _ODD:
        raise BadShare(name=name) from None


def member_of(document: object) -> Member:
    """What somebody sent who joins; BadShare where it is something else. Whether it is proven, ``join`` says."""
    with _part(_name(document)):
        said = keys("member", document, ("key", "name", "proof", "role"))
        name, role, key, proof = said["name"], said["role"], said["key"], said["proof"]
        if not (isinstance(name, str) and isinstance(role, str) and isinstance(key, str)):
            raise TypeError(document)
        return Member(name, role, some(unpacked(key)), Signature.of(_map(proof)))


def _name(document: object) -> str:
    said = document.get("name") if isinstance(document, dict) else None
    return said if isinstance(said, str) else "…"


def _map(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def deal_of(document: object) -> Deal:
    """A deal; BadShare where it is something else. Whether it holds, ``give`` says."""
    with _part(_place(document)):
        return Deal.of(_map(document))


def share_of(document: object) -> tuple[int, int]:
    """Who dealt, and the share: of ``{"by": …, "share": …}``; BadShare where it is something else."""
    with _part(_place(document)):
        said = keys("share", document, ("by", "share"))
        return _index(said["by"]), number(said["share"])


def opening_of(document: object) -> tuple[int, Opening]:
    """Who dealt, and one piece opened: of ``{"by": …, "of": …, "point": …, "proof": …}``; BadShare otherwise."""
    with _part(_place(document)):
        said = _map(document)
        return _index(said["by"]), Opening.read({word: said[word] for word in said if word != "by"})


def values_of(document: object) -> Values:
    """The public number of ``{"values": [[…], …]}``; BadShare where it is something else."""
    with _part("number"):
        rows = keys("number", document, ("values",))["values"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise TypeError(document)
        return tuple(tuple(_index(one) for one in row) for row in rows)


def _index(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _place(document: object) -> str:
    by = document.get("by") if isinstance(document, dict) else None
    return str(by) if type(by) is int else "…"


def documents_of(at: Ceremony) -> dict[str, object]:
    """A ceremony as documents: the keyword arguments of ``ceremony_of``."""
    return {
        "notice": at.notice.document(),
        "members": [member.document() for member in at.circle],
        "threshold": at.threshold,
        "deals": [one.document() for one in at.deals],
        "sealed": at.sealed,
        "shares": [share_document(by, share) for by, share in at.shares],
        "openings": [opening_document(by, opening) for by, opening in at.openings],
        "number": {"values": at.number} if at.number is not None else None,
    }


def share_document(by: int, share: int) -> dict[str, object]:
    return {"by": by, "share": scalar(share)}


def opening_document(by: int, opening: Opening) -> dict[str, object]:
    return {"by": by, **opening.document()}


def ceremony_of(
    notice: object,
    *,
    members: Sequence[object] = (),
    threshold: int = 0,
    deals: Sequence[object] = (),
    sealed: bool = False,
    shares: Sequence[object] = (),
    openings: Sequence[object] = (),
    number: Mapping[str, object] | None = None,
) -> Ceremony:
    """Where the draw stands whose documents these are, every step taken and proven once more.

    BadNotice, BadShare, or whatever the step says that cannot be taken.
    """
    at = Ceremony(notice_of(notice))
    for document in members:
        at = steps.join(at, member_of(document))
    if threshold:
        at = steps.close_circle(at, threshold=threshold)
    for document in deals:
        at = steps.give(at, deal_of(document))
    if sealed:
        at = steps.seal(at)
    for document in shares:
        by, share = share_of(document)
        at = steps.reveal(at, by=by, share=share)
    for document in openings:
        by, opening = opening_of(document)
        at = steps.open_for(at, by=by, opening=opening)
    return at if number is None else steps.tell_number(at, values_of(number))
