"""A browser for tests that open many pages: it reads every answer to its end, and leaves proof-reading to the tests of the pages."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Plain(FlaskClient):
    """A browser without scripts that keeps its cookies."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        response.get_data()
        response.close()
        return response
