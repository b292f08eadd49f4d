"""Filings: school data by sheet, out as a template and in as rows; every fault named, every doubt asked."""
