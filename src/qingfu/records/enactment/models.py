"""Panels that were drawn: which draw was held for which case, and which of its tickets was seated.

A draw knows no case and a case no draw: the upper table holds the key.
"""

from __future__ import annotations

from django.db import models

from qingfu.records.draws.models import Draw, Ticket
from qingfu.records.people.models import Kept
from qingfu.records.routes.models import Run, Turn


class PanelDraw(Kept):
    """A draw held for the panel of a step. One stands; another may take its place only once it is void."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    stands = models.BooleanField(default=True)

    class Meta:
        db_table = "enactment_panel_draw"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "draw"], name="enactment_panel_draw_once"),
            # Nobody draws again until the outcome pleases.
            models.UniqueConstraint(
                fields=["bureau", "run", "step"], condition=models.Q(stands=True), name="enactment_panel_draw_stands"
            ),
        ]


class PanelSeat(Kept):
    """A ticket that was seated in a turn. Added only; who stepped aside stands in the panel itself."""

    panel = models.ForeignKey(PanelDraw, on_delete=models.PROTECT, related_name="seats")
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "enactment_panel_seat"
        constraints = [models.UniqueConstraint(fields=["bureau", "turn", "ticket"], name="enactment_panel_seat_once")]
