"""Every table of the platform. Columns, named constraints and relationships; no rules."""

from elearning.store.models import arrangement, learning, notice, person, publishing, taking_in, text, unit

__all__ = ["arrangement", "learning", "notice", "person", "publishing", "taking_in", "text", "unit"]
