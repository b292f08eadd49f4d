"""Draws: lists are frozen, drawn before witnesses and verified by anybody; who was drawn is called."""

from __future__ import annotations

from django.urls import path

from qingfu.web.draws import calling, listing, making, papers, results, shown, story
from qingfu.web.draws.matching import making as match_making
from qingfu.web.draws.matching import result as match_result

DRAW = "draws/<int:draw>"

urlpatterns = [
    path("draws", listing.draws, name="draws"),
    path("draws/new", making.new, name="draw-new"),
    path("draws/new/match", match_making.new, name="draw-match"),
    path("draws/match-blank/<slug:kind>", match_making.sheet_blank, name="draw-match-blank"),
    path("draws/roster-blank", making.roster_blank, name="draw-roster-blank"),
    path(DRAW, story.draw, name="draw"),
    path(f"{DRAW}/notice", papers.notice, name="draw-notice"),
    path(f"{DRAW}/slips", papers.slips, name="draw-slips"),
    path(f"{DRAW}/certificate", papers.certificate, name="draw-certificate"),
    path(f"{DRAW}/files/<slug:which>", papers.paper_file, name="draw-file"),
    path(f"{DRAW}/result", results.result, name="draw-result"),
    path(f"{DRAW}/matching", match_result.matching, name="draw-matching"),
    path(f"{DRAW}/visits", match_result.visits, name="draw-visits"),
    path(f"{DRAW}/assignment", match_result.assignment, name="draw-assignment"),
    path(f"{DRAW}/calls", calling.calls, name="draw-calls"),
]

public = [
    path("<slug:bureau>/draws", shown.shown_draws, name="portal-draws"),
    path("<slug:bureau>/draws/<str:number>", shown.shown_draw, name="portal-draw"),
    path("<slug:bureau>/draws/<str:number>/<slug:which>", shown.shown_file, name="portal-draw-file"),
]
