"""Deeds that stand in the list of classes."""

from __future__ import annotations

from tests.planted.deed import NOTHING, Change, Deed, Named, by, cells

SCHOOLING = ("P", "J")


def _deed(says: str, bands: tuple[str, ...], change: Change, breaks: Named = NOTHING, hides: Named = NOTHING) -> Deed:
    return Deed(says, "classes", bands, change, breaks, hides)


_SIZE = by(burden="class-size", national="class-size")

DEEDS = (
    _deed("小学46人一班", ("P1-2", "P3-6"), cells("classes", pupils=46), _SIZE),
    _deed("初中51人一班", ("J",), cells("classes", pupils=51), _SIZE),
    _deed("小学正好45人", ("P",), cells("classes", pupils=45)),
    _deed("初中正好50人", ("J",), cells("classes", pupils=50)),
    _deed("高中60人一班，没有上限", ("S",), cells("classes", pupils=60)),
    _deed("人数没有报", SCHOOLING, cells("classes", pupils=None), hides=_SIZE),
    _deed("高中人数没有报，反正没有上限", ("S",), cells("classes", pupils=None)),
    _deed(
        "没有批准的实验班",
        SCHOOLING,
        cells("classes", experimental=True),
        by(burden="experimental-classes", light="no-unpermitted-class"),
    ),
    _deed("没有批准的高中实验班", ("S",), cells("classes", experimental=True), by(light="no-unpermitted-class")),
    _deed(
        "批准了的实验班，三十条照样不许",
        SCHOOLING,
        cells("classes", experimental=True, permit=True),
        by(burden="experimental-classes"),
    ),
    _deed(
        "是不是实验班没有报",
        SCHOOLING,
        cells("classes", experimental=None),
        hides=by(burden="experimental-classes", light="no-unpermitted-class"),
    ),
    _deed(
        "高中是不是实验班没有报", ("S",), cells("classes", experimental=None), hides=by(light="no-unpermitted-class")
    ),
    _deed(
        "实验班，有没有批准没有报",
        SCHOOLING,
        cells("classes", experimental=True, permit=None),
        by(burden="experimental-classes"),
        by(light="no-unpermitted-class"),
    ),
    _deed(
        "是不是实验班没有报，但已批准",
        SCHOOLING,
        cells("classes", experimental=None, permit=True),
        hides=by(burden="experimental-classes"),
    ),
    _deed("不是实验班，有没有批准没有报，不要紧", SCHOOLING, cells("classes", permit=None)),
)
