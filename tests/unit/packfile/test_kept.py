"""A kept pack is the pack that was read; whatever is wrong with what was kept, the answer is the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from qingfu.base.errors import BrokenPack
from qingfu.packfile import kept
from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import read, shipped
from tests.unit.packfile import tiny

LEANING = """
    limits:
      size:
        clause: "第五条"
        says: "班额"
        reads: classes
        per: [class]
        measure: {most: pupils}
        at-most: other.cap
        unit: person
    """


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "pack")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "here"


def only(shelf: Path) -> Path:
    (found,) = shelf.iterdir()
    return found


@pytest.mark.parametrize("name", shipped())
def test_a_kept_pack_is_the_one_that_was_read(name: str, shelf: Path) -> None:
    first, second = kept.load(name, shelf), kept.load(name, shelf)
    assert second is not first
    assert first == second == read(name).sound
    assert len(list(shelf.iterdir())) == 1


def test_what_was_kept_is_taken_and_only_its_owner_may_look(pack: Path, shelf: Path) -> None:
    kept.load(pack, shelf)
    file = only(shelf)
    assert (shelf.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    content = file.read_bytes().partition(b"\n")[2].replace(b"\xe4\xb8\x80", b"\xe4\xba\x8c")
    file.write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)
    assert kept.load(pack, shelf) != read(pack).sound


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def _changed(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"plan", b"plam"))


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _no_pack(file: Path) -> None:
    file.write_bytes(sha256(b"{}").hexdigest().encode() + b"\n{}")


def _writable_by_others(file: Path) -> None:
    content = b'{"plan": {}}'
    file.write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)
    file.chmod(0o666)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [_cut, _changed, _emptied, _no_pack, _writable_by_others, _a_folder])
def test_what_is_wrong_with_a_kept_pack_changes_no_answer(
    spoil: Callable[[Path], None], pack: Path, shelf: Path
) -> None:
    kept.load(pack, shelf)
    spoil(only(shelf))
    assert kept.load(pack, shelf) == read(pack).sound


def test_a_sound_pack_that_others_could_have_written_is_not_taken(pack: Path, shelf: Path) -> None:
    kept.load(pack, shelf)
    content = only(shelf).read_bytes().partition(b"\n")[2].replace(b"\xe4\xb8\x80", b"\xe4\xba\x8c")
    only(shelf).write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)
    only(shelf).chmod(0o620)
    assert kept.load(pack, shelf) == read(pack).sound


def test_a_pack_that_changed_is_read_again_also_where_its_files_look_as_old(pack: Path, shelf: Path) -> None:
    before = kept.load(pack, shelf)
    file = pack / "plan.yaml"
    status, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text.replace("小县", "大县"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert kept.load(pack, shelf) == read(pack).sound != before


def test_a_faulty_pack_tells_its_faults_every_time(pack: Path, shelf: Path) -> None:
    (pack / "forms.yaml").write_text("forms:\n  x: {}\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BrokenPack):
            kept.load(pack, shelf)
    assert not shelf.exists()


def test_a_pack_that_takes_a_number_from_outside_the_program_is_read_every_time(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    number = """
    parameters:
      cap: {clause: "第五条", says: "班额", value: 45, unit: person}
    """
    tiny.write(tmp_path, also={"parameters.yaml": number}).rename(tmp_path / "other")
    pack = tiny.write(tmp_path / "leaning", also={"limits.yaml": LEANING})
    assert rules_of(kept.load(pack, shelf))[0].bound.rows[0].bound == 45
    assert not shelf.exists()


def test_a_folder_that_cannot_be_made_is_as_good_as_none(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert kept.load(pack, tmp_path / "file" / "kept") == read(pack).sound


def test_no_more_packs_are_kept_than_anybody_uses(pack: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    for year in ("2021", "2022", "2023"):
        file = pack / "plan.yaml"
        file.write_text(file.read_text(encoding="utf-8") + f"# {year}\n", encoding="utf-8")
        kept.load(pack, shelf)
    assert len(list(shelf.iterdir())) == 2
