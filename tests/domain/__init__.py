"""The laws of the decision, the hours, answers as typed."""
