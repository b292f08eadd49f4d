"""People: bureaus, organs, schools, posts, persons, delegations."""
