"""What a file of sound or video is, by its first bytes and never by its name."""

LONGEST_START = 64
_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"}


def media_kind(start: bytes) -> str | None:
    """The media type of a file from its first 64 bytes; None for what is neither sound nor video.

    WebM and Matroska (EBML), Ogg, MP4 and its kin (`ftyp` at byte 4), MP3 (ID3 or a frame), WAV (RIFF…WAVE), FLAC.

    >>> media_kind(b"RIFF\\x00\\x00\\x00\\x00WAVEfmt ")
    'audio/wav'
    """
    if start.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    if start.startswith(b"OggS"):
        return "audio/ogg"
    if start[4:8] == b"ftyp":
        return _BRANDS.get(start[8:12], "video/mp4")
    if start.startswith(b"ID3") or (len(start) > 1 and start[0] == 0xFF and start[1] & 0xE6 in (0xE2, 0xE4, 0xE6)):
        return "audio/mpeg"
    if start.startswith(b"RIFF") and start[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/flac" if start.startswith(b"fLaC") else None
