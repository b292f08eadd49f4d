"""``python -m tests.planted PACK FOLDER``: the county as Parquet files, and what the pack must find in it."""

from __future__ import annotations

import sys
from pathlib import Path

from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import load
from tests.planted.deed import PACKS
from tests.planted.planter import holes, violations
from tests.planted.store import write


def main(pack: str, folder: str) -> None:
    """Write the county for one of the packs."""
    per = {limit.name: limit.per for limit in rules_of(load(pack))}
    marks = {"violating": violations(pack, per), "not-reported": holes(pack, per)}
    write(Path(folder), marks)
    print(f"{folder}: " + ", ".join(f"{len(some)} {verdict}" for verdict, some in marks.items()))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in PACKS:
        sys.exit(f"python -m tests.planted {'|'.join(PACKS)} FOLDER")
    main(sys.argv[1], sys.argv[2])
