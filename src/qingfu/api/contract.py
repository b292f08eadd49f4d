"""Contract: every operation under one address, described in OpenAPI; no page comes with it, nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from qingfu.api.keys import Key
from qingfu.api.problems import MEDIA, Problem, problem, spoken
from qingfu.api.reporting import registered
from qingfu.api.speech import translator_of
from qingfu.base.errors import FieldFault, Invalid, QingfuError
from qingfu.base.errors.keys import NotJson
from qingfu.base.words import N_, Translate, as_they_are
from qingfu.rules.tables import TABLES

ROOT = "/api/v1"
TITLE = N_("Qingfu: what a program reports and reads")
SAYS = N_(
    "A school's own program reports what limits are judged by, once for every plan. A key is made on the page “Keys of "
    "programs” and sent as “Authorization: Bearer …”. Whatever cannot be done is answered with a problem object: the "
    "code, what happened, what to do, and every faulty cell by row and column. Send Accept-Language to be answered in "
    "Chinese or English. At most 5 MB and 20,000 rows in a request, 120 requests a minute."
)
PROBLEM_SAYS, DONE_SAYS = N_("Nothing was done, and why."), N_("Done.")
# What is said to people, wherever it stands in the contract.
SPOKEN = ("title", "description", "summary")
TABLES_SAY = {one.says for one in TABLES}
STRANGE = N_("This is none of what may be sent.")
LACKING = N_("This may not be empty.")


class Contract(NinjaAPI):
    """The operations; their addresses have no names, because nothing of ours leads to them."""

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """None."""
        return ""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """An answer to be filled in: in the program's language, kept by nobody on the way."""
        answer = spoken(request, super().create_temporal_response(request))
        answer.headers["Cache-Control"] = "no-store"
        return answer


api = Contract(title=TITLE, version="1", description=SAYS, docs_url=None, openapi_url=None, auth=Key())
api.add_router("", registered())


@api.exception_handler(QingfuError)
def refused(request: HttpRequest, error: QingfuError) -> HttpResponse:
    """What the register refuses."""
    return problem(request, error)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is no report and no question at all."""
    return problem(request, Invalid(*(_fault(one) for one in error.errors)))


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is no JSON: the one thing the library itself refuses."""
    return problem(request, NotJson())


def _fault(one: Mapping[str, Any]) -> FieldFault:
    # The place begins with where it was looked for; a body names itself once more.
    place = [str(part) for part in one["loc"] if part not in ("body", "query", "path")]
    return FieldFault(".".join(place)[:80] or "body", LACKING if one["type"] == "missing" else STRANGE)


def described(translate: Translate = as_they_are) -> dict[str, Any]:
    """The contract in OpenAPI, in a language."""
    whole: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT)))
    parts = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    whole["components"]["schemas"] |= parts.pop("$defs") | {"Problem": parts}
    refusal = {"description": PROBLEM_SAYS, "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for operations in whole["paths"].values():
        for one in operations.values():
            one["responses"]["200"]["description"] = DONE_SAYS
            one["responses"]["default"] = deepcopy(refusal)
    for part in whole["components"]["schemas"].values():
        # What our models say of themselves is said to us; a table's name is said to everybody.
        if part.get("description") not in TABLES_SAY:
            part.pop("description", None)
    _speak(whole, translate)
    return whole


def _speak(part: Any, translate: Translate) -> None:
    """Say in a language whatever is said to people; titles made from the names of fields are left out."""
    if isinstance(part, list):
        for one in part:
            _speak(one, translate)
    elif isinstance(part, dict):
        if isinstance(part.get("title"), str) and "version" not in part:
            del part["title"]
        for key, value in part.items():
            if key in SPOKEN and isinstance(value, str):
                part[key] = translate(value)
            else:
                _speak(value, translate)


def written() -> str:
    """The contract as the reference keeps it: in English, one line for each thing said."""
    return json.dumps(described(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def contract(request: HttpRequest) -> HttpResponse:
    """The contract, for anybody."""
    answer = JsonResponse(described(translator_of(request)), json_dumps_params={"ensure_ascii": False})
    return spoken(request, answer)
