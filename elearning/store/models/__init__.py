"""Every table of the platform. Columns, named constraints and relationships; no rules."""

from elearning.store.models import learning, notice, person, text, unit

__all__ = ["learning", "notice", "person", "text", "unit"]
