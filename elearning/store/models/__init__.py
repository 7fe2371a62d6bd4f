"""Every table of the platform. Columns, named constraints and relationships; no rules."""

from elearning.store.models import learning, person, text, unit

__all__ = ["learning", "person", "text", "unit"]
