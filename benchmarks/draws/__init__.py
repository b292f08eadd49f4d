"""Draws: are they fair, are classes even, how fast are matchings; judges here share no code with what they judge."""
