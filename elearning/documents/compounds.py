"""Vietnamese words of two syllables that a title should not part at the end of a line."""

import re
from typing import Final

COMPOUNDS: Final = (
    "an ninh", "ban hành", "báo chí", "bảo vệ", "bồi dưỡng", "cán bộ", "chính phủ", "chính quyền", "chính sách",
    "chứng nhận", "chuyên đề", "chuyên nghiệp", "chương trình", "công bố", "công chức", "công khai", "công tác",
    "cung cấp", "cơ bản", "cơ quan", "dư luận", "du lịch", "đào tạo", "đặc khu", "đơn vị", "giao tiếp", "hành chính",
    "hoàn thành", "họp báo", "khóa học", "khủng hoảng", "kiểm tra", "kỹ năng", "lãnh đạo", "môi trường", "mạng xã hội",
    "nâng cao",
    "ngôn ngữ", "người dân", "nhà nước", "nhân dân", "nông nghiệp", "pháp luật", "phát ngôn", "phóng viên",
    "phòng ngừa", "quản lý", "quy định", "sự cố", "tập huấn", "thể thao", "thông điệp", "thông tin", "thời hạn",
    "thực hành", "tình huống", "trả lời", "truyền thông", "tư pháp", "ứng xử", "văn hóa", "viên chức", "xã hội",
    "xử lý", "y tế", "ủy ban",
)  # fmt: skip
NO_BREAK_SPACE: Final = "\u00a0"
_FOUND: Final = re.compile(
    r"\b(?:" + "|".join(sorted(COMPOUNDS, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


_LEADING: Final = re.compile(r"\b(và|của|cho|với|về) ", re.IGNORECASE)
"""Small words that belong to what follows them and look lost at the end of a line."""


def joined(text: str) -> str:
    """Put no-break spaces inside the compounds of `text`, which is in NFC, and after its small linking words.

    >>> joined("Kỹ năng phát ngôn và ứng xử").split(" ")
    ['Kỹ\\xa0năng', 'phát\\xa0ngôn', 'và\\xa0ứng\\xa0xử']
    """
    whole = _FOUND.sub(lambda found: found.group().replace(" ", NO_BREAK_SPACE), text)
    return _LEADING.sub(rf"\g<1>{NO_BREAK_SPACE}", whole)
