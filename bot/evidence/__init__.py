"""What people hand over in Slack as evidence, known by its content; a raw dump is refused."""
