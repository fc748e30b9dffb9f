"""Several people asked for their own answers, each unseen by the others until it closes."""
