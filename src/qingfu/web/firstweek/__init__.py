"""First week: what a school shows when a term begins, put together from its reports, and what the public asks of it."""

from __future__ import annotations

from django.urls import path

from qingfu.web.firstweek import asked, board, schools

urlpatterns = [
    path("first-week", schools.first_weeks, name="first-weeks"),
    path("first-week/questions", asked.asked, name="school-questions"),
    path("first-week/<int:school>", board.first_week, name="first-week"),
]
