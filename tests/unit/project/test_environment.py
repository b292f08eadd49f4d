"""The environment is read in one place, with defaults, and refuses what it cannot understand."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.base.errors import SettingWrong
from qingfu.project import environment


def test_an_absent_and_an_empty_variable_mean_the_default() -> None:
    assert environment.text("PORT", {}) == "8000"
    assert environment.text("PORT", {"PORT": ""}) == "8000"
    assert environment.number("PORT", {"PORT": "8123"}) == 8123


@pytest.mark.parametrize("value", ["-1", "eight", "8.0", "٨"])
def test_a_number_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(SettingWrong) as refused:
        environment.number("PORT", {"PORT": value})
    assert refused.value.facts["setting"] == "PORT"


def test_a_flag_is_one_or_nothing() -> None:
    assert environment.flag("QINGFU_DEMO", {"QINGFU_DEMO": "1"})
    assert not environment.flag("QINGFU_DEMO", {"QINGFU_DEMO": "0"})
    with pytest.raises(SettingWrong):
        environment.flag("QINGFU_DEMO", {"QINGFU_DEMO": "yes"})


def test_a_secret_may_come_from_a_file_and_nothing_else_may(tmp_path: Path) -> None:
    held = tmp_path / "key"
    held.write_text("from the file\n")
    assert environment.text("QINGFU_SECRET_KEY", {"QINGFU_SECRET_KEY_FILE": str(held)}) == "from the file"
    assert environment.text("PORT", {"PORT_FILE": str(held)}) == "8000"
    with pytest.raises(SettingWrong) as refused:
        environment.text("QINGFU_SECRET_KEY", {"QINGFU_SECRET_KEY_FILE": str(tmp_path / "gone")})
    assert refused.value.facts["setting"] == "QINGFU_SECRET_KEY_FILE"


def test_every_variable_is_declared_once_with_its_help() -> None:
    names = [variable.name for variable in environment.VARIABLES]
    assert len(set(names)) == len(names)
    assert all(variable.help.endswith(".") for variable in environment.VARIABLES)


def test_host_names_are_separated_by_commas() -> None:
    assert environment.names("QINGFU_HOSTS", {"QINGFU_HOSTS": " a.example , b.example,"}) == ["a.example", "b.example"]
