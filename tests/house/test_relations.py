"""Tables know their own room and the rooms below it, and nobody climbs back up."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

from tests.house.source import ROOT


def _storeys() -> dict[str, int]:
    """The height of every room, from the wall that import-linter keeps: 0 is the lowest."""
    walls = configparser.ConfigParser()
    walls.read(ROOT / ".importlinter", encoding="utf-8")
    lines = walls["importlinter:contract:rooms"]["layers"].split("\n")
    levels = [re.findall(r"\w+", line) for line in reversed(lines) if line.strip()]
    return {room: height for height, rooms in enumerate(levels) for room in rooms}


def _room(model: type[Model]) -> str:
    return model.__module__.split(".")[2]


def _relations() -> Iterator[tuple[type[Model], Field[object, object], type[Model]]]:
    for model in apps.get_app_config("records").get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.is_relation and isinstance(field.related_model, type):
                yield model, field, field.related_model


def test_every_room_with_tables_has_its_place_in_the_wall() -> None:
    rooms = {_room(model) for model in apps.get_app_config("records").get_models()}
    assert rooms
    assert rooms <= set(_storeys())


def test_every_relation_points_to_the_same_or_a_lower_room() -> None:
    height = _storeys()
    climbing = [
        f"{model.__name__}.{field.name}"
        for model, field, target in _relations()
        if height[_room(target)] > height[_room(model)]
        or (height[_room(target)] == height[_room(model)] and _room(target) != _room(model))
    ]
    assert climbing == [], "the upper table holds the key"


def test_no_accessor_leads_back_up_between_rooms() -> None:
    open_doors = [
        f"{model.__name__}.{field.name}"
        for model, field, target in _relations()
        if _room(target) != _room(model) and field.remote_field is not None and not field.remote_field.hidden
    ]
    assert open_doors == [], 'between rooms: related_name="+"'
