from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from author_desk import ARTICLE
from desk import FORMS, Desk, a_second_each, assert_clean, text_of
from hostile import decks
from hostile.texts import TEXTS
from monkey import Monkey
from settling import nothing_to_do

from trainer.collection import Collection
from trainer.collection.authoring import Bench
from trainer.core.catalogue import Filter
from trainer.core.quiz import Request
from trainer.core.scheduling import Scheduler
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.palette import Palette
from trainer.tui.screens.author import AuthorScreen
from trainer.tui.screens.author_panels import OnePanel
from trainer.tui.screens.browse import BrowseScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel, ProblemsPanel
from trainer.tui.screens.pick import PickPanel
from trainer.tui.screens.quiz import QuizScreen
from trainer.tui.screens.quiz_result import QuizResultScreen
from trainer.tui.screens.quiz_setup import QuizSetupScreen
from trainer.tui.screens.statistics import StatisticsScreen
from trainer.tui.screens.study import StudyScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.timeline import TimelineScreen

USUAL = 240
"""Events in the whole suite; `--trials 100000 --timeout 0 -n 2` is the long run, a half in each process."""
_LIVES = 600
"""Events after which another program begins."""
_LOOKS = 50
_LONG = 10_000
"""Events from which on every screen has to have been reached."""
SCREENS = (
    *(HomeScreen, StudyScreen, SummaryScreen, BrowseScreen, AuthorScreen, TimelineScreen, StatisticsScreen),
    *(QuizSetupScreen, QuizScreen, QuizResultScreen, Palette, Panel, ProblemsPanel, PickPanel, OnePanel),
)
EVENTS = """\
title: What happened
notes:
  - {id: war, type: event, what: A war begins, who: Armenia, did: began, whom: it, when: 2020-09-27,
     source: report#1}
  - {id: peace, type: event, what: A war ends, who: Russia, did: ended, when: 2020-11-10, where: Yerevan,
     answers: war}
  - {id: recall, type: event, what: An ambassador goes, who: [Belarus], when: 2024-06-13}
"""


@pytest.fixture
def jungle(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Decks sound, harmful and broken; editors and browsers that do nothing; no way to other folders."""
    for name, place in (("HOME", desk.folder), ("XDG_DOWNLOAD_DIR", desk.folder)):
        monkeypatch.setenv(name, str(place))
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.chdir(desk.folder)
    texts = list(TEXTS.values())
    desk.write("forms", FORMS)
    desk.write("events", EVENTS)
    desk.write("broken", "title: [\n")
    desk.write("harmful", decks.deck(texts[::5]))
    sources = (desk.folder / "decks" / "sources.yaml").read_text(encoding="utf-8")
    desk.write("sources", sources + decks.sources(texts))
    articles = desk.folder / "articles"
    articles.mkdir()
    (articles / "report.txt").write_text(ARTICLE, encoding="utf-8")
    (articles / "evil.txt").write_text("\n\n".join(texts), encoding="utf-8")
    desk.config = desk.config._replace(editor="true", articles=str(articles), new_per_day=9999)
    return desk


def begun(desk: Desk, life: int) -> TrainerApp:
    """The interface, begun in one of the ways in which it can be begun."""
    collection = desk.collection()
    make = partial(TrainerApp, collection, monotonic=a_second_each(), pause=0.0)
    match life % 6:
        case 0:
            session = collection.start(
                Selection(decks=(("harmful", "forms", "capitals", "events")[life // 6 % 4],))
            )
            return make(session=session)
        case 1:
            bench = Bench(
                collection,
                desk.folder / "decks" / f"{('forms', 'written', 'events')[life // 6 % 3]}.yaml",
                article=desk.folder / "articles" / f"{('report', 'evil')[life // 6 % 2]}.txt",
            )
            return make(bench=bench)
        case 2:
            return make(browse=Filter())
        case 3:
            quiz = collection.quizzes.begin(Request(count=(1, 5)[life // 6 % 2], seed=str(life)))
            return make(quiz=quiz)
    return make()


class Seen:
    """The screens that were reached, by how much was done on each, and looks at what they show."""

    def __init__(self) -> None:
        self.screens: Counter[str] = Counter()

    def look(self, app: TrainerApp) -> None:
        """What is painted steers no terminal."""
        shown = text_of(app)
        for line in shown.split("\n"):
            if not line.isprintable():
                print(ascii(line))
        assert_clean(shown)


def assert_consistent(collection: Collection) -> None:
    """What is remembered of each card is what its log comes to."""
    scheduler = Scheduler(collection.config.scheduling())
    memory = collection.store.memory()
    for card in collection.cards():
        assert memory.get(card.id) == scheduler.replay(collection.store.history(card.id)), card.id


async def lived(desk: Desk, life: int, events: int, seen: Seen) -> int:
    """One life of the program, until that many events have come or it has been quit; how many came."""
    chance = Random(life)
    app = begun(desk, life)
    monkey = Monkey(app, chance, seen.screens)
    done = look = 0
    try:
        async with app.run_test(size=chance.choice(((60, 15), (80, 24), (40, 12), (100, 30)))):
            while done < events and app._exit is False and app.is_running:
                done += await monkey.act(events - done)
                if done >= look and app.is_running and not app._exit:
                    look = done + _LOOKS
                    await nothing_to_do(max_sleep=5)
                    seen.look(app)
            app.exit()
            await nothing_to_do(max_sleep=0.1)
    except BaseException:
        print(f"life {life}:", *monkey.last, sep="\n")
        raise
    return done


@pytest.mark.parametrize("first", [0, 1_000_002])
async def test_a_monkey_at_the_keyboard_breaks_nothing(
    jungle: Desk, trials: Callable[[int], int], first: int
) -> None:
    wanted, done, life = trials(USUAL) // 2, 0, first
    seen = Seen()
    most = _LIVES if wanted >= _LIVES else 40
    while done < wanted:
        done += max(1, await lived(jungle, life, min(most, wanted - done), seen))
        life += 1
        print(f"life {life - first}: {done:,} events so far", flush=True)
        assert_consistent(jungle.collection())
        jungle.clock.forward(hours=7)
    print(f"{done:,} events in {life - first} lives, on {dict(seen.screens.most_common())}")
    assert len(seen.screens) >= 3
    assert wanted < _LONG or {kind.__name__ for kind in SCREENS} <= set(seen.screens)
