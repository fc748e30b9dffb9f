"""Every test of meshfit; rooms mirror those of the house."""
