"""Draws and their records: frozen lists, witnesses, shares, what was drawn, who was called."""
