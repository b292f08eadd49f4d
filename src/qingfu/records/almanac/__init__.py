"""Almanac: what day it is for the plan."""
