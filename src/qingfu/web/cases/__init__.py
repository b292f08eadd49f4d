"""Approvals: the list of cases, a case and its story, its panel, opinions, and deciding many together."""

from __future__ import annotations

from django.urls import path

from qingfu.web.cases.browse import browse
from qingfu.web.cases.case import attached, case
from qingfu.web.cases.opinion import opinion
from qingfu.web.cases.panel import panel
from qingfu.web.cases.together import together

urlpatterns = [
    path("cases", browse, name="cases"),
    path("cases/<int:run>", case, name="case"),
    path("cases/<int:run>/panel", panel, name="case-panel"),
    path("cases/<int:run>/opinion", opinion, name="case-opinion"),
    path("cases/<int:run>/files/<str:ref>", attached, name="case-file"),
    path("cases/together/<int:edition>/<slug:route>/<slug:step>", together, name="cases-together"),
]
