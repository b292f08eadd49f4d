"""Subjects that are offered to be chosen; any other may be typed."""

from __future__ import annotations

OFFERED = (
    "语文", "数学", "英语", "道德与法治", "科学", "物理", "化学", "生物", "历史", "地理", "体育", "音乐", "美术",
    "信息技术", "综合实践", "劳动", "书法", "心理健康", "班会", "地方课程", "校本课程", "少先队活动", "阅读",
)  # fmt: skip
# What homework and examinations begin with where a class has said nothing yet.
USUAL = {
    "P1": ("语文", "数学"), "P2": ("语文", "数学"), "P": ("语文", "数学", "英语"),
    "J": ("语文", "数学", "英语", "道德与法治", "历史"), "S": ("语文", "数学", "英语"),
}  # fmt: skip
ALL = "全科"


def usual(grade: str) -> tuple[str, ...]:
    """The subjects to begin with for a grade."""
    return USUAL.get(grade) or USUAL[grade[0]]
