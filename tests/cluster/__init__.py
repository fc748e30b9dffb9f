"""The room that reads dumps, on dumps that we wrote."""
