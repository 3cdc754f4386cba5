"""Small libraries written in the tests themselves, and the packaged one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from duly.clock import Calendars, load_calendars
from duly.law import Library, load

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def library() -> Library:
    """The packaged rulebooks."""
    return load()


@pytest.fixture(scope="session")
def calendars() -> Calendars:
    return load_calendars()
