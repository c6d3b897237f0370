"""Settings from one TOML file, and where everything lives. Plain commands start through here."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.core.fsrs6 import Curve
    from trainer.core.grading import DateOrder, RatingRules
    from trainer.core.scheduling import SchedulingSettings

_STEP = re.compile(r"(\d{1,4})([smhd])")
_OWN_DECKS = "decks"
_LONGEST = 1_000_000
"""Bytes of a settings file that is read."""
_LONGEST_KEY = 200
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


ACTIONS = (
    *("reveal", "pick_marked", "take_proposed", "hint", "undo", "sources", "flag", "bury", "suspend"),
    *("leave", "help", "study", "study_all", "cram", "problems", "go_on", "missed", "home", "quit"),
    *(
        "quit_here",
        "bring_back",
        "more_new",
        "confidence",
        "submit",
        "dont_know",
        "toggle",
        "move_up",
        "move_down",
    ),
    *("quiz", "statistics", "begin", "resume", "choose", "next_question", "previous_question"),
    *("flag_question", "hand_in", "same", "new_test", "overrule", "open_link", "understood"),
    *("browse", "search", "select", "select_all", "forget", "study_found", "show_card", "sort", "sort_back"),
    *("filter_deck", "filter_type", "filter_state", "filter_tag", "filter_source", "filter_name"),
    *("timeline", "event_cards", "reply", "decks", "edit"),
    *("write", "new_note", "take_answer", "take_cloze", "take_quote", "take_words", "cite_too", "edit_note"),
    *("save", "save_next", "change_type", "more_fields", "other_side", "turn_back", "turn_on"),
    *("delete_note", "redo", "period", "by", "clear_filters", "export_report"),
)
"""What `keys` may give other keys to."""


class Config(NamedTuple):
    """What `config.toml` may set; every setting has a sane default.

    Steps, `easy_within` and `hard_after` in seconds, `maximum_interval` in days; `desired_retention`,
    `good_from` and `hard_from` as a share of 1; `parameters` are the 21 of FSRS-6, or none for its defaults.
    `articles` is the path of a folder with local copies of articles, or empty; `editor` a command, or empty.
    A card with `leech_lapses` lapses is a leech. `backups` says whether one is made a study day. `keys`
    maps the names of actions to keys.
    """

    rollover_hour: int = 4
    new_per_day: int = 20
    desired_retention: float = 0.9
    maximum_interval: int = 36_500
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    fuzz: bool = True
    parameters: tuple[float, ...] = ()
    date_order: DateOrder = "ask"
    good_from: float = 0.9
    hard_from: float = 0.6
    easy_within: float = 0
    hard_after: float = 60
    theme: str = "dark"
    articles: str = ""
    editor: str = ""
    leech_lapses: int = 8
    backups: bool = True
    keys: Mapping[str, str] = {}

    @property
    def articles_folder(self) -> Path | None:
        """Where local copies of articles lie, as `<source id>.txt`."""
        return Path(self.articles) if self.articles else None

    @property
    def scheduling_key(self) -> str:
        """A text that changes whenever the schedule of the same reviews would."""
        return repr(self[2:8] if self.parameters else self[2:7])

    @property
    def curve(self) -> Curve:
        """How memories fade, by the parameters in force."""
        from trainer.core.fsrs6 import Curve

        return Curve(self.parameters[20]) if self.parameters else Curve()

    def scheduling(self) -> SchedulingSettings:
        """The settings that the scheduler takes."""
        from trainer.core.scheduling import SchedulingSettings

        return SchedulingSettings(
            parameters=self.parameters,
            desired_retention=self.desired_retention,
            maximum_interval=self.maximum_interval,
            learning_steps=self.learning_steps,
            relearning_steps=self.relearning_steps,
            fuzz=self.fuzz,
        )

    def rating_rules(self) -> RatingRules:
        """How a score and the time taken become a suggested rating."""
        from trainer.core.grading import RatingRules

        return RatingRules(
            good_from=self.good_from,
            hard_from=self.hard_from,
            easy_within=self.easy_within,
            hard_after=self.hard_after,
        )


class Places(NamedTuple):
    """Where things live: the progress file, the settings file, and the decks folders or files."""

    progress: Path
    settings: Path
    decks: tuple[Path, ...]

    @property
    def own_decks(self) -> Path:
        """The folder of the user's own decks, beside the progress; it need not exist."""
        return self.progress.parent / _OWN_DECKS

    def new_deck(self, name: str) -> Path:
        """Where a new deck goes: a path as it is, a name to the first folder that is not the program's."""
        path = _expanded(name)
        if path.suffix in (".yaml", ".yml"):
            return path
        if path.name != name:
            return path.with_name(f"{path.name}.yaml")
        bundled = bundled_decks().resolve()
        folders = (folder for folder in self.decks if folder.is_dir() and folder.resolve() != bundled)
        return next(folders, self.own_decks) / f"{name}.yaml"


