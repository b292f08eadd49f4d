"""Draws that anybody can replay: freeze, join, deal, seal, reveal, run once (docs/explanation/draw-record.md).

Pure and without a clock: secrets come in as a parameter, a ceremony is a value, and a record is bytes.
"""
