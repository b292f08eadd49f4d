"""Who acts: a person in a post, the clock, the holder of a one-time link, or the public."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "clock", "link", "public"]
Via = Literal["self", "paper", "link", "key"]


@dataclass(frozen=True)
class Actor:
    """One actor in one bureau, all by surrogate keys; verbs and queries take it first.

    ``acting_for`` is the person whose post the holder fills as a delegate. ``via`` marks
    what an officer typed in from paper, what came through a one-time link, or from a program with the person's key.
    ``roles`` are the words of the transition tables that the post gives.
    """

    kind: Kind
    bureau: int
    person: int | None = None
    post: int | None = None
    organ: int | None = None
    acting_for: int | None = None
    via: Via = "self"
    roles: frozenset[str] = frozenset()
    name: str = field(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.kind == "person" and self.person is None:
            raise ValueError("an actor of kind person needs the person")
        if self.kind in ("clock", "public") and self.person is not None:
            raise ValueError(f"an actor of kind {self.kind} is nobody in particular")

    @classmethod
    def clock(cls, bureau: int) -> Actor:
        """The clock as a caller, in one bureau."""
        return cls(kind="clock", bureau=bureau, roles=frozenset({"clock"}))

    @classmethod
    def public(cls, bureau: int) -> Actor:
        """Anybody without an account."""
        return cls(kind="public", bureau=bureau, roles=frozenset({"public"}))

    @classmethod
    def link(cls, bureau: int, *, organ: int, roles: frozenset[str] = frozenset({"link"})) -> Actor:
        """The holder of a one-time link, who speaks for ``organ`` and for nothing else."""
        return cls(kind="link", bureau=bureau, organ=organ, via="link", roles=roles)

    def is_somebody_else_than(self, owners: Collection[int], delegations: Collection[tuple[int, int]] = ()) -> bool:
        """Whether the actor is a natural person other than ``owners`` and unbound to them.

        ``owners``: person ids. ``delegations``: (delegator, delegate) pairs of person ids in
        force in the owners' period. The clock, a link and the public are nobody, so never
        somebody else.
        """
        if self.kind != "person" or self.person is None:
            return False
        myself = {self.person} | ({self.acting_for} if self.acting_for is not None else set())
        mine = set(owners)
        if myself & mine:
            return False
        return not any(
            (giver in mine and taker in myself) or (giver in myself and taker in mine) for giver, taker in delegations
        )
