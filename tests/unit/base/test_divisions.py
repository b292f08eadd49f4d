"""Administrative divisions by code, streamed from the shipped files."""

from __future__ import annotations

import tracemalloc

import pytest

from qingfu.base.divisions import FOLDER, Division, division, full_name, towns_of
from qingfu.base.errors import NoSuchDivision


def test_each_level_is_found_with_its_parent() -> None:
    assert division("50") == Division("50", "重庆市", None)
    assert division("5001") == Division("5001", "市辖区", "50")
    assert division("500117") == Division("500117", "合川区", "5001")
    assert division("500117106") == Division("500117106", "二郎镇", "500117")


def test_six_digits_that_end_in_zeros_mean_the_level_above() -> None:
    assert division("500000").code == "50"
    assert division("410600") == Division("4106", "鹤壁市", "41")
    assert division("441900") == Division("441900", "东莞市", "4419")


def test_a_full_name_leaves_out_what_nobody_says() -> None:
    assert full_name("500117106") == "重庆市合川区二郎镇"
    assert full_name("410611") == "河南省鹤壁市淇滨区"
    assert full_name("441900") == "广东省东莞市"
    assert full_name("50") == "重庆市"


def test_a_county_has_its_towns_in_the_order_of_their_codes() -> None:
    towns = towns_of("500117")
    assert len(towns) == 30
    assert [town.code for town in towns] == sorted(town.code for town in towns)
    assert sum(town.name.endswith("街道") for town in towns) == 7
    assert {town.parent for town in towns} == {"500117"}


@pytest.mark.parametrize("code", ["500382", "99", "", "500117999", "5001170", "abc"])
def test_an_unknown_code_is_not_found(code: str) -> None:
    with pytest.raises(NoSuchDivision):
        division(code)


def test_only_a_county_has_towns() -> None:
    for code in ("50", "5001", "500117106"):
        with pytest.raises(NoSuchDivision):
            towns_of(code)


def test_looking_up_keeps_no_table_in_memory() -> None:
    size = (FOLDER / "streets.csv").stat().st_size
    tracemalloc.start()
    try:
        towns_of("110101")
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < size / 10
    assert most < size / 2


def test_the_notice_beside_the_files_names_their_licence() -> None:
    assert "WTFPL" in (FOLDER / "NOTICE").read_text(encoding="utf-8")
