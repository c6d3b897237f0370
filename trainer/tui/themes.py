"""The colours of the interface, dark and light."""

from __future__ import annotations

from textual.app import App
from textual.theme import Theme

THEMES = {
    "dark": Theme(
        name="trainer-dark",
        primary="#7aa2c8",
        accent="#d8a657",
        foreground="#d8dee4",
        background="#14171a",
        surface="#1c2024",
        panel="#23282d",
        success="#8fbf7f",
        warning="#d8a657",
        error="#e07a6e",
        dark=True,
        variables={"muted": "#8b949e", "rule": "#32383e"},
    ),
    "light": Theme(
        name="trainer-light",
        primary="#2f5d8a",
        accent="#8a5a00",
        foreground="#22272b",
        background="#fbfaf7",
        surface="#f1efe9",
        panel="#e6e3db",
        success="#2f6b2f",
        warning="#8a5a00",
        error="#a8322a",
        dark=False,
        variables={"muted": "#646b72", "rule": "#d3cfc4"},
    ),
}


def begin_with(app: App[None], name: str) -> None:
    """Show an app that does not run yet in our colours of that name.

    Setting its theme comes to the same, but all rules are read a second time while it starts.
    """
    for each in THEMES.values():
        app.register_theme(each)
    theme = THEMES[name]
    app.set_reactive(App.theme, theme.name)
    modes = {"-dark-mode": theme.dark, "-light-mode": not theme.dark, f"-theme-{theme.name}": True}
    app.update_classes(modes, update=False)
    app.stylesheet.set_variables(app.get_css_variables())
