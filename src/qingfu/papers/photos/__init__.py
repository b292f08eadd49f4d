"""Photos: a timetable photographed where it hangs, read as a proposal; whoever took the picture confirms every word."""
