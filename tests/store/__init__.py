"""Remembering: real database files, several threads, several processes."""
