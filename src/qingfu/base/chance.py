"""The only source of randomness: identifiers, one-time tokens and demo passwords."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID, uuid4

T = TypeVar("T")

# Without 0 O 1 I l: these are read aloud on the telephone.
READABLE = "23456789abcdefghijkmnpqrstuvwxyz"


def new_id() -> UUID:
    """A random identifier (UUID version 4)."""
    return uuid4()


def new_token() -> str:
    """An unguessable text for a link: 43 characters safe in an address, 256 bits."""
    return secrets.token_urlsafe(32)


def new_scalar(below: int) -> int:
    """A secret number from 1 to ``below`` - 1, each equally likely."""
    return 1 + secrets.randbelow(below - 1)


def mixed(things: Iterable[T]) -> list[T]:
    """The same things in an order that nothing says anything about."""
    found = list(things)
    secrets.SystemRandom().shuffle(found)
    return found


def new_code(length: int = 8) -> str:
    """A short readable code of ``length`` characters, 5 bits each; not for keys that must last."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def new_password() -> str:
    """A readable password of four groups of four characters, 80 bits."""
    return "-".join(new_code(4) for _ in range(4))
