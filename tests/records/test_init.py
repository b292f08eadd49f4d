"""The first bureau and its first officer's link, from the terminal."""

from __future__ import annotations

import re
from pathlib import Path

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
