"""Pages of the desk: who is signed in, in which post, on which day; errors shown where they arose.

One reading for each page. A page draws itself for GET. Its acts answer POST: the button's ``verb`` says which. When an
act is refused, the page is drawn again with what was typed and with the error on top.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import update_wrapper
from hashlib import file_digest, sha256
from typing import Any, Concatenate, Generic, ParamSpec

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.clock import day_of
from qingfu.base.errors import Broken, FieldFault, Invalid, NotAllowed, NotFound, QingfuError, SetUp, SignInNeeded
from qingfu.base.errors.status import status_of
from qingfu.base.once import FormId
from qingfu.base.words import N_, Word
from qingfu.packfile.words.asks import Form
from qingfu.records.enrolment.queries import ANNOUNCES, ordered
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.queries import judging_plans
from qingfu.records.people.queries import REPORTERS, PostView, actor_in
from qingfu.records.plans.queries import plans_in_force, sees_all
from qingfu.web import fields, sheet
from qingfu.web.navigation import demo_bar, navigation
from qingfu.web.words import clause_numbers

P = ParamSpec("P")
POST_KEY = "post"
LARGE_TYPE = "qingfu_large_type"


class NoPost(NotAllowed):
    """The account may act in no post today."""

    code = "QF-NO-POST"
    says = N_("Your account holds no post today.")
    do = N_("Ask whoever keeps the register of your bureau to give you one.")


@dataclass(frozen=True)
class Trouble:
    """One line of the error summary: ``href`` leads to the field, where there is one."""

    says: str
    href: str = ""


@dataclass
class Place:
    """What a page stands on, with or without an account: the request, plan time, and the error of a refused act."""

    request: HttpRequest
    at: datetime
    error: QingfuError | None = None
    sheets: list[sheet.Sheet] = field(default_factory=list)
    said: str = field(init=False, default="")

    def __post_init__(self) -> None:
        # Before any act: keeping its files changes what the request holds.
        if self.posted and "client-id" in self.request.POST:
            self.said = _digest_of(self.request)

    @property
    def today(self) -> date:
        """The civil day of the plan, in China."""
        return day_of(self.at)

    @property
    def posted(self) -> bool:
        """Whether the page is drawn again after an act was refused or a row was added."""
        return self.request.method == "POST"

    @property
    def client_id(self) -> FormId:
        """The id of the form that was sent and the digest of what it said; every form carries one (not twice)."""
        try:
            return FormId(self.request.POST.get("client-id", ""), said=self.said)
        except ValueError:
            raise Invalid(FieldFault("client-id", N_("The form came without its id; reload the page."))) from None

    @property
    def faults(self) -> tuple[FieldFault, ...]:
        """Faulty fields of the refused act."""
        return self.error.faults if isinstance(self.error, Invalid) else ()

    def fault(self, name: str) -> str:
        """What is wrong with one field, in the language of the page."""
        return next((f.text(gettext) for f in self.faults if f.field == name), "")

    def typed(self, name: str, otherwise: str = "") -> str:
        """What was typed into a plain field, so that it stands there again."""
        return self.request.POST.get(name, otherwise) if self.posted else self.request.GET.get(name, otherwise)

    def sheet(
        self, form: Form, *, content: Mapping[str, Any] | None = None, offers: fields.Offers | None = None
    ) -> sheet.Sheet:
        """A form of the pack as drawn on this page, with the draft's values or with what was typed."""
        typed = self.posted and any(name.startswith("q.") for name in self.request.POST)
        sent = self.request.POST if typed else None
        drawn = sheet.draw(form, content=content, sent=sent, faults=self.faults, offers=offers or fields.Offers())
        self.sheets.append(drawn)
        return drawn

    def answers(self, form: Form, *, offers: fields.Offers | None = None) -> fields.Answers:
        """What was sent for a form, as typed; the register judges it."""
        return fields.read(form, self.request.POST, self.request.FILES, offers or fields.Offers())

    def troubles(self) -> tuple[Trouble, ...]:
        """The lines of the error summary."""
        labels = {path: label for drawn in self.sheets for path, label in drawn.labels.items()}
        return tuple(_trouble(fault, labels) for fault in self.faults)

    def words(self) -> dict[str, Any]:
        """What every template is given."""
        return {
            "today": self.today,
            "error": spoken(self.error) if self.error else None,
            "troubles": self.troubles(),
            # Each form of a page asks for one of its own.
            "client_id": new_id,
            "large": self.request.COOKIES.get(LARGE_TYPE) == "1",
            "here": self.request.get_full_path(),
            "place": self,
            "demo": demo_bar(self.request, self.today),
        }

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        return render(self.request, template, {**self.words(), **context}, status=status)

    def go(self, name: str, *args: Any, said: str = "", **kwargs: Any) -> HttpResponse:
        """Lead on to another page after an act; ``said`` is told there, in the past tense."""
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(reverse(name, args=args, kwargs=kwargs))


