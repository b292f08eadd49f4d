"""Rules: what a limit on school life means and how it is computed."""
