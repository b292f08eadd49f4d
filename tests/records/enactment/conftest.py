"""The county of the module, undone after every test."""

from tests.records.stage import found, stage

__all__ = ["found", "stage"]