@dataclass
class Desk(Place):
    """A page of somebody signed in."""

    actor: Actor = field(default_factory=lambda: Actor.public(0))
    post: PostView | None = None
    posts: tuple[PostView, ...] = ()
    room: str = ""

    @property
    def is_bureau_side(self) -> bool:
        """Whether the post belongs to the authority, the leading group or its office."""
        return bool(self.actor.roles & {"authority", "leading-group", "office"})

    @property
    def keeps_register(self) -> bool:
        """Whether the post may keep the register of people."""
        return "administrator" in self.actor.roles

    @property
    def knows_limits(self) -> bool:
        """Whether a plan in force limits school life, and the post has a part in it or keeps the register."""
        kept = self.keeps_register and any(plan.pack.limits for plan in plans_in_force(self.actor))
        return kept or bool(judging_plans(self.actor))

    @property
    def knows_enrolment(self) -> bool:
        """Whether a plan in force orders enrolment to be open, and the post has a part in it."""
        found = ordered(self.actor, ANNOUNCES)
        return found is not None and ("school" in self.actor.roles or sees_all(self.actor, found[0]))

    @property
    def knows_keys(self) -> bool:
        """Whether keys of programs are any business of the post."""
        return self.keeps_register or bool(self.actor.roles & REPORTERS)

    def words(self) -> dict[str, Any]:
        """What every template of the desk is given."""
        return {
            **super().words(),
            "desk": self,
            "post": self.post,
            "posts": self.posts,
            "nav": navigation(self.actor.roles, self.room, limits=self.knows_limits, enrolment=self.knows_enrolment),
        }


def spoken(error: QingfuError) -> dict[str, Any]:
    """An error in words: what happened, under which clause, what to do next, its code."""
    return {
        "code": error.code,
        "says": error.what(gettext),
        "clause": clause_numbers((error.clause or "").split("、")),
        "do": error.next_step(gettext),
    }


def _trouble(fault: FieldFault, labels: Mapping[str, str]) -> Trouble:
    if fault.field not in labels:
        return Trouble(fault.text(gettext), f"#{fault.field}")
    text = gettext("{field}: {fault}").format(field=labels[fault.field], fault=fault.text(gettext))
    return Trouble(text, f"#{sheet.anchor(fault.field)}")


def seat(request: HttpRequest, room: str) -> Desk:
    """Who sits at the desk: the signed-in account in its chosen post. Raises SignInNeeded, NoPost."""
    if not request.user.is_authenticated:
        raise SignInNeeded(verb=Word(N_("open this page")), who=[])
    at: datetime = request.moment  # type: ignore[attr-defined]  # set by the roof for every page
    found = actor_in(int(request.user.pk), request.session.get(POST_KEY), at=at)
    if found is None:
        raise NoPost(verb=Word(N_("open this page")), who=[])
    actor, posts = found
    post = next(p for p in posts if p.id == actor.post and p.acting_for == actor.acting_for)
    return Desk(request, at, actor=actor, post=post, posts=posts, room=room)


def _digest_of(request: HttpRequest) -> str:
    """What a form said, wherever it was sent to: its fields without the session's key, its files by content."""
    said = [
        [name, [value.replace("\r\n", "\n") for value in values]]
        for name, values in sorted(request.POST.lists())
        if name != "csrfmiddlewaretoken"
    ]
    sent = [[name, one.name, _content(one)] for name in sorted(request.FILES) for one in request.FILES.getlist(name)]
    return sha256(json.dumps([request.path, said, sent]).encode()).hexdigest()


def _content(upload: UploadedFile) -> str:
    upload.seek(0)
    seen = file_digest(upload.file, "sha256").hexdigest()  # type: ignore[arg-type]  # an upload's file is binary
    upload.seek(0)
    return seen


Draw = Callable[Concatenate[Desk, P], HttpResponse]


class DeskPage(Generic[P]):
    """A page of the desk, and the acts that may be done on it."""

    def __init__(self, room: str, drawn: Draw[P]) -> None:
        self.room = room
        self.drawn = drawn
        self.acts: dict[str, Draw[P]] = {}
        update_wrapper(self, drawn)

    def act(self, verb: str) -> Callable[[Draw[P]], Draw[P]]:
        """Make a function answer POST where the button's ``verb`` is this one."""

        def enter(done: Draw[P]) -> Draw[P]:
            self.acts[verb] = done
            return done

        return enter

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        """Answer a request."""
        desk = seat(request, self.room)
        if request.method == "POST":
            return self._done(desk, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        with reading(desk.actor):
            return self.drawn(desk, *args, **kwargs)

    def _done(self, desk: Desk, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        status = 200
        if not _rows_only(desk.request):
            try:
                return self._act_for(desk.request)(desk, *args, **kwargs)
            except (SetUp, Broken, NotFound):
                raise
            except QingfuError as error:
                desk.error = error
                status = status_of(error)
        with reading(desk.actor):
            page = self.drawn(desk, *args, **kwargs)
        if page.status_code == 200:
            page.status_code = status
        return page

    def _act_for(self, request: HttpRequest) -> Draw[P]:
        verb = request.POST.get("verb", "")
        if verb not in self.acts:
            raise Invalid(FieldFault("verb", N_("This page has no such button.")))
        return self.acts[verb]


def _rows_only(request: HttpRequest) -> bool:
    return "row-more" in request.POST or "row-less" in request.POST


def page(room: str) -> Callable[[Draw[P]], DeskPage[P]]:
    """Make a function a page of the desk; ``room`` is the entry of the navigation it stands under."""

    def wrap(drawn: Draw[P]) -> DeskPage[P]:
        return DeskPage(room, drawn)

    return wrap
