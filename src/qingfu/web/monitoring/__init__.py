"""School data: told by schools in a few minutes; limits, what they find, and how each finding ends."""

from __future__ import annotations

from django.urls import path

from qingfu.web.monitoring import (
    classes,
    filling,
    findings,
    limits,
    reports,
    schedule,
    schools,
    sheets,
    terms,
    timetable,
    trying,
    watching,
)

SCHOOL = "school-data/<int:school>"

urlpatterns = [
    path("school-data", schools.school_data, name="school-data"),
    path("school-data/terms", terms.school_terms, name="school-terms"),
    path(SCHOOL, schools.school_desk, name="school-desk"),
    path(f"{SCHOOL}/classes", classes.classes, name="school-classes"),
    path(f"{SCHOOL}/timetables", timetable.timetables, name="school-timetables"),
    path(f"{SCHOOL}/timetable", timetable.timetable, name="school-timetable"),
    path(f"{SCHOOL}/day", schedule.schedule, name="school-schedule"),
    path(f"{SCHOOL}/reports/<int:filing>", reports.report, name="school-report"),
    path(f"{SCHOOL}/fill-in/<slug:table>", filling.fill_in, name="school-fill-in"),
    path(f"{SCHOOL}/sheets/<slug:table>", sheets.sheet, name="school-sheet"),
    path(f"{SCHOOL}/sheets/<slug:table>/blank", sheets.blank_sheet, name="school-sheet-blank"),
    path(f"{SCHOOL}/lowest/<int:share>", watching.watched, name="school-watched"),
    path("limits", limits.limits, name="limits"),
    path("limits/<int:edition>/beside", trying.beside, name="limits-beside"),
    path("limits/<int:edition>/limit/<str:key>", trying.limit, name="limit"),
    path("limits/<int:edition>/findings/<str:limit>", findings.findings, name="findings"),
    path("findings/<int:finding>", findings.finding, name="finding"),
]
