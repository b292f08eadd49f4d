"""Which area an address belongs to, as a parent types it."""

from __future__ import annotations

import pytest

from qingfu.records.enrolment.queries import names_place


@pytest.mark.proves("C06")
@pytest.mark.parametrize(
    ("area", "asked", "there"),
    [
        ("清溪路、河沿街1—80号", "河沿街35号", True),
        ("清溪路、河沿街1—80号", "清溪镇河沿街 80 号", True),
        ("清溪路、河沿街1—80号", "河沿街３５号2栋301室", True),
        ("清溪路、河沿街1—80号", "河沿街", True),
        ("清溪路、河沿街1—80号", "河沿街81号", False),
        ("清溪路、河沿街1—80号", "12号", False),
        ("河沿街1号至79号（单号）", "河沿街35号", True),
        ("河沿街1号至79号（单号）", "河沿街36号", False),
        ("河沿街双号", "河沿街36号", True),
        ("河沿街双号", "河沿街37号", False),
        ("柳湾村1—3组", "柳湾村2组", True),
        ("龙泉小区1-5栋", "龙泉小区7栋", False),
    ],
)
def test_a_house_number_is_found_within_the_numbers_an_area_has_of_a_street(area: str, asked: str, there: bool) -> None:
    assert names_place(area, asked) is there


@pytest.mark.parametrize(
    ("area", "asked", "there"),
    [
        ("濛江街道：河滨路、翠竹苑", "濛江街道龙泉小区", False),
        ("濛江街道：河滨路、翠竹苑", "濛江街道", True),
        ("濛江街道：河滨路、翠竹苑", "濛江街道翠竹苑3栋", True),
        ("濛江街道、明田街道各小学毕业生", "濛江街道龙泉小区", True),
    ],
)
def test_the_town_before_a_colon_is_not_an_area_by_itself(area: str, asked: str, there: bool) -> None:
    assert names_place(area, asked) is there


@pytest.mark.parametrize("asked", ["", " ", "、", "\u202e", "河沿街" + "9" * 60])
def test_what_names_no_place_is_answered_without_a_fault(asked: str) -> None:
    assert names_place("清溪路、柳湾村", asked) is False
