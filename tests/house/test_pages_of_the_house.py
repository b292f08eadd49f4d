"""What the papers say is what the source says: signs of rooms, names, references, vendored files, translations."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from qingfu.base.errors import every_error
from qingfu.packfile.schema import WHOLE_NAME, schema
from qingfu.project import environment
from qingfu.project.main import COMMANDS
from scripts import catalogue, vendor
from tests.house.source import ROOT, SOURCE, files, sign

REFERENCE = ROOT / "docs" / "reference"


def _packages() -> list[str]:
    found = [file.parent.relative_to(SOURCE).as_posix() for file in sorted(SOURCE.rglob("__init__.py"))]
    rooms = [name for name in found if re.fullmatch(r"\w+|records/\w+", name) and name != "records/migrations"]
    assert len(rooms) > 5
    return rooms


def test_every_package_has_a_sign() -> None:
    assert [name for name in _packages() if not re.fullmatch(r"[A-Z][a-z ]*: .+\.", sign(name))] == []


def test_architecture_shows_every_sign_as_it_hangs_at_the_door() -> None:
    paper = ROOT / "ARCHITECTURE.md"
    if not paper.exists():
        pytest.skip("ARCHITECTURE.md is not written yet")
    text = paper.read_text(encoding="utf-8")
    assert [sign(name) for name in _packages() if sign(name) not in text] == []


def _reference() -> str:
    if not REFERENCE.exists():
        pytest.skip("docs/reference is not written yet")
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(REFERENCE.rglob("*.md")))


def test_every_error_code_is_in_the_reference_and_stands_once() -> None:
    _import_all()
    codes = [error.code for error in every_error()]
    assert sorted(set(codes)) == sorted(codes)
    reference = _reference()
    assert [code for code in codes if f"`{code}`" not in reference] == []


def test_every_setting_is_in_the_reference() -> None:
    reference = _reference()
    assert [each.name for each in environment.VARIABLES if f"`{each.name}`" not in reference] == []


def test_every_command_is_in_the_reference() -> None:
    reference = _reference()
    assert [name for name in COMMANDS if f"`qingfu {name}" not in reference] == []


def test_every_key_of_a_pack_is_in_the_reference() -> None:
    reference, whole = _reference(), schema(WHOLE_NAME)
    keys = {key for told in (whole, *whole["$defs"].values()) for key in told.get("properties", {})}
    assert len(keys) > 50
    assert sorted(key for key in keys if f"`{key}`" not in reference) == []


def test_nothing_but_environment_reads_the_environment_for_settings() -> None:
    reading = re.compile(r"environ(?:\.get\(|\[)\s*[\"']((?:QINGFU|DATABASE|PG|PORT)\w*)")
    declared = {each.name for each in environment.VARIABLES}
    found = [
        f"{file.path}: {name}"
        for file in files("src/qingfu")
        for name in reading.findall("\n".join(file.lines))
        if name not in declared
    ]
    assert found == []


def test_no_proper_name_of_a_pack_stands_in_code() -> None:
    names = _proper_names()
    assert names
    found = []
    for file in sorted(SOURCE.rglob("*")):
        inside = file.relative_to(SOURCE).parts
        if file.suffix not in {".py", ".html", ".js", ".css", ".sql"} or inside[0] == "packs":
            continue
        text = file.read_text(encoding="utf-8")
        found += [f"{'/'.join(inside)}: {name}" for name in names if name in text]
    assert found == [], "two counties differ in data, never in code"


# Packs that are called after their topic, with ordinary words.
NO_PLACES = {"burden", "light", "national", "paid"}


def _proper_names() -> set[str]:
    """Of each pack: its folder, the place that begins with, and the places in its title and issuing bodies."""
    names: set[str] = set()
    for plan in SOURCE.glob("packs/*/plan.yaml"):
        stem = plan.parent.name.split("-")[0]
        names |= {plan.parent.name, stem} - NO_PLACES
        text = plan.read_text(encoding="utf-8")
        names |= {place[-3:-1] for place in re.findall(r"[一-鿿]{2,6}[县区市](?=人民政府|教育|委|管理)", text)}
    return {name for name in names if len(name) > 1} - {"教育", "工作", "行政", "全", "各级"}


def test_vendored_files_are_those_of_the_manifest() -> None:
    assert vendor.differences() == []


def test_vendored_files_name_no_source_map_and_carry_their_licence() -> None:
    folders = [path for path in vendor.VENDOR.iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert (folder / "LICENSE").exists()
        assert not any(b"sourceMappingURL" in file.read_bytes() for file in folder.rglob("*.*s"))


def test_every_msgid_has_its_chinese_and_the_catalogue_is_fresh() -> None:
    assert catalogue.main(check=True) == []


def test_the_lock_pins_every_distribution_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for line in wanted:
        name = re.split(r"[\[<>=!~ ]", line)[0].lower().replace(".", "-")
        assert re.search(rf"^{re.escape(name)}==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE), name


def _import_all() -> None:
    """Import every module that may grow a branch of the error tree."""
    import importlib

    for file in files("src/qingfu"):
        if "(QingfuError)" in (text := "\n".join(file.lines)) or re.search(
            r"^class \w+\(.*\):\n(?:.*\n){1,6}?    code = ", text, re.MULTILINE
        ):
            importlib.import_module(".".join(Path(file.path).with_suffix("").parts[1:]).removesuffix(".__init__"))
