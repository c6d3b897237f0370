"""SQLite: the append-only log, and what can be rebuilt from log and decks."""
