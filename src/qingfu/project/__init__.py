"""Project: the roof; settings, addresses, the console entry and the embedded database."""
