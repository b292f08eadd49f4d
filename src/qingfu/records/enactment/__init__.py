"""Enactment: carries out what a pack's words order."""
