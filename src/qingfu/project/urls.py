"""All addresses: the faces' own, and the one that says whether we are well."""

from __future__ import annotations

from django.urls import include, path

from qingfu.project.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("qingfu.project.demo.urls")),
    path("", include("qingfu.api.urls")),
    path("", include("qingfu.web.urls")),
]

handler400 = "qingfu.project.faults.bad_request"
handler403 = "qingfu.project.faults.forbidden"
handler404 = "qingfu.project.faults.not_found"
handler500 = "qingfu.project.faults.server_error"
