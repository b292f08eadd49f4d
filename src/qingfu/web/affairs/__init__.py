"""Affairs: choosing a route, writing with a live check beside the form, handing in, activities at schools."""

from __future__ import annotations

from django.urls import path

from qingfu.web.affairs.activities import activities
from qingfu.web.affairs.choosing import choose
from qingfu.web.affairs.pages import (
    activity_check,
    activity_plan,
    apply_check,
    apply_form,
    correct,
    correct_check,
)

urlpatterns = [
    path("apply", choose, name="apply"),
    path("apply/<int:edition>/<slug:route>", apply_form, name="apply-form"),
    path("apply/<int:edition>/<slug:route>/check", apply_check, name="apply-check"),
    path("cases/<int:run>/correct", correct, name="case-correct"),
    path("cases/<int:run>/correct/check", correct_check, name="case-correct-check"),
    path("activities", activities, name="activities"),
    path("listings/<int:listing>/activity", activity_plan, name="activity-plan"),
    path("listings/<int:listing>/activity/check", activity_check, name="activity-plan-check"),
]
