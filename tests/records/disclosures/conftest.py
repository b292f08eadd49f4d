"""The county of these tests."""

from tests.records.stage import found, stage

__all__ = ["found", "stage"]
