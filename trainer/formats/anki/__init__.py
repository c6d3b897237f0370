"""Packages of Anki, `.apkg` and `.colpkg`: written and read without Anki."""
