"""Disclosures: what was shown to whom, where, from when to when."""
