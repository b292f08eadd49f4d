"""Packfile: read, check, trace, compare, test and weigh a plan pack; knows no database."""
