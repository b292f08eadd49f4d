"""Which HTTP status an error of our tree is answered with, whichever face answers."""

from __future__ import annotations

from qingfu.base.errors.broken import Broken
from qingfu.base.errors.deciding import (
    Full,
    Invalid,
    Late,
    NotAllowed,
    NotFound,
    Stale,
    TooManyQuestions,
    Twice,
    WrongState,
)
from qingfu.base.errors.keys import KeyRefused, NotJson, TooFast, WrongMethod
from qingfu.base.errors.pack import BrokenPack, PackError
from qingfu.base.errors.root import QingfuError
from qingfu.base.errors.schooldata import FaultyData
from qingfu.base.errors.setup import SetUp
from qingfu.base.errors.uploads import Hostile, TooBig

STATUS: tuple[tuple[type[QingfuError], int], ...] = (
    (KeyRefused, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (WrongState, 409),
    (Stale, 409),
    (Full, 409),
    (TooManyQuestions, 429),
    (TooFast, 429),
    (Twice, 409),
    (TooBig, 413),
    (Late, 422),
    (NotJson, 400),
    (WrongMethod, 405),
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
