"""Jobs: the clock as a caller; opening duties, sealing the journal, reminders, heavy work."""
