"""The first bureau and its first officer's link, from the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

from tests.servers import Qingfu

LINE = ("init", "--slug", "qingxi", "--name", "清溪县教育局", "--officer", "苏芸", "--address", "https://example.org/")


def test_the_printed_link_is_the_address_of_the_door(migrated: Path, qingfu: Qingfu) -> None:
    done = qingfu(*LINE)
    assert done.returncode == 0, done.stderr
    link = re.search(r"https://example\.org(/\S+)", done.stdout)
    assert link
    assert resolve(link[1]).url_name == "accept-invitation"
    again = qingfu(*LINE)
    assert again.returncode == 1
    assert re.match(r"QF-[A-Z-]+: ", again.stderr)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--slug", "Qing Xi"), ("--slug", "-qingxi"), ("--name", " "), ("--officer", ""), ("--level", "县")],
)
def test_a_wrong_option_is_refused_before_anything_is_founded(qingfu: Qingfu, option: str, value: str) -> None:
    line = list(LINE)
    if option in line:
        line[line.index(option) + 1] = value
    else:
        line += [option, value]
    done = qingfu(*line)
    assert done.returncode == 1
    assert done.stderr.startswith("QF-SETTING: ")
    assert option in done.stderr
    assert "…" not in done.stderr


def test_the_doctor_looks_before_anything_is_there(
    own_data: Path, qingfu: Qingfu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGFU_DATA", str(own_data / "not" / "yet"))
    done = qingfu("doctor")
    assert done.returncode == 1
    assert "QF-NO-DATABASE" in done.stdout
    assert "qingfu init" in done.stdout
    assert not done.stderr
    assert not (own_data / "not").exists()
