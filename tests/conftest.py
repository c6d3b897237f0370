from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from settling import settle

from trainer.errors import called_with

if TYPE_CHECKING:
    from desk import Desk

settle()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # What shells start in the background ignores ctrl+c, and so would the programs that tests start and stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("local", deadline=None, suppress_health_check=_RELAXED)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=_RELAXED
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--trials", type=int, help="how often tests try what they try a few times else; with --timeout 0"
    )


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How many trials to do where so many are usual: as many as the command line says, if it does."""
    asked = request.config.getoption("--trials")
    return lambda usual: asked or usual


@pytest.fixture(autouse=True)
def no_test_opens_the_users_own_collection(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The default folders raise here, and lead nowhere in programs that a test starts.

    Nor is it told of a folder that another test named.
    """

    def refuse(kind: str) -> Path:
        raise AssertionError(f"a test asked for the user's own {kind} folder")

    called_with()
    monkeypatch.setattr("trainer.config._user_folder", refuse)
    monkeypatch.delenv("TRAINER_DATA", raising=False)
    monkeypatch.delenv("TRAINER_DECKS", raising=False)
    nowhere = str(tmp_path_factory.getbasetemp() / "nobody")
    monkeypatch.setenv("XDG_DATA_HOME", nowhere)
    monkeypatch.setenv("XDG_CONFIG_HOME", nowhere)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One folder with a small deck, and the interface over it."""
    from desk import Desk

    return Desk(tmp_path)
