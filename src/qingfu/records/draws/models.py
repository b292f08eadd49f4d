"""A draw, its tickets, its circle, shares and reveals, its one record, and the calls that followed.

What was frozen, dealt, revealed or drawn is added and never changed: the web role may not update these tables.
"""

from __future__ import annotations

from django.db import models

from qingfu.base.draw.substitutes import CAUSES
from qingfu.records.draws.states import OUTCOMES, TAKEN_BACK
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Draw(Kept):
    """抽取. `notice` holds the canonical bytes that were posted; everything that is drawn follows from them."""

    number = models.CharField(max_length=80)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    rehearsal = models.BooleanField(default=False)
    sealed_names = models.BooleanField(default=False)
    notice = models.BinaryField()
    notice_digest = models.CharField(max_length=64)
    # What the QR code at the door carries; witnesses need no account.
    door = models.CharField(max_length=43)
    frozen_at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # From here on: the steps.
    state = models.CharField(max_length=8, default="frozen")
    threshold = models.PositiveSmallIntegerField(default=0)
    anchor = models.BinaryField(null=True)
    sealed_at = models.DateTimeField(null=True)
    values = models.JSONField(null=True)
    drawn_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "draws_draw"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "number"], name="draws_draw_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=("sealed", "drawn"), anchor__isnull=False)
                | models.Q(state__in=("frozen", "dealing", "void")),
                name="draws_draw_sealed",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "frozen_at"], name="draws_draw_frozen")]


class Ticket(Kept):
    """Who stands behind a ticket. `salt` and `name` are the slip; the contact is kept no longer than it is needed.

    `taker`: an inspector of a matching, who is drawn to the targets on the list.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="tickets")
    ticket = models.CharField(max_length=20)
    taker = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    salt = models.CharField(max_length=32, blank=True)
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    excluded = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "draws_ticket"
        constraints = [models.UniqueConstraint(fields=["bureau", "draw", "ticket"], name="draws_ticket_once")]


class Member(Kept):
    """One of the circle, in the order of joining. Added only."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10)
    document = models.JSONField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_member"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "draw", "place"], name="draws_member_place"),
            models.UniqueConstraint(fields=["bureau", "draw", "name"], name="draws_member_name"),
        ]


class Secret(Kept):
    """The key and share of a member for whom the register keeps them; gone once the draw is run."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    share = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "draws_secret"
        constraints = [models.UniqueConstraint(fields=["bureau", "member"], name="draws_secret_once")]


class Dealing(Kept):
    """A share, in pieces that the circle can open. Added only."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="dealings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_dealing"
        constraints = [models.UniqueConstraint(fields=["bureau", "draw", "member"], name="draws_dealing_once")]


class Reveal(Kept):
    """A share told by its dealer, or one piece of it opened by another member. Added only."""

    dealing = models.ForeignKey(Dealing, on_delete=models.PROTECT, related_name="reveals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_reveal"
        constraints = [models.UniqueConstraint(fields=["bureau", "dealing", "member"], name="draws_reveal_once")]


class DrawRecord(Kept):
    """What was drawn: the record's own bytes. One for a draw, whatever happens; added only."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_draw_record"
        constraints = [models.UniqueConstraint(fields=["bureau", "draw"], name="draws_draw_record_once")]


class Call(Kept):
    """What a call came to. Added only; the last one about a ticket counts."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="calls")
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_call"
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=(*OUTCOMES, TAKEN_BACK)), name="draws_call_outcome"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=("reached", "tried", TAKEN_BACK)) | ~models.Q(reason=""),
                name="draws_call_reason",
            ),
        ]


class Substitute(Kept):
    """A visit that is not made, why, and whom the same draw puts in: none, if nobody is left. Added only."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="substitutes")
    place = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField()
    target = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=8)
    reason = models.CharField(max_length=200)
    heir = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "draws_substitute"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "draw", "place"], name="draws_substitute_place"),
            models.UniqueConstraint(fields=["bureau", "draw", "round", "target", "gone"], name="draws_substitute_once"),
            models.CheckConstraint(
                condition=models.Q(cause__in=CAUSES) & ~models.Q(reason=""), name="draws_substitute_reason"
            ),
        ]