def places(*, data: str | None = None, decks: tuple[str, ...] = ()) -> Places:
    """Decide where things live: an option, else the environment, else the user's own folders.

    A data folder chosen by hand holds the settings file as well. Where no decks are named, they are those
    that come with the program and the user's own, in `decks` in the data folder.
    """
    folder = data or os.environ.get("TRAINER_DATA")
    chosen = decks or tuple(filter(None, os.environ.get("TRAINER_DECKS", "").split(os.pathsep)))
    deck_paths = tuple(map(_expanded, chosen))
    for name, path in zip(chosen, deck_paths, strict=True):
        if not name or not path.exists():
            raise UsageError(f"{name or 'an empty path'}: no such decks folder or deck file")
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            raise UsageError(f"{path}: this decks folder cannot be read")
    home = _expanded(folder) if folder else _user_folder("data")
    if not deck_paths:
        own = home / _OWN_DECKS
        deck_paths = (own, bundled_decks()) if own.is_dir() else (bundled_decks(),)
    settings = home if folder else _user_folder("config")
    return Places(home / "progress.db", settings / "config.toml", deck_paths)


def _expanded(path: str) -> Path:
    """A path whose `~` is a home folder."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{path}: there is no such home folder") from error


def bundled_decks() -> Path:
    """The decks that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


def is_bundled(deck: Path) -> bool:
    """Whether a deck file is part of the program."""
    return bundled_decks().resolve() in deck.resolve().parents


def load(path: Path) -> Config:
    """Read the settings file; without one, the defaults. Raises UsageError naming the setting."""
    try:
        text = _content(path).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or error
        raise UsageError(f"{path}: cannot be read: {reason}") from error
    import tomllib

    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise UsageError(f"{path}: nested too deeply") from error
    except ValueError as error:  # Also a number of more digits than Python takes.
        raise UsageError(f"{path}: {error}") from error
    return Config(**{key: _checked(path, key, value) for key, value in table.items()})


def _content(path: Path) -> bytes:
    """What the settings file holds; a pipe that nobody fills and an endless file raise OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("it is not a regular file")
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise OSError(f"it is larger than {_LONGEST // 1000} kB")
    return content


def _checked(path: Path, key: str, value: Any) -> Any:
    if key not in Config._fields:
        raise UsageError(
            f"{path}: unknown setting '{key}'", hint=f"the settings are {', '.join(Config._fields)}"
        )
    if key == "keys" and isinstance(value, dict):
        for action in value:
            if action not in ACTIONS:
                raise UsageError(f"{path}: no action '{action}' to give keys to", hint=", ".join(ACTIONS))
    rule, wanted = _RULES[key]
    if not rule(value):
        raise UsageError(f"{path}: {key} must be {wanted}")
    if key == "articles" and value:
        try:
            return str(path.parent / _expanded(value))
        except UsageError as error:
            raise UsageError(f"{path}: {key}: {error}") from error
    if key == "parameters":
        return tuple(map(float, value))
    return tuple(map(_seconds, value)) if key.endswith("_steps") else value


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_share(value: object) -> bool:
    return _is_number(value, 0, 1)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_key(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_KEY


def _are_seconds(value: object) -> bool:
    return _is_number(value, 0, 3600)


def _are_steps(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(step, str) and _seconds(step) > 0 for step in value)


def _are_parameters(value: object) -> bool:
    from trainer.core.fsrs6 import can_be

    return isinstance(value, list) and (not value or can_be(value))


def _seconds(step: str) -> int:
    found = _STEP.fullmatch(step)
    return int(found[1]) * _SECONDS[found[2]] if found else 0


_RULES: dict[str, tuple[Any, str]] = {
    "rollover_hour": (lambda value: _is_whole(value, 0, 23), "an hour from 0 to 23"),
    "new_per_day": (lambda value: _is_whole(value, 0, 9999), "a number from 0 to 9999"),
    "desired_retention": (
        lambda value: isinstance(value, float) and 0.7 <= value <= 0.99,
        "a share from 0.7 to 0.99",
    ),
    "maximum_interval": (lambda value: _is_whole(value, 1, 36_500), "days from 1 to 36500"),
    "learning_steps": (_are_steps, 'a list of steps such as ["1m", "10m"]'),
    "relearning_steps": (_are_steps, 'a list of steps such as ["10m"]'),
    "fuzz": (lambda value: isinstance(value, bool), "true or false"),
    "parameters": (_are_parameters, "the 21 numbers of FSRS-6, each within its bounds"),
    "date_order": (lambda value: value in ("ask", "dmy", "mdy"), '"ask", "dmy" or "mdy"'),
    "good_from": (_is_share, "a share from 0 to 1"),
    "hard_from": (_is_share, "a share from 0 to 1"),
    "easy_within": (_are_seconds, "seconds from 0 to 3600, 0 for never"),
    "hard_after": (_are_seconds, "seconds from 0 to 3600, 0 for never"),
    "leech_lapses": (lambda value: _is_whole(value, 1, 99), "a number from 1 to 99"),
    "backups": (lambda value: isinstance(value, bool), "true or false"),
    "theme": (lambda value: value in ("dark", "light"), '"dark" or "light"'),
    "articles": (_is_path, "the path of a folder"),
    "editor": (_is_path, "the command of an editor"),
    "keys": (
        lambda value: isinstance(value, dict) and all(map(_is_key, value.values())),
        "a table of actions and keys",
    ),
}


def _user_folder(kind: str) -> Path:
    import platformdirs

    if kind == "data":
        return platformdirs.user_data_path("trainer", appauthor=False)
    return platformdirs.user_config_path("trainer", appauthor=False)
