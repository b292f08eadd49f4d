"""Inspectors to targets: who goes where in which round is drawn, and who goes instead follows from the same draw."""
