"""House manners of every page, read from the source: nothing inline, nothing foreign, acts as buttons, readable ink."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qingfu.web

WEB = Path(qingfu.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLES = sorted((WEB / "static" / "css").glob("*.css"))
SCRIPTS = sorted((WEB / "static" / "js").glob("*.js"))
MODULES = sorted(WEB.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_template_holds_an_inline_script_or_style_or_a_foreign_address(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script\b(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_every_button_says_an_act_and_every_posting_form_carries_its_key(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for words in re.findall(r"<button[^>]*>(.*?)</button>", text, re.DOTALL):
        assert re.sub(r"<[^>]+>", "", words).strip(' \n{}%"').lower() not in {"ok", "submit", "确定", "go"}
    for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", text, re.DOTALL):
        carried = "csrf_token" in form or "form_head.html" in form or template.parent.name == "errors"
        assert carried, form[:80]


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_no_script_evaluates_text_or_asks_elsewhere(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b|https?://", text)


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_no_style_asks_elsewhere_or_writes_smaller_than_14_px(style: Path) -> None:
    text = style.read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text
    for size, unit in re.findall(r"font-size:\s*([\d.]+)(rem|em|px)\b", text):
        pixels = float(size) * {"rem": 17, "em": 16, "px": 1}[unit]
        assert pixels >= 14, f"{size}{unit}"
    if style.name != "print.css":
        assert "italic" not in text


@pytest.mark.parametrize("style", [s for s in STYLES if s.name not in ("tokens.css", "print.css")], ids=name)
def test_colours_come_from_the_tokens_only(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"box-shadow:[^;]*;", "", text)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\brgba?\(|\bhsla?\(", text)


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_page_touches_a_model_or_a_queryset(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert not re.search(r"^(?:from|import) .*(?:\.models\b|django\.db\b)", text, re.MULTILINE)
    assert ".objects" not in text


TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")
INKS = {
    # ink: what it is written on, and the least contrast (WCAG 2.1 AA: 4.5 for text, 3 for edges of controls)
    "ink": (("paper", "sheet", "tint", "late-tint"), 7.0),
    "ink-soft": (("paper", "sheet", "tint", "late-tint"), 4.5),
    "vermilion": (("paper", "sheet", "tint", "vermilion-tint"), 4.5),
    "done": (("paper", "sheet", "tint"), 4.5),
    "late": (("paper", "sheet", "tint", "late-tint"), 4.5),
    "edge": (("paper", "sheet"), 3.0),
    "on-seal": (("seal", "seal-deep"), 4.5),
}


def schemes() -> dict[str, dict[str, str]]:
    """The colours of both schemes; dark changes those of light."""
    light, dark = (
        (WEB / "static/css/tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    )
    day = dict(TOKEN.findall(light))
    return {"light": day, "dark": {**day, **dict(TOKEN.findall(dark))}}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_can_be_read_on_every_paper(scheme: str, ink: str) -> None:
    colours = schemes()[scheme]
    papers, least = INKS[ink]
    for paper in papers:
        assert contrast(colours[ink], colours[paper]) >= least, f"{ink} on {paper}"


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
