"""DATES: what a team means to do and by when, who is reminded of it, and in which hours."""
