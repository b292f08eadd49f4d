"""Enrolment: what is announced, whose area is whose, what came of it, and how areas change."""
