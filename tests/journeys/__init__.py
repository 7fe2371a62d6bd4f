"""Whole journeys in a real browser. What their modules assert is explained when it fails, as in the tests themselves."""

import pytest

pytest.register_assert_rewrite("tests.journeys.answering", "tests.journeys.visiting")
