"""What a team's decision was at a moment, kept, and what has changed between two."""
