"""What Slack accepts, as tables: an independent second opinion on what the bot draws."""
