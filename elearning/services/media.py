"""Media files of published courses, and of drafts for those who write them."""

from dataclasses import dataclass

from elearning.domain.permission import may
from elearning.services.work import Work
from elearning.store.queries import drafts, texts

KINDS = {
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "mp4": "video/mp4", "webm": "video/webm", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml", "vtt": "text/vtt", "pdf": "application/pdf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MediaFile:
    """Bytes and their type."""

    data: bytes
    kind: str


def media_file(work: Work, digest: str, name: str) -> MediaFile | None:
    """A file that some published edition holds under this digest, or some draft, for those who write; None for anything else."""
    kind = KINDS.get(name.rsplit(".", 1)[-1])
    data = texts.published_bytes(work.session, digest, name) if kind else None
    if data is None and kind and may(work.actor, "write texts"):
        data = drafts.saved_bytes(work.session, digest, name)
    return MediaFile(data, kind) if data is not None and kind else None
