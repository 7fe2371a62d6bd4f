"""Environment → settings → application, for any WSGI server: `app:app`."""

from elearning.factory import build_app
from elearning.settings import read_settings

app = build_app(read_settings())
