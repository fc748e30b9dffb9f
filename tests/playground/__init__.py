"""The strict Slack: its limits, its people, both transports."""
