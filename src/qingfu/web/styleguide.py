"""A page that shows every part: with long names, with nothing in it, and with 500 rows. In a demonstration only."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import path

from qingfu.base.errors import FieldFault, Invalid
from qingfu.packfile.words.asks import Form
from qingfu.records.journal.queries import Page
from qingfu.web import parts, words
from qingfu.web.fields import Kept, Offers, Option, School
from qingfu.web.hall import Hall, open_page

# ruff: noqa: E501 - samples read better on one line
LONG = "关于进一步规范中小学生“防溺水·防交通事故·防校园欺凌”主题宣传教育进校园活动及配套志愿服务工作的事项"
ORGAN = "某县人力资源和社会保障局（区劳动人事争议仲裁院）"
CLAUSES = {
    "五(二)": "摸清2023年以来社会事务进校园的情况，列出问题清单，建立整改台账。",
    "四(三)": "按年度审批；临时事项一事一审，提前两周。",
}
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

MODES = {"subject": "融入学科教学", "school-run": "未融合，部门提供资源和指导，学校自主开展"}
COLUMNS: list[dict[str, object]] = [
    {"id": "problem", "asks": "问题"}, {"id": "happened", "asks": "发生日期", "answer": "date", "required": False},
    {"id": "owner", "asks": "责任单位", "answer": "organ"},
]  # fmt: skip
ITEMS: list[dict[str, object]] = [
    {"id": "title", "asks": "事项名称", "hint": "写进校园时使用的正式名称"},
    {"id": "criterion", "asks": "符合哪一条准入标准", "answer": "criterion"},
    {
        "id": "basis",
        "asks": "依据",
        "answer": "long-text",
        "evidence": True,
        "hint": "法律法规名称和条款，或者文件名称和文号",
    },
    {"id": "schools", "asks": "涉及哪些学校", "answer": "schools"},
    {"id": "minutes", "asks": "每位教师大约用时", "answer": "number", "unit": "分钟"},
    {"id": "mode", "asks": "与学校工作怎样融合", "answer": "choice", "options": MODES},
    {
        "id": "resources",
        "asks": "部门提供哪些资源",
        "answer": "long-text",
        "required": False,
        "only": {"item": "mode", "is": "school-run"},
    },
    {"id": "starts", "asks": "开始日期", "answer": "date"},
    {"id": "charges", "asks": "是否收费，或者带有商业广告、商业活动", "answer": "yes-no"},
    {"id": "flags", "asks": "有没有下列情形", "answer": "flags", "required": False},
    {"id": "problems", "asks": "发现的问题，逐条填写", "answer": "rows", "items": COLUMNS},
    {"id": "attachments", "asks": "附件", "answer": "files", "required": False},
]


@open_page
def styleguide(hall: Hall) -> HttpResponse:
    """Every part on one page; ``?faults=1`` shows the form refused, ``?rows=500`` the long table."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    asked = hall.request.GET
    if asked.get("faults"):
        hall.error = Invalid(
            FieldFault("title", "Fill this in."), FieldFault("mode", "Choose one of the answers that are offered."),
            FieldFault("problems.0.problem", "Fill this in."), clause="四(三)",
        )  # fmt: skip
    rows = min(int(asked.get("rows", "8")) if asked.get("rows", "8").isdigit() else 8, 500)
    return hall.show(
        "styleguide.html", clauses=CLAUSES, groups=_groups(hall.today), facts=_facts(), story=_story(hall),
        offers=_offers(), table=_table(rows, hall.today), page=Page((), 500, 3, 50), bar=parts.Bar(58, 62, 3, "问题清单"),
        sheet=hall.sheet(_form(), content=_content(), offers=_offers_of_form()), states=words.STATES, digest=DIGEST,
        urge=f"【催办】{ORGAN}：问题清单应于7月30日前提交，尚未收到。",
    )  # fmt: skip


def _groups(today: date) -> tuple[parts.Group, ...]:
    near, over = today + timedelta(days=3), today - timedelta(days=4)
    return (
        parts.Group(
            "To decide",
            (
                parts.Row("#", LONG, ORGAN, ("四(三)",), near, "run", "at"),
                parts.Row(
                    "#",
                    "消防安全教育进校园",
                    "区消防救援大队",
                    ("四(三)",),
                    over,
                    "task",
                    "open",
                    "第二次提交，修改了时间和学校",
                ),
            ),
        ),
        parts.Group(
            "To hand in", (parts.Row("#", "问题清单", "专班办公室", ("五(二)", "四(三)"), near, "task", "returned"),)
        ),
        parts.Group("Late", (), empty="Nothing is late."),
    )


