"""Pictures: homework by day, timetables side by side, the county as a whole, an estimate that says how sure it is."""

from __future__ import annotations

from django.urls import path

from qingfu.web.pictures import calendar, county, estimate, index, timetables, watched

urlpatterns = [
    path("pictures", index.pictures, name="pictures"),
    path("pictures/homework", county.homework, name="picture-homework"),
    path("pictures/lowest/<int:share>", watched.county, name="picture-watched-county"),
    path("pictures/estimate", estimate.estimate, name="picture-estimate"),
    path("pictures/<int:school>/calendar", calendar.calendar, name="picture-calendar"),
    path("pictures/<int:school>/lowest/<int:share>", watched.watched, name="picture-watched"),
    path("pictures/<int:school>/timetable", timetables.timetable, name="picture-timetable"),
]
