"""Which HTTP status an error of our tree is answered with."""

from __future__ import annotations

from qingfu.base.errors import (
    Broken,
    BrokenPack,
    FaultyData,
    Full,
    Hostile,
    Invalid,
    Late,
    NotAllowed,
    NotFound,
    PackError,
    QingfuError,
    SetUp,
    Stale,
    TooBig,
    TooManyQuestions,
    Twice,
    WrongState,
)

STATUS: tuple[tuple[type[QingfuError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (WrongState, 409),
    (Stale, 409),
    (Full, 409),
    (TooManyQuestions, 429),
    (Twice, 409),
    (TooBig, 413),
    (Late, 422),
    (Invalid, 422),
    (Hostile, 422),
    (PackError, 422),
    (BrokenPack, 422),
    (FaultyData, 422),
    (SetUp, 503),
    (Broken, 500),
)


def status_of(error: QingfuError) -> int:
    """The HTTP status of an error, by its family."""
    return next((status for family, status in STATUS if isinstance(error, family)), 500)
