"""Addresses of the pages. A room's module ends with its own `urlpatterns`; name it here once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from qingfu.web import (
    account,
    affairs,
    cases,
    draws,
    duties,
    enrolment,
    files,
    firstweek,
    inbox,
    keys,
    leader,
    links,
    lists,
    monitoring,
    people,
    photo,
    pictures,
    placement,
    plans,
    portal,
    portal_enrolment,
    portal_school,
    problems,
    shown,
    styleguide,
    witness,
)

door: list[URLPattern] = [
    path("", account.home, name="home"),
    path("sign-in", account.sign_in, name="sign-in"),
    path("sign-out", account.sign_out, name="sign-out"),
    path("posts", account.choose_post, name="choose-post"),
    path("reading", account.reading, name="reading"),
    path("password", account.change_password, name="change-password"),
    path("welcome/<str:token>", account.invitation, name="accept-invitation"),
    path("reset/<str:token>", account.reset, name="set-password"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *door,
    *inbox.urlpatterns,
    *plans.urlpatterns,
    *shown.urlpatterns,
    *cases.urlpatterns,
    *affairs.urlpatterns,
    *lists.urlpatterns,
    *duties.urlpatterns,
    *leader.urlpatterns,
    *problems.urlpatterns,
    *monitoring.urlpatterns,
    *firstweek.urlpatterns,
    *enrolment.urlpatterns,
    *pictures.urlpatterns,
    *photo.urlpatterns,
    *links.urlpatterns,
    *files.urlpatterns,
    *draws.urlpatterns,
    *placement.urlpatterns,
    *people.urlpatterns,
    *keys.urlpatterns,
    *styleguide.urlpatterns,
    # Last: a bureau's address is any word followed by a slash.
    *draws.public,
    *witness.urlpatterns,
    *portal_enrolment.urlpatterns,
    *portal_school.urlpatterns,
    *portal.urlpatterns,
]
