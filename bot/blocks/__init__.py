"""OUT: domain values → Block Kit dicts. Reads no database, no clock, no client."""
