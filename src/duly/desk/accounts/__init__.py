"""People and offices: who signs in, for which office, in which role, and what that role may do."""
