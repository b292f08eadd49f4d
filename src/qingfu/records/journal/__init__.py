"""Journal: who did what, in one chain."""
