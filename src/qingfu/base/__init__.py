"""Ground floor: days, terms, canonical records, states and errors in plain Python, carried anywhere."""
