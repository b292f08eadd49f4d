"""Publishing a list, as the leading group does."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfu.records.disclosures import actions
from qingfu.records.disclosures.queries import DisclosureView
from tests.cast import County, moment

AT = moment("2024-08-20")
LATER = moment("2024-08-25")
CONTENT: dict[str, object] = {"items": [{"title": "消防安全讲座", "until": date(2024, 12, 31)}]}


def published(county: County, who: str = "leader", **more: Any) -> DisclosureView:
    said: dict[str, Any] = {"key": "whitelist", "shows": "list", "title": "2024年白名单", "content": CONTENT, "at": AT}
    return actions.publish(county[who], plan=county.in_force(), **{**said, **more})
