"""The two doors to the world: the clock and chance."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from qingfu.base.chance import READABLE, new_code, new_id, new_password, new_scalar, new_token
from qingfu.base.clock import CHINA, day_of, system_now


def test_the_clock_gives_an_aware_instant_in_utc() -> None:
    assert system_now().utcoffset() == timedelta(0)


def test_the_day_of_an_instant_is_the_civil_day_in_china() -> None:
    assert day_of(datetime(2024, 7, 30, 15, 59, tzinfo=UTC)) == date(2024, 7, 30)
    assert day_of(datetime(2024, 7, 30, 16, 0, tzinfo=UTC)) == date(2024, 7, 31)
    assert day_of(datetime(2024, 7, 30, 0, 0, tzinfo=CHINA)) == date(2024, 7, 30)


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2024, 7, 30))  # noqa: DTZ001 - a naive instant is the point


def test_chance_does_not_repeat_itself() -> None:
    assert len({new_id() for _ in range(100)}) == 100
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) == 43


def test_a_password_can_be_read_aloud() -> None:
    groups = new_password().split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(READABLE)
    assert not set("01lo") & set(READABLE)
    assert len(new_code(6)) == 6


def test_a_scalar_lies_between_one_and_what_it_is_below() -> None:
    assert {new_scalar(2) for _ in range(20)} == {1}
    assert {new_scalar(4) for _ in range(200)} == {1, 2, 3}
    assert new_scalar(1 << 256) != new_scalar(1 << 256)
