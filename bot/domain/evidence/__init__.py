"""What was looked at instead of asked: the summary of a cluster's dump."""
