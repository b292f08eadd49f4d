"""Lines of the ledger brought into every state through the verbs a clerk would use."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from PIL import Image

from qingfu.records.forms.actions import keep_file
from qingfu.records.problems import actions
from qingfu.records.problems.queries import ProblemRow, ProblemView, problem
from tests.cast import County, moment

FOUND = "2024-07-20"
STATES = ("found", "planned", "reported", "sent-back", "struck-off", "reopened")


def photo(shade: int) -> bytes:
    """A picture of this shade of grey: another shade is another file."""
    out = BytesIO()
    Image.new("RGB", (8, 8), (shade, shade, shade)).save(out, "PNG")
    return out.getvalue()


def kept(county: County, who: str, shade: int = 7, *, day: str = "2024-07-22") -> str:
    """The reference of a picture that somebody kept."""
    return keep_file(county[who], name=f"{shade}.png", data=photo(shade), at=moment(day)).ref


def line(county: County, *, kind: str = "unapproved", owner: str = "school", by: str = "clerk") -> ProblemRow:
    """A line found by the office."""
    return actions.find(
        county[by], plan=county.in_force(), title="校门口发放广告", owner=county.organs[owner], kind=kind,
        source="office", found_on=date.fromisoformat(FOUND), at=moment(FOUND),
    )  # fmt: skip


def planned(county: County, problem_id: int, *, by: str = "principal") -> ProblemView:
    """Its rectification planned by the owner."""
    return actions.plan_rectification(
        county[by], problem=problem_id, measure="停止发放", deadline=date(2024, 7, 30),
        person=county.persons["principal"], at=moment("2024-07-21"),
    )  # fmt: skip


def in_state(county: County, state: str, *, kind: str = "unapproved") -> int:
    """A line of the school in this state: planned and reported by the principal, verified by the office's clerk."""
    held = line(county, kind=kind).id
    if state == "found":
        return held
    planned(county, held)
    if state == "planned":
        return held
    actions.report_done(county["principal"], problem=held, text="已停止", at=moment("2024-07-22"))
    if state == "reported":
        return held
    if state == "sent-back":
        actions.send_back(county["clerk"], problem=held, reason="没有照片", at=moment("2024-07-23"))
        return held
    actions.strike_off(county["clerk"], problem=held, at=moment("2024-07-23"))
    if state == "reopened":
        actions.revisit(county["clerk"], problem=held, verdict="relapsed", note="又发了", at=moment("2024-07-26"))
    return held


def seen(county: County, problem_id: int, *, by: str = "clerk", day: str = "2024-07-27") -> ProblemView:
    """The line as somebody sees it."""
    return problem(county[by], problem_id, at=moment(day))
