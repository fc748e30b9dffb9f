"""Runs of load tests: what was measured, whether two sides are alike, what differs."""
