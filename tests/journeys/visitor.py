"""Somebody with a browser at the demonstration, who takes one seat after the other and waits for no clock.

Everything the browser asks for elsewhere, and every fault in its console, is written down in ``faults``.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, expect

from tests.journeys.eyes import ailments, all_ailments
from tests.journeys.pictures import Album

PATIENCE = 30_000
PASSWORD = "yu luo wu sheng ru ye"
# A long way through the demonstration's days is many transactions.
LONG = 240_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    """A browser context of its own; ``how`` goes to it, as viewport or color_scheme."""

    def __init__(self, browser: Browser, site: str, album: Album, **how: object) -> None:
        self.site, self.album, self.faults = site, album, list[str]()
        self.context = browser.new_context(base_url=site, **{"locale": "zh-CN", "viewport": DESK} | how)  # type: ignore[arg-type]  # the browser's own words
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._asked)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda fault: self.faults.append(f"{self.page.url}: {fault}"))

    def _asked(self, request: Request) -> None:
        asked, own = urlsplit(request.url), urlsplit(self.site)
        if asked.scheme not in ("data", "blob", "about") and asked.netloc != own.netloc:
            self.faults.append(f"{self.page.url} asks elsewhere: {request.url}")

    def _said(self, said: ConsoleMessage) -> None:
        # The browser itself remarks on every answer of 4xx; what the page did about it is looked at by the journey.
        if said.type in ("error", "warning") and "status of 4" not in said.text:
            self.faults.append(f"{self.page.url}: {said.text}")

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def open(self, path: str) -> Page:
        """Open a path of the site; it must be there."""
        answer = self.page.goto(path)
        assert answer is not None, path
        assert answer.ok, f"{path}: {answer.status}"
        return self.page

    def be(self, persona: str) -> Page:
        """Take the seat of a persona through the bar of the demonstration."""
        if not self.page.url.startswith(self.site):
            self.open("/sign-in")
        bar = self.page.locator(".demo")
        bar.locator("select[name=persona]").select_option(persona)
        bar.locator("form").filter(has=self.page.locator("select[name=persona]")).get_by_role("button").click()
        expect(self.page.locator(".masthead")).to_be_visible()
        return self.page

    def sit_in(self, post: str) -> None:
        """Act in another post of the same person, from the menu behind the name."""
        self.page.locator("details.who summary").click()
        self.page.locator(".who-posts button", has_text=post).click()
        expect(self.page.locator(".who-post")).to_contain_text(post)

    def enter_by_link(self, keeper: Visitor, organ: str, name: str, pinyin: str) -> None:
        """The keeper of the register makes a one-time link for somebody, who chooses a password and signs in."""
        keeper.open(f"/people/organs?text={organ}")
        keeper.page.locator("main a", has_text=organ).first.click()
        keeper.page.locator("li.row-post", has_text=name).locator("button[value=reset]").click()
        self.open(urlsplit(keeper.page.locator("#link").input_value()).path)
        for field in ("#password", "#again"):
            self.page.locator(field).fill(PASSWORD)
        self.act("set")
        self.told("密码")
        # The sign-in name is what one was told when one was first invited.
        self.page.locator("#name").fill(str(get_user_model().objects.get(name__startswith=f"{pinyin}-").name))
        self.page.locator("#password").fill(PASSWORD)
        self.act("sign-in")
        expect(self.page.locator(".who-name")).to_have_text(name)

    def live_to(self, day: str) -> None:
        """Let the demonstration live on to a day, through its bar."""
        bar = self.page.locator(".demo")
        bar.locator("input[name=on]").fill(day)
        bar.locator("form").filter(has=self.page.locator("input[name=on]")).get_by_role("button").click(timeout=LONG)
        stands = self.page.locator(".demo-day strong", has_text=_as_written(day))
        onward = self.page.locator("ol ~ p a")
        expect(stands.or_(onward).first).to_be_visible(timeout=LONG)
        if not stands.count():
            onward.click()
        expect(stands).to_be_visible()

    def act(self, verb: str, *, within: Locator | None = None) -> Page:
        """Press the button of a verb, and be led on."""
        (within or self.page.locator("main")).locator(f"button[name=verb][value={verb}]").first.click()
        return self.page

    def told(self, *words: str) -> None:
        """The page says that it is done, in these words."""
        for word in words:
            expect(self.page.locator(".said")).to_contain_text(word)

    def say(self, answers: dict[str, str]) -> None:
        """Answer questions of a form by their ids: what is ticked is ticked by its option."""
        for item, value in answers.items():
            field = self.page.locator(f"#q-{item}")
            option = self.page.locator(f"#q-{item}-{value}") if re.fullmatch(r"[a-z0-9-]+", value) else None
            if option is not None and option.count():
                option.check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def look_closely(self) -> None:
        """Look at the page in both languages, both schemes and every width; what was typed and not kept is lost."""
        path, size = self.page.url.removeprefix(self.site), self.page.viewport_size
        self.faults += all_ailments(self.page, dark_phone=True)
        self._read_in("en", path)
        assert self.page.locator("html").get_attribute("lang") == "en", path
        self.faults += all_ailments(self.page, dark_phone=False)
        self._read_in("zh-hans", path)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(size or DESK)

    def _read_in(self, language: str, path: str) -> None:
        self.context.add_cookies([{"name": "qingfu_language", "value": language, "url": self.site}])
        self.page.goto(path)

    def draw(self, name: str, *, whole: bool = True) -> None:
        """Look at this moment, and keep it for the documentation."""
        self.faults += [f"{self.page.url}: {one}" for one in ailments(self.page)]
        self.album.draw(self.page, name, whole=whole)


DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


def _as_written(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.month}月{found.day}日"
