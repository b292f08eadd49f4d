"""Routes: approvals, step by step."""
