"""Tests that really read words: only where the extra for it is installed."""

import pytest

from juxian.papers.words import can_read


def pytest_runtest_setup(item):
    if not can_read():
        pytest.skip("nobody reads words here: pip install -r requirements/ocr.txt")
