"""IN: the only code that reads payloads and calls Slack. One room a journey."""
