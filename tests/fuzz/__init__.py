"""Inputs that nobody meant, a great many of them: `python -m tests.fuzz TARGET --inputs 1000000`."""
