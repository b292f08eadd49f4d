"""Command line: what can be asked of packs and journals without a database, and of the register with one."""
