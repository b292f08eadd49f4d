"""Words: the vocabulary of a plan pack, one type for each kind of object."""
