"""A plain record, and one with a secret in every place where a PDF can keep one."""

from __future__ import annotations

import pytest
from tests.production.papers import full_of_secrets, plain_record


@pytest.fixture
def record() -> bytes:
    return plain_record()


@pytest.fixture
def secrets() -> bytes:
    return full_of_secrets()
