"""Affairs: campus affairs, from application to exit."""
