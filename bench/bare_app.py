"""The reference: a bare Textual app that replaces one Static on a key press."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """Counts key presses."""

    def compose(self) -> ComposeResult:
        """One text."""
        self.number = 0
        yield Static("number 0", id="text")

    def on_key(self) -> None:
        """Replace it."""
        self.number += 1
        self.query_one("#text", Static).update(f"number {self.number}")


if __name__ == "__main__":
    BareApp().run()
