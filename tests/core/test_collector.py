from __future__ import annotations

import gc

from trainer.core import collector


def test_what_was_loaded_while_the_collector_was_held_off_is_not_looked_through_again() -> None:
    try:
        collector.hold_off()
        assert not gc.isenabled()
        before = gc.get_freeze_count()
        collector.go_on()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
        gc.enable()
