"""Deck files: YAML in, notes and problems out."""
