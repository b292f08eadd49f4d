"""An office at work over HTTP: signs in, sends forms, and sends the same form again until somebody acknowledges it."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from threading import Condition, Event
from urllib.parse import urlencode
from uuid import UUID

from qingfu.base.chance import new_id

OFFICERS = ("clerk", "second-clerk", "principal")
PASSWORD = "a long and quiet evening"
TRIES = 400  # each after a pause of a quarter of a second
KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
AGAIN = (500, 502, 503, 504)


@dataclass(frozen=True)
class Submission:
    """One form: where it goes, what it says, the id it keeps however often it is sent."""

    who: str
    path: str
    says: Mapping[str, str]
    client_id: UUID = field(default_factory=new_id)


@dataclass
class Browser:
    """Somebody's browser: cookies, the key of the session's forms, and a great deal of patience."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    key: str = ""

    def sign_in(self, name: str, password: str) -> None:
        """Sign in through the page; afterwards the browser holds the session and the key of its forms."""
        self._read("/sign-in")
        status, _ = self._send("POST", "/sign-in", {"verb": "sign-in", "name": name, "password": password})
        assert status == 302, f"{name} was not let in: {status}"
        self._read("/password")

    def _read(self, path: str) -> None:
        status, body = self._send("GET", path)
        found = KEY.search(body)
        assert status == 200, f"{path}: {status}"
        assert found, f"{path} has no form"
        self.key = found[1]

    def acknowledged(self, form: Submission, tried: Tally) -> int:
        """Send a form until it is answered by anything but a failure; the status of that answer."""
        pause = Event()
        for _ in range(TRIES):
            status = self.sent(form)
            if status and status not in AGAIN:
                return status
            tried.again()
            pause.wait(0.25)
        return 0

    def sent(self, form: Submission) -> int:
        """Send a form once; its status, or 0 where nobody answered to the end."""
        try:
            return self._send("POST", form.path, {**form.says, "client-id": str(form.client_id)})[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _send(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> tuple[int, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.key})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            text = answer.read().decode()
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, given in SimpleCookie(line).items():
                self.cookies[name] = given.value
        return answer.status, text


@dataclass
class Tally:
    """How far the office has come, for whoever waits to strike."""

    moved: Condition = field(default_factory=Condition)
    statuses: dict[UUID, int] = field(default_factory=dict)
    repeats: int = 0

    def again(self) -> None:
        """A form had to be sent once more."""
        with self.moved:
            self.repeats += 1

    def done(self, form: Submission, status: int) -> None:
        """A form was answered."""
        with self.moved:
            self.statuses[form.client_id] = status
            self.moved.notify_all()

    def reached(self, count: int, patience: float) -> bool:
        """Wait until so many forms were answered."""
        with self.moved:
            return self.moved.wait_for(lambda: len(self.statuses) >= count, patience)
