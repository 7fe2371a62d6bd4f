"""The escaping of values in templates, without the wrapping that only Python code needs.

`markupsafe.escape` gives a Markup, so that what was escaped is not escaped again; a template writes the text down at once. Making
the Markup costs four times what escaping does, and a page has some hundreds of values.
"""

from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]  # the heart of `escape`; a test holds that the two say the same


def escape(value: object) -> str:
    """The text of a value in HTML; what is HTML already stays as it is."""
    if type(value) is str:
        return _escape_inner(value)
    if isinstance(value, Markup):
        return value
    if type(value) is int:
        return str(value)
    told = getattr(value, "__html__", None)
    return str(told()) if told is not None else str(_escape_inner(str(value)))
