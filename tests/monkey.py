"""A monkey at the keyboard: it presses, types, clicks, scrolls, pastes and pulls at the window, by a seed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from hostile.texts import CONTROLS, TEXTS
from settling import nothing_to_do
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import (
    Event,
    Key,
    MouseDown,
    MouseMove,
    MouseScrollDown,
    MouseScrollUp,
    MouseUp,
    Paste,
    Resize,
)
from textual.geometry import Size
from textual.keys import _character_to_key

from trainer.tui.app import TrainerApp

WIDEST, HIGHEST = 200, 60

_KEYS = (
    *("enter", "space", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end"),
    *("pageup", "pagedown", "backspace", "delete", "ctrl+s", "ctrl+n", "ctrl+z", "ctrl+t", "f1", "f2"),
    *("1", "2", "3", "4", "question_mark", "ctrl+p", "ctrl+a", "ctrl+v", "ctrl+w", "ctrl+left", "shift+end"),
)
_LEAVING = ("ctrl+q", "ctrl+c", "f10")
_AT_ONCE = (4, 40, 120)
_TURNS = (0, 0, 3, 12)
"""Turns of the event loop between two things: none are like a paste or a held key, a dozen see most done."""
_WORDS = (*CONTROLS.values(), *TEXTS.values(), "Yerevan", "13 June 2024", "report#2", "1 2 3", "598,000")


class Monkey:
    """Does whatever to an app that is running without a terminal, and counts on which screens."""

    def __init__(self, app: TrainerApp, chance: Random, screens: Counter[str]) -> None:
        self._app = app
        self._random = chance
        self._ways: tuple[tuple[Callable[[], Sequence[Event]], int], ...] = (
            (self._bound_key, 50),
            (self._any_key, 14),
            (self._character, 12),
            (self._click, 10),
            (self._scroll, 4),
            (self._paste, 4),
            (self._resize, 3),
            (self._escape, 3),
        )
        self.last: list[str] = []
        self.screens = screens

    async def act(self, most: int) -> int:
        """Do a few things or many, one right behind the other or a little later; how many they were.

        Then wait until nothing more follows from them.
        """
        ways, weights = zip(*self._ways, strict=True)
        chosen = self._random.randint(1, min(most, self._random.choice(_AT_ONCE)))
        for done, way in enumerate(self._random.choices(ways, weights, k=chosen)):
            if not self._app.screen_stack:
                return done
            for event in way():
                screen = type(self._app.screen).__name__
                self.screens[screen] += 1
                self.last.append(f"{screen}: {event!r}"[:120])
                self._app.post_message(event)
            for _ in range(self._random.choice(_TURNS)):
                await asyncio.sleep(0)
        self.last = self.last[-60:]
        await nothing_to_do(max_sleep=0.1)
        return chosen

    def _bound_key(self) -> Sequence[Event]:
        bound = self._app.screen.active_bindings.items()
        leaves = ("app.quit", "quit") if self._random.random() < 0.9 else ()
        keys = sorted(key for key, what in bound if what.binding.action not in leaves and key not in _LEAVING)
        pressed = self._random.choice(keys or ["enter"])
        return [key_pressed(pressed) for _ in range(self._random.choice((1, 1, 1, 2)))]

    def _any_key(self) -> Sequence[Event]:
        return [key_pressed(self._random.choice(_LEAVING if self._random.random() < 0.02 else _KEYS))]

    def _character(self) -> Sequence[Event]:
        kind = self._random.random()
        if kind < 0.7:
            character = chr(self._random.randrange(0x20, 0x7F))
        else:
            character = chr(
                self._random.choice((0x430, 0x5D0, 0x301, 0x4E00, 0x1F600, 0x202E, 0x85, 0xE0041))
            )
        return [Key(_character_to_key(character), character)]

    def _click(self) -> Sequence[Event]:
        at = self._place()
        return mouse_clicked(at) * self._random.choice((1, 1, 1, 2))

    def _scroll(self) -> Sequence[Event]:
        kind = self._random.choice((MouseScrollDown, MouseScrollUp))
        return [_mouse(kind, self._place())] * self._random.choice((1, 1, 5))

    def _paste(self) -> Sequence[Event]:
        return [Paste(self._random.choice(_WORDS))]

    def _resize(self) -> Sequence[Event]:
        """Another size of the window; mostly one in which something can be seen."""
        size = Size(self._random.randint(1, WIDEST), self._random.randint(1, HIGHEST))
        if self._random.random() < 0.85:
            size = Size(*self._random.choice(((60, 15), (80, 24), (20, 5), (40, 12), (100, 30))))
        if isinstance(driver := self._app._driver, HeadlessDriver):
            driver._size = (size.width, size.height)
        return [Resize(size, size)]

    def _escape(self) -> Sequence[Event]:
        return [key_pressed("escape")]

    def _place(self) -> tuple[int, int]:
        width, height = self._app.size
        return self._random.randrange(max(1, width)), self._random.randrange(max(1, height))


def key_pressed(name: str) -> Key:
    """A key, as a terminal tells of it."""
    character = {"space": " ", "question_mark": "?", "slash": "/"}.get(name, name if len(name) == 1 else None)
    return Key(name, character)


def mouse_clicked(at: tuple[int, int]) -> list[Event]:
    """A click, as a terminal tells of it."""
    return [_mouse(kind, at) for kind in (MouseMove, MouseDown, MouseUp)]


def _mouse(kind: type[Any], at: tuple[int, int]) -> Event:
    x, y = at
    made: Event = kind(
        None,
        x,
        y,
        delta_x=0,
        delta_y=0,
        button=1,
        shift=False,
        meta=False,
        ctrl=False,
        screen_x=x,
        screen_y=y,
    )
    return made
