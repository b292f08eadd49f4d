"""Problems: the one ledger."""
