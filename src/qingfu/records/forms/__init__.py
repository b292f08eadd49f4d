"""Forms: what is asked, what was answered, with which evidence."""
