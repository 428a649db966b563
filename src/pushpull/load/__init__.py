"""Folders to knowledge, or every problem at once. Each command imports what reads the files that it needs."""
