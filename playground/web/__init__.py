"""The playground in the browser: the same small Slack, drawn as pages."""
