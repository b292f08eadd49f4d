"""White lists: a roll with its places, one listing with its history, ways off and back, the yearly evaluation."""

from __future__ import annotations

from django.urls import path

from qingfu.web.lists.evaluating import evaluate
from qingfu.web.lists.listing import listing
from qingfu.web.lists.roll import roll, roll_sheet

urlpatterns = [
    path("lists", roll, name="list"),
    path("lists/<int:roll>", roll, name="roll"),
    path("lists/<int:roll>/sheet", roll_sheet, name="roll-sheet"),
    path("listings/<int:listing>", listing, name="listing"),
    path("listings/<int:listing>/evaluate/<slug:evaluation>", evaluate, name="evaluate"),
]
