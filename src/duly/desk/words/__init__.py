"""How values are said to a person: days and moments, time left, outcomes, facts and where they came from."""
