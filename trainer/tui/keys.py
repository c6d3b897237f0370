"""What the keys of a screen do: by name for the palette, and in rows for help."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual.app import App
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget

_NAMES = {"question_mark": "?", "pageup": "page up", "pagedown": "page down", "slash": "/"}


def name_of(key: str) -> str:
    """A key as it is written on the keyboard, in words."""
    return _NAMES.get(key, key)


def own_bindings(kind: type) -> list[Binding]:
    """The keys that our own classes, not Textual's, give to a widget, a screen or the app."""
    ours = [base for base in kind.__mro__ if base.__module__.startswith("trainer.")]
    return [binding for base in ours for binding in vars(base).get("BINDINGS", ())]


def live_rows(screen: Screen[object], bindings: Sequence[Binding]) -> list[tuple[str, str]]:
    """Keys and what they do, as far as they do it now: a letter that would be text is no key.

    Bindings of one description are one row, the first tells the keys.
    """
    live: dict[tuple[str, str], list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.enabled:
            live.setdefault((active.binding.action, active.binding.description), []).append(key)
    rows: dict[str, tuple[str, str]] = {}
    for binding in bindings:
        keys = live.get((binding.action, binding.description))
        if keys and binding.description not in rows:
            usual = binding.key.split(",")
            keys.sort(key=lambda key: usual.index(key) if key in usual else -1)
            does = f"{binding.description}: {binding.tooltip}" if binding.tooltip else binding.description
            rows[binding.description] = (binding.key_display or " or ".join(map(name_of, keys)), does)
    return list(rows.values())


def help_groups(app: App[None]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys of the screen in front and of the app, group by group."""
    screen = app.screen
    palette = ("ctrl+p", "everything by name")
    return [
        ("On this screen", live_rows(screen, own_bindings(type(screen)))),
        ("Everywhere", [*live_rows(screen, own_bindings(type(app))), palette]),
    ]


class InTurn(Widget):
    """Does what a key does at once; the next one is given, once that is done, to what then has the focus.

    Elsewhere a key that is bound goes up to the app first, and text that comes right behind a tab, as it does
    when a slow line delivers many keys together, is typed into the field before.
    """

    PATIENCE = 2.0
    """Seconds after which the next key comes even so."""

    async def on_key(self, event: Key) -> None:
        """Do what the key is bound to."""
        active = self.screen.active_bindings.get(event.key)
        if active is None or not active.enabled:
            return
        if await self.app.run_action(active.binding.action, default_namespace=active.node):
            event.stop()
            event.prevent_default()

    async def is_done(self) -> None:
        """Wait until every key given to it so far has done what it does."""
        done = asyncio.Event()
        if self.call_later(done.set):
            await asyncio.wait([asyncio.ensure_future(done.wait())], timeout=self.PATIENCE)


class KeyCommands(Provider):
    """Everything a key does on the screen, by name."""

    async def discover(self) -> Hits:
        """All of it."""
        for text, action in self._commands():
            yield DiscoveryHit(text, action)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for text, action in self._commands():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), action)

    def _commands(self) -> Iterable[tuple[str, Callable[[], object]]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            own = {ours.action for ours in own_bindings(type(active.node))}
            if active.enabled and binding.action in own - seen:
                seen.add(binding.action)
                key = self.app.get_key_display(binding)
                yield f"{binding.description.capitalize()} ({key})", self._runner(binding.action, active.node)

    def _runner(self, action: str, node: object) -> Callable[[], object]:
        async def run() -> None:
            """Do it, if the screen that it was offered for is still the one in front."""
            if self.app.screen_stack and self.app.screen is self.screen:
                await self.app.run_action(action, default_namespace=node)  # type: ignore[arg-type]

        return run
