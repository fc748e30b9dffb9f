"""Read what kubectl prints, on the user's own machine, keep the whitelist, count and judge it.

Slack's side of meshfit cannot import this room: a dump never leaves the machine it was made on.
"""
