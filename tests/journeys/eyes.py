"""What is looked for on every page: axe's rules, nothing that scrolls sideways, at each width and in each scheme."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (1440, 768, 360)
HEIGHT = 900
# No preload: axe must fetch nothing, the page's policy stands while we look.
LOOK = """async () => (await axe.run({preload: false, resultTypes: ["violations"]})).violations.map(
  v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""


def ailments(page: Page) -> list[str]:
    """What is wrong with the page as it stands: axe's violations, and whether it scrolls sideways."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return [*page.evaluate(LOOK), *(f"too wide: {part}" for part in page.evaluate(TOO_WIDE))]


def all_ailments(page: Page, *, dark_phone: bool) -> list[str]:
    """The same at 1440 px and on a telephone, one of them dark; how wide it is also in between."""
    found = []
    for width in WIDTHS:
        dark = dark_phone == (width == min(WIDTHS))
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="dark" if dark else "light")
        wrong = page.evaluate(TOO_WIDE) if width == 768 else ailments(page)
        found += [f"{page.url} at {width} px, {'dark' if dark else 'light'}: {one}" for one in wrong]
    return found
