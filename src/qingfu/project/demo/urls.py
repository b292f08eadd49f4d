"""Addresses of the demonstration; each answers 404 elsewhere."""

from __future__ import annotations

from django.urls import path

from qingfu.project.demo import pages

urlpatterns = [
    path("demo/next-day", pages.next_day, name="demo-next-day"),
    path("demo/go-to", pages.go_to, name="demo-go-to"),
    path("demo/persona", pages.persona, name="demo-persona"),
]
