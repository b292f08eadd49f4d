"""Pages without an account: the public hall of one bureau, and pages that belong to no bureau at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec

from django.http import HttpRequest, HttpResponse

from qingfu.base.actor import Actor
from qingfu.base.errors import Broken, FieldFault, Invalid, NotFound, QingfuError, SetUp
from qingfu.base.errors.status import status_of
from qingfu.base.words import N_
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import BureauView, bureau_by_slug
from qingfu.web.desk import Place

P = ParamSpec("P")
PORTAL = "portal"


@dataclass
class Hall(Place):
    """A public page of one bureau: it reads disclosures only, through the portal's own connection."""

    bureau: BureauView = field(default_factory=lambda: BureauView(0, "", "", "", ""))

    @property
    def actor(self) -> Actor:
        """Anybody."""
        return Actor.public(self.bureau.id)

    def words(self) -> dict[str, Any]:
        """What every template of the hall is given."""
        return {**super().words(), "bureau": self.bureau if self.bureau.id else None}


Draw = Callable[Concatenate[Hall, P], HttpResponse]


class HallPage(Generic[P]):
    """A public page. Its address carries the bureau's slug as ``bureau``; an open page (no bureau) has none."""

    def __init__(self, drawn: Draw[P], *, open_to_all: bool) -> None:
        self.drawn = drawn
        self.open_to_all = open_to_all
        self.acts: dict[str, Draw[P]] = {}
        update_wrapper(self, drawn)

    def act(self, verb: str) -> Callable[[Draw[P]], Draw[P]]:
        """Make a function answer POST where the button's ``verb`` is this one."""

        def enter(done: Draw[P]) -> Draw[P]:
            self.acts[verb] = done
            return done

        return enter

    def __call__(self, request: HttpRequest, *args: Any, bureau: str = "", **kwargs: Any) -> HttpResponse:
        """Answer a request."""
        at: datetime = request.moment  # type: ignore[attr-defined]  # set by the roof for every page
        hall = Hall(request, at) if self.open_to_all else Hall(request, at, bureau=bureau_by_slug(bureau, using=PORTAL))
        status = 200
        if request.method == "POST":
            try:
                return self._act_for(request)(hall, *args, **kwargs)
            except (SetUp, Broken, NotFound):
                raise
            except QingfuError as error:
                hall.error = error
                status = status_of(error)
        page = self._drawn(hall, *args, **kwargs)
        if page.status_code == 200:
            page.status_code = status
        return page

    def _drawn(self, hall: Hall, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if self.open_to_all:
            return self.drawn(hall, *args, **kwargs)
        with reading(hall.actor, using=PORTAL):
            return self.drawn(hall, *args, **kwargs)

    def _act_for(self, request: HttpRequest) -> Draw[P]:
        verb = request.POST.get("verb", "")
        if verb not in self.acts:
            raise Invalid(FieldFault("verb", N_("This page has no such button.")))
        return self.acts[verb]


def public_page(drawn: Draw[P]) -> HallPage[P]:
    """A public page of one bureau."""
    return HallPage(drawn, open_to_all=False)


def open_page(drawn: Draw[P]) -> HallPage[P]:
    """A page without account and without bureau, such as signing in."""
    return HallPage(drawn, open_to_all=True)
