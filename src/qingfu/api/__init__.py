"""Api: the public contract; what a unit's own program reports and reads."""
