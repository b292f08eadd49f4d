"""Template tags: how a page says states, days and clauses."""
