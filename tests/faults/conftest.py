"""The cast at their desks, on a plan day: where bad input comes from."""

from tests.faces.desk_of import office

__all__ = ["office"]
