"""Placement: new classes drawn in public, and what becomes of them afterwards."""
