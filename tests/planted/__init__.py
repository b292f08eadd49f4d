"""Planted: an invented county that keeps every plan, and in it deeds whose breaches are known beforehand."""