def _facts() -> tuple[parts.Fact, ...]:
    return (
        parts.Fact("事项名称", LONG),
        parts.Fact("符合哪一条准入标准", "法律法规有明文规定的", clause=("四(三)",)),
        parts.Fact("涉及哪些学校", "", lines=("某县瑞山小学", "某县久长街小学", "某县铜溪镇中心小学")),
        parts.Fact("活动主题", "讲清楚水域危险、求救办法和自救常识。\n第二段：不留作业，不打卡，不拍照。", change="#"),
    )


def _story(hall: Hall) -> tuple[parts.Told, ...]:
    at = hall.at
    return (
        parts.Told(at - timedelta(days=20), f"{ORGAN} · 王明远", "提出申请", LONG, digest=DIGEST, clause=("四(三)",),
                   files=(parts.FileLink("关于开展消防安全教育的通知（渝消发〔2024〕12号）.pdf", "#", 482_133),)),
        parts.Told(at - timedelta(days=9), "专家委员会 · 5 人", "论证意见已开封", "5 人：建议准入 4，修改后准入 1。", "lock", via="先评后看"),
        parts.Told(at - timedelta(days=3), "区教委 · 李主任", "退回修改", "请改到课后服务时间。", "back", "asks"),
        parts.Told(at, "区委教育工作领导小组 · 张书记", "批准", "", "tick", "done", digest=DIGEST, via="纸质补录"),
    )  # fmt: skip


def _offers() -> tuple[parts.Offer, ...]:
    return (
        parts.Offer(
            "approve", "同意并签署", "签署的是上面摘要所指的申请内容；随后报上级备案，并进入2024年白名单。", main=True
        ),
        parts.Offer("return", "退回修改", "回到申请单位，修改后从专家论证重新开始。", reason="required"),
        parts.Offer("refuse", "不予批准", "申请结束，申请单位看得到理由。", reason="required"),
    )


def _table(rows: int, today: date) -> parts.Table:
    made = []
    for n in range(rows):
        state = ("open", "handed-in", "accepted", "returned")[n % 4]
        made.append((
            parts.Cell(f"{LONG if n % 5 == 1 else '问题清单'}", "#", zh=True),
            parts.Cell(ORGAN if n % 3 == 0 else f"某县第{n}小学", zh=True),
            parts.Cell(str(n * 37 % 1000), number=True),
            parts.Cell(subject="task", state=state, due=today + timedelta(days=n % 9 - 3) if state == "open" else None),
        ))  # fmt: skip
    return parts.Table("Which duties are not done?", ("Duty", "Who", "Minutes", "State"), tuple(made), frozenset({2}))


def _form() -> Form:
    return Form.model_validate({
        "clause": "四(三)", "says": "社会事务进校园申请表", "intro": "一件事项填一张，一年报一次。",
        "minutes": {"value": 40, "unit": "minute", "certainty": "assumed"}, "items": ITEMS,
    })  # fmt: skip


def _content() -> dict[str, object]:
    return {
        "title": LONG,
        "mode": "school-run",
        "schools": [1, 2],
        "attachments": ["r1"],
        "problems": [{"problem": "多头检查"}],
    }


def _offers_of_form() -> Offers:
    towns = ("铜溪镇", "钓鱼城街道", "合阳城街道")
    return Offers(
        criteria=(
            Option("law", "法律法规有明文规定的", "写明法律名称和条款", ("四(三)",)),
            Option("urgent", "紧急情况下确需参与并经批准的", "附同级党委教育工作领导小组的批准文件", ("四(三)",)),
        ),
        conduct=(Option("commercial", "商业广告、商业活动或者借机收费", group="无关"), Option("check-at-once", "刚布置就检查", group="无效")),
        schools=tuple(School(n, f"某县{t}{'中心小学' if n % 2 else '初级中学'}{n}", t, "小学" if n % 2 else "初中")
                      for n, t in ((n, towns[n % 3]) for n in range(1, 14))),
        organs=(Option("1", ORGAN, group="部门"), Option("2", "铜溪镇人民政府", group="镇街")),
        files={"r1": Kept("r1", "关于开展消防安全教育的通知.pdf", 482_133)},
    )  # fmt: skip


urlpatterns = [path("styleguide", styleguide, name="styleguide")]
