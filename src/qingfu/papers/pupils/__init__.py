"""Pupils: the list of new pupils and later class lists, read cell by cell; nothing of them is guessed."""
