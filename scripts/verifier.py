"""The page with which anybody replays a draw: one file without a server, put together from its parts.

python scripts/verifier.py           write src/qingfu/web/static/draw/verify.html
python scripts/verifier.py --check   fail if it is stale
"""

from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "src" / "qingfu" / "web" / "static" / "draw"
PAGE = FOLDER / "verify.html"
# The engine is run by the page and, as a worker, without one; each file may use those before it.
ENGINE = (
    "sha256", "md5", "curve", "canon", "faults", "chance", "order", "match", "allot", "even",
    "notice", "circle", "verify",
)  # fmt: skip
FACE = ("words", "show", "results", "page")


def together(names: tuple[str, ...]) -> str:
    """The scripts one after the other, ready to stand in a script element."""
    text = "\n" + "".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)
    if "</script" in text.lower() or "<!--" in text:
        raise SystemExit("a script of the verifier would end its own element")
    return text


def hashed(text: str) -> str:
    """How a policy names the one inline text it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page() -> str:
    """The whole page. Its policy allows its own scripts and style, a worker of its own, and no request at all."""
    engine, face = together(ENGINE), together(FACE)
    style = "\n" + (FOLDER / "page.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {hashed(engine)} {hashed(face)}; style-src {hashed(style)}; "
        "worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    text = (FOLDER / "page.html").read_text(encoding="utf-8")
    # From the last place to the first: what is put in cannot be taken for a place.
    for name, part in (("page", face), ("engine", engine), ("style", style), ("policy", policy)):
        before, found, after = text.partition(f"{{{name}}}")
        if not found:
            raise SystemExit(f"page.html has no place for {name}")
        text = before + part + after
    return text


def main(*, check: bool) -> list[str]:
    """Write, or with ``check`` only compare; returns what is wrong, one line each."""
    made = page()
    if not check:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
        return ["verify.html is stale: run python scripts/verifier.py"]
    return []


if __name__ == "__main__":
    told = main(check="--check" in sys.argv)
    print("\n".join(told) or "the verifier of draws is complete")
    sys.exit(bool(told))
