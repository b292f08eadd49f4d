"""Plans: plan editions and clauses."""
