"""Operator events are one JSON line each and cannot carry people or secrets."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from qingfu.base.chance import new_token
from qingfu.base.errors import NotForTheLog
from qingfu.base.eventlog import event


def test_an_event_is_one_json_line() -> None:
    out = io.StringIO()
    event("seal.done", to=out, at=datetime(2024, 7, 30, tzinfo=UTC), rows=3, ok=True, state="sealed")
    event("tick", to=out)
    first, second = out.getvalue().splitlines()
    assert json.loads(first) == {
        "event": "seal.done",
        "at": "2024-07-30T00:00:00+00:00",
        "rows": 3,
        "ok": True,
        "state": "sealed",
    }
    assert json.loads(second) == {"event": "tick"}


def test_events_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    event("tick")
    assert capsys.readouterr().err == '{"event":"tick"}\n'


@pytest.mark.parametrize(
    "value", ["王老师", "two words", "a\nb", "", "1" * 11, "x" * 33, "a@b.cn", 13900000000, 1.5, None, ["a"]]
)
def test_free_text_and_other_types_are_refused(value: object) -> None:
    out = io.StringIO()
    with pytest.raises(NotForTheLog) as caught:
        event("tick", to=out, what=value)  # type: ignore[arg-type]  # the refusal of other types is the point
    assert caught.value.facts["key"] == "what"
    assert out.getvalue() == ""


@pytest.mark.parametrize("key", ["password", "session_id", "token", "person_name", "phone", "e_mail", "Rows"])
def test_keys_that_speak_of_people_or_secrets_are_refused(key: str) -> None:
    facts: dict[str, Any] = {key: 1}
    out = io.StringIO()
    with pytest.raises(NotForTheLog):
        event("tick", to=out, **facts)
    assert out.getvalue() == ""


def test_a_one_time_token_is_never_a_short_token() -> None:
    with pytest.raises(NotForTheLog):
        event("tick", to=io.StringIO(), link=new_token())


def test_an_event_without_a_proper_name_is_refused() -> None:
    with pytest.raises(NotForTheLog):
        event("something happened", to=io.StringIO())
