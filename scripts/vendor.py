"""Files of other projects that the pages use, copied here so that users need neither Node nor a network.

python scripts/vendor.py           fetch them anew with npm and write the manifest (a bump is one edit above it)
python scripts/vendor.py --check   fail if a file differs from the manifest
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src" / "qingfu" / "web" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
# The manifest storage fails on a map that is not there, and browsers would ask for it.
SOURCE_MAP = re.compile(rb"^\s*(//[#@]\s*sourceMappingURL=.*|/\*[#@]\s*sourceMappingURL=.*\*/)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """One npm package: which files of it are served."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]


PACKAGES = (Package("htmx.org", "2.0.11", "0BSD", ("dist/htmx.min.js",)),)


def fetch(package: Package, to: Path) -> None:
    """Copy the listed files and the licence of one package to its folder."""
    with tempfile.TemporaryDirectory() as place:
        words = ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=True)
        with tarfile.open(Path(place) / done.stdout.split()[-1]) as archive:
            to.mkdir(parents=True, exist_ok=True)
            for name in (*package.files, "LICENSE"):
                content = archive.extractfile(f"package/{name}")
                if content is None:
                    raise SystemExit(f"{package.name} has no {name}")
                (to / Path(name).name).write_bytes(SOURCE_MAP.sub(b"", content.read()))


def write() -> None:
    """Fetch everything and write the manifest."""
    for package in PACKAGES:
        fetch(package, VENDOR / f"{package.name}-{package.version}")
    MANIFEST.write_text(json.dumps(manifest(), indent=1) + "\n", encoding="utf-8")


def manifest() -> dict[str, object]:
    """What the files on disk say: for each package its version, licence and the digests of its files."""
    told: dict[str, object] = {}
    for package in PACKAGES:
        folder = VENDOR / f"{package.name}-{package.version}"
        digests = {
            file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        told[package.name] = {"version": package.version, "licence": package.licence, "sha256": digests}
    return told


def differences() -> list[str]:
    """What is not as the manifest says, one line each."""
    written = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    found = manifest()
    lines = [f"{name}: not as in the manifest" for name in found if found[name] != written.get(name)]
    lines += [f"{name}: in the manifest only" for name in written if name not in found]
    known = {MANIFEST.name} | {path for told in written.values() for path in told["sha256"]}
    on_disk = {file.relative_to(VENDOR).as_posix() for file in VENDOR.rglob("*") if file.is_file()}
    return lines + [f"{path}: not in the manifest" for path in sorted(on_disk - known)]


if __name__ == "__main__":
    if "--check" in sys.argv:
        found = differences()
        print("\n".join(found) or "vendored files: as in the manifest")
        sys.exit(bool(found))
    write()
