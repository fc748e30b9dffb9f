"""THINK: pure functions on frozen models. No I/O, no clock, no Slack, no SQL."""
