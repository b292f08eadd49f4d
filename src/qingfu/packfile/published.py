"""Duties that are done by publishing: what stands before the public is the proof, and a tick would only claim it."""

from __future__ import annotations

from qingfu.packfile.words.pack import Pack

# What a disclosure shows where the register itself publishes it on the day and knows that it was published.
SHOWS = ("enrolment", "admissions")


def published_under(pack: Pack, clause: tuple[str, ...]) -> tuple[str, ...]:
    """The duties under a clause that ask for nothing but that something be published or set up."""
    return tuple(
        key
        for key, duty in pack.duties.items()
        if duty.hand_in is None and duty.does in ("publish", "set-up") and set(duty.clause) & set(clause)
    )


def is_done_by_publishing(pack: Pack, duty: str) -> bool:
    """Whether a duty is done when its disclosure stands before the public, and in no other way."""
    return any(duty in published_under(pack, said.clause) for said in pack.disclosures.values() if said.shows in SHOWS)
