"""Enrolment: the announcement of a year, the areas of schools, what schools publish, changes of areas."""

from __future__ import annotations

from django.urls import path

from qingfu.web.enrolment import areas, change, results, sheet, years

urlpatterns = [
    path("enrolment", years.enrolments, name="enrolments"),
    path("enrolment/<int:year>", years.announcement, name="enrolment"),
    path("enrolment/<int:year>/areas", areas.areas, name="enrolment-areas"),
    path("enrolment/<int:year>/areas/<int:school>", areas.area, name="enrolment-area"),
    path("enrolment/<int:year>/sheet", sheet.sheet, name="enrolment-sheet"),
    path("enrolment/<int:year>/sheet/blank", sheet.blank_sheet, name="enrolment-sheet-blank"),
    path("enrolment/<int:year>/results", results.results, name="enrolment-results"),
    path("enrolment/<int:year>/results/<int:school>", results.result, name="enrolment-result"),
    path("enrolment/changes", change.begin, name="catchment-changes"),
    path("enrolment/changes/<int:change>", change.change, name="catchment-change"),
    path("enrolment/papers/<int:meeting>", change.paper, name="catchment-paper"),
]
