"""A local Slack look-alike to try meshfit without a workspace. Never deployed."""
