"""YAML that means harm, or only looks like YAML, is refused whole and quickly, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.errors import PackError
from qingfu.packfile.read import read
from qingfu.packfile.yamltext import MOST_BYTES, MOST_DEPTH, MOST_NODES, Place, parse
from tests.unit.packfile import tiny


def _codes(text: str | bytes) -> list[tuple[str, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(fault.code, fault.line) for fault in parse(data, "x.yaml").faults]


REFUSED = {
    "an anchor": ("a: &x 1\n", 1),
    "an alias": ("a: 1\nb: *x\n", 2),
    "a bomb of aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1),
    "a tag": ("a: !!python/object/apply:os.system [ls]\n", 1),
    "a local tag": ("a: 1\nb: !shell ls\n", 2),
    "a tag directive": ("%TAG ! tag:example.org,2000:\n---\na: 1\n", 1),
    "another YAML": ("%YAML 1.1\n---\na: 1\n", 1),
    "two documents": ("a: 1\n---\nb: 1\n", 2),
    "a map as a key": ("? {a: 1}\n: 2\n", 1),
    "a tab": ("a:\n\tb: 1\n", 2),
    "a colon in prose": ("a: b\nsays: 名单: 公布\n", 2),
    "an open quotation": ('a: "b\n', 1),
    "a control character": ("a: b\x07\n", 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_plain_yaml_is_refused_on_its_line(name: str) -> None:
    text, line = REFUSED[name]
    codes = _codes(text)
    assert [code for code, _ in codes] == ["QF-PACK-YAML"]
    assert codes[0][1] in (line, line + 1, 0 if name == "a control character" else line)


def test_bytes_that_are_not_utf_8_are_refused_on_their_line() -> None:
    assert _codes("a: 1\nb: 名".encode("gb18030")) == [("QF-PACK-YAML", 2)]


def test_a_file_is_bounded_in_bytes_depth_and_entries() -> None:
    assert _codes("a: " + "x" * MOST_BYTES) == [("QF-PACK-SIZE", 0)]
    assert _codes("[" * (MOST_DEPTH + 1)) == [("QF-PACK-SIZE", 1)]
    assert _codes("[" * 100_000) == [("QF-PACK-SIZE", 1)]
    assert _codes("[" + "1," * (MOST_NODES + 1) + "]") == [("QF-PACK-SIZE", 1)]
    assert _codes("[" * (MOST_DEPTH - 1) + "]" * (MOST_DEPTH - 1)) == []


def test_every_scalar_is_read_as_text() -> None:
    parsed = parse(b"a: [no, 2024-07, 1_000, 0x1F, .inf, 'null', 12:30, on]\n", "x.yaml")
    assert parsed.faults == ()
    assert parsed.tree == {"a": ["no", "2024-07", "1_000", "0x1F", ".inf", "null", "12:30", "on"]}


def test_every_key_and_entry_has_its_line() -> None:
    parsed = parse(b"a:\n  - b: 1\n    c:\n      d: 2\n  - e\n", "x.yaml")
    assert parsed.places[("a", 0, "c", "d")] == Place("x.yaml", 4)
    assert parsed.places[("a", 1)] == Place("x.yaml", 5)


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL"])
def test_every_way_of_writing_nothing_is_refused(null: str) -> None:
    assert _codes(f"a: 1\nb: {null}\n") == [("QF-PACK-NULL", 2)]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse("\ufeffa: 1\n".encode(), "x.yaml").tree == {"a": "1"}


@given(st.text(max_size=200))
def test_any_text_gives_a_tree_or_a_fault_and_never_another_error(text: str) -> None:
    parsed = parse(text.encode("utf-8", "surrogatepass"), "x.yaml")
    assert all(isinstance(fault, PackError) for fault in parsed.faults)


@given(st.text(alphabet="a:-[]{}&*!|>\"'%#?,\n \t~0\\x", max_size=60))
def test_any_arrangement_of_yaml_signs_gives_a_tree_or_a_fault(text: str) -> None:
    parsed = parse(text.encode(), "x.yaml")
    assert all(isinstance(fault, PackError) for fault in parsed.faults)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("duties: {secret: 1}\n", encoding="utf-8")
    root = tiny.write(tmp_path)
    (root / "duties.yaml").unlink()
    (root / "duties.yaml").symlink_to(secret)
    faults = read(root).faults
    assert ("QF-PACK-FILE", "duties.yaml") in [(fault.code, fault.file) for fault in faults]
    assert not any("secret" in fault.text() for fault in faults)


def test_a_folder_of_too_many_files_is_not_read(tmp_path: Path) -> None:
    more = {f"forms/form{number}.yaml": "forms: {}\n" for number in range(301)}
    assert [fault.code for fault in tiny.reading(tmp_path, also=more).faults][:1] == ["QF-PACK-SIZE"]
