"""Addresses of the contract; whatever is asked of one that it does not do is answered with a problem too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from qingfu.api.contract import ROOT, api, contract
from qingfu.api.problems import problem
from qingfu.base.errors.keys import WrongMethod

View = Callable[..., HttpResponse]


def _answering(view: View) -> View:
    """The view, whose bare 405 becomes a problem that names what may be done."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        answer = view(request, *args, **named)
        if answer.status_code != WRONG_METHOD:
            return answer
        allowed = answer.headers["Allow"]
        refused = problem(request, WrongMethod(method=request.method, allowed=tuple(sorted(allowed.split(", ")))))
        refused.headers["Allow"] = allowed
        return refused

    return answered


WRONG_METHOD = 405
# Without the library's own root, which would answer with a page.
_operations = [
    path(str(one.pattern), _answering(one.callback))
    for one in api.urls[0]
    if isinstance(one, URLPattern) and str(one.pattern)
]

urlpatterns = [
    path(f"{ROOT[1:]}/openapi.json", _answering(require_safe(contract)), name="api-contract"),
    path(f"{ROOT[1:]}/", (_operations, "", "")),
]
