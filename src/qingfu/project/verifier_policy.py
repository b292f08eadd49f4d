"""The one static page with a content security policy of its own: the verifier of draws."""

from __future__ import annotations

import re
from pathlib import Path
from wsgiref.headers import Headers

# The page that replays a draw stands alone and says which scripts are its own.
_ALONE = re.compile(r"draw/verify(\.[0-9a-f]+)?\.html(\.gz|\.br)?\Z")
_OWN_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def own_policy(headers: Headers, path: str, url: str) -> None:
    """The verifier's own policy in place of ours: narrower, for it allows no request at all, but its inline scripts."""
    if _ALONE.search(url):
        page = Path(path).read_text(encoding="utf-8")
        found = _OWN_POLICY.search(page)
        if found:
            headers["Content-Security-Policy"] = f"{found[1]}; frame-ancestors 'none'"
