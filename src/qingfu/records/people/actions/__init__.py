"""Verbs of the register of people."""

from qingfu.records.people.actions.bureaus import found_bureau
from qingfu.records.people.actions.doors import accept_link, change_password, choose_language, invite, reset_password
from qingfu.records.people.actions.keys import KeyInUse, end_key, make_key, open_with_key
from qingfu.records.people.actions.organs import add_organ, close_organ
from qingfu.records.people.actions.posts import (
    add_person,
    add_post,
    delegate,
    end_delegation,
    hold_post,
    leave_post,
    take_up,
)
from qingfu.records.people.actions.sheets import import_commit, import_preview, import_template

__all__ = [
    "KeyInUse", "accept_link", "add_organ", "add_person", "add_post", "change_password", "choose_language",
    "close_organ", "delegate", "end_delegation", "end_key", "found_bureau", "hold_post", "import_commit",
    "import_preview", "import_template", "invite", "leave_post", "make_key", "open_with_key", "reset_password",
    "take_up",
]  # fmt: skip
