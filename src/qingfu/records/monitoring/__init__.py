"""Monitoring: what schools report, the limits it is judged by, and findings that end."""
