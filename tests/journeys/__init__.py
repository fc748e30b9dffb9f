"""Journeys: people at a strict fake Slack, the real Bolt app, real signed requests."""
