"""meshfit: a Slack advisor for one decision, "should we add a service mesh?"."""
