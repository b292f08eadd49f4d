"""Class placement: a school's list of new pupils becomes classes that are drawn in public, not chosen."""

from __future__ import annotations

from django.urls import path

from qingfu.web.placement import (
    ceremony,
    classes,
    comparing,
    following,
    freezing,
    listing,
    roster,
    screen,
    story,
    teaming,
    ties,
)

PLACEMENT = "placements/<int:placement>"
REHEARSAL = f"{PLACEMENT}/rehearsals/<int:draw>"

urlpatterns = [
    path("placements", listing.placements, name="placements"),
    path("placements/roster-blank", roster.roster_blank, name="placement-roster-blank"),
    path(PLACEMENT, story.placement, name="placement"),
    path(f"{PLACEMENT}/roster", roster.roster, name="placement-roster"),
    path(f"{PLACEMENT}/pairs", ties.pairs, name="placement-pairs"),
    path(f"{PLACEMENT}/teams", teaming.teams, name="placement-teams"),
    path(f"{PLACEMENT}/freeze", freezing.freeze, name="placement-freeze"),
    path(f"{PLACEMENT}/ceremony", ceremony.ceremony, name="placement-ceremony"),
    path(f"{PLACEMENT}/screen", screen.screen, name="placement-screen"),
    path(REHEARSAL, ceremony.rehearsal, name="placement-rehearsal"),
    path(f"{REHEARSAL}/screen", screen.rehearsal_screen, name="placement-rehearsal-screen"),
    path(f"{PLACEMENT}/classes", classes.classes, name="placement-classes"),
    path(f"{PLACEMENT}/classes/sheet", classes.classes_sheet, name="placement-classes-sheet"),
    path(f"{PLACEMENT}/changes", following.changes, name="placement-changes"),
    path(f"{PLACEMENT}/later", comparing.later, name="placement-later"),
    path(f"{PLACEMENT}/later/blank", comparing.later_blank, name="placement-later-blank"),
]
