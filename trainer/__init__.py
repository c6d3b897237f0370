"""A quiz and flashcard trainer for the terminal, in which every fact cites its source."""

__version__ = "0.1.0"
