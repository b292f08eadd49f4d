"""Problems: what a program is told when something cannot be done — the code, what, what to do, every faulty cell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel, Field

from qingfu.api.speech import language_of, translator_of
from qingfu.base.errors import FieldFault, Invalid, QingfuError
from qingfu.base.errors.keys import KeyRefused, TooFast
from qingfu.base.errors.status import status_of
from qingfu.base.words import N_, Translate

MEDIA = "application/problem+json"
# As many faults as somebody can act on; `more` counts the others.
MOST_FAULTS = 200
AWAY = 3


class Fault(BaseModel):
    """One faulty place: `row` counts the rows that were sent from 0."""

    at: str = Field(description=N_("The field, or the row and the column as 3.minutes."))
    row: int | None = Field(None, description=N_("The row, counted from 0."))
    column: str | None = Field(None, description=N_("The column."))
    says: str = Field(description=N_("What is wrong with it."))


class Problem(BaseModel):
    """The answer to whatever cannot be done; then nothing of it was done."""

    status: int = Field(description=N_("The HTTP status."))
    code: str = Field(description=N_("Stable; the reference of errors lists all."))
    what: str = Field(description=N_("What happened."))
    do: str = Field(description=N_("What to do next."))
    clause: str | None = Field(None, description=N_("The clause it rests on."))
    faults: list[Fault] = Field([], description=N_("Every faulty place, up to 200."))
    more: int = Field(0, description=N_("How many further faults there are."))


def problem(request: HttpRequest, error: QingfuError, *, status: int | None = None) -> HttpResponse:
    """An error of our tree as JSON, in the program's language."""
    status = status or status_of(error)
    said = problem_of(error, status, translator_of(request)).model_dump(exclude_none=True)
    answer = JsonResponse(said, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "no-store"
    if isinstance(error, KeyRefused):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooFast):
        answer.headers["Retry-After"] = str(error.facts["seconds"])
    elif status == 503:
        answer.headers["Retry-After"] = str(AWAY)
    return spoken(request, answer)


def spoken(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer, marked with the language it is in."""
    answer.headers["Content-Language"] = "zh-CN" if language_of(request).startswith("zh") else "en"
    answer.headers["Vary"] = "Accept-Language, Authorization"
    return answer


def problem_of(error: QingfuError, status: int, translate: Translate) -> Problem:
    """An error of our tree as a problem."""
    faults = error.faults if isinstance(error, Invalid) else ()
    return Problem(
        status=status, code=error.code, what=error.what(translate), do=error.next_step(translate), clause=error.clause,
        faults=[_fault(one, translate) for one in faults[:MOST_FAULTS]], more=max(0, len(faults) - MOST_FAULTS),
    )  # fmt: skip


def _fault(fault: FieldFault, translate: Translate) -> Fault:
    number, _dot, column = fault.field.partition(".")
    place: dict[str, Any] = {"row": int(number), "column": column or None} if number.isdigit() else {}
    return Fault(at=fault.field, says=fault.text(translate), **place)
