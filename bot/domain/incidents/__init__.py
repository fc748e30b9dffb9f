"""Incidents that were: what the network between services had to do with each, and their hours."""
