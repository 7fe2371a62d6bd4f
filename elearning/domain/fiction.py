"""An invented province: plausible names of people and units, titles, and how unevenly its units work.

Everything is drawn from the `rng` handed in, so that one seed gives one province. Words that would together give the
name of a well-known officeholder, and names of communes known to exist, are left out; other likenesses are chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import fold

PROVINCE = "Ủy ban nhân dân tỉnh An Khuê"
DOMAIN = "ankhue.example"
TWELVE = 12  # The people of the first commune, whose coordinator is one of the named accounts.
NAMED_IN_FIRST = 2  # The administrator and the trainer.
LEAST_PEOPLE = 24
MEAN_COMPLETE = 0.78
SLOW_UNITS = 0.15

_FIELDS = (
    "Văn hóa, Thể thao và Du lịch", "Nội vụ", "Tài chính", "Xây dựng", "Công Thương", "Nông nghiệp và Môi trường",
    "Tư pháp", "Khoa học và Công nghệ", "Giáo dục và Đào tạo", "Y tế", "Dân tộc và Tôn giáo", "Ngoại vụ",
)  # fmt: skip
_FIRST = (
    "Mộc", "Khuê", "Diệp", "Trúc", "Quế", "Hạc", "Nhạn", "Oanh", "Dao", "Tịnh", "Uyên", "Kha", "Khoan", "Liễu",
    "Nghi", "Quỳ", "Trác", "Đôn", "Dục", "Hiệp", "Hoàn", "Khải", "Lãng", "Du", "Hoan", "Huân", "Khiêm", "Lẫm",
    "Lịch", "Nhu", "Phác", "Phiên", "Sách", "Thạc", "Thiều", "Thư", "Thục", "Tiềm", "Trầm", "Tuân", "Vịnh", "Ưng",
    "Hàm", "Lựu", "Sim", "Trám", "Suối", "Bến", "Gò", "Lim",
)  # fmt: skip
_SECOND = (
    "Lâm", "Hạ", "Thượng", "Điền", "Trạch", "Hội", "Khê", "Đài", "Nguyên", "Thủy", "Trì", "Viên", "Hải", "Xuyên",
    "Tuyền", "Nham", "Kiều", "Cảnh", "Huân", "Đường", "Lộc", "Thái", "Thịnh", "Vượng", "Hưng", "Bằng", "Trung",
    "Đoài", "Đông", "Nam", "Bắc", "Tây", "Khánh", "Lương", "Tường", "Văn", "Bảo", "Quang", "Minh", "Đức", "Nghĩa",
    "Tín", "Thuận", "Mỹ", "Lai",
)  # fmt: skip
_REAL = frozenset((
    "Quế Lâm", "Quế Trung", "Quế Hội", "Trúc Lâm", "Hiệp Thuận", "Hiệp Đức", "Khoan Thái", "Hàm Thuận", "Hàm Đức",
    "Hàm Mỹ", "Nghi Lâm", "Nghi Đức", "Nghi Văn", "Nghi Thái", "Nghi Quang", "Nghi Trung", "Nghi Hưng", "Nghi Lộc",
    "Nghi Thịnh",
))  # fmt: skip
MOST_UNITS = 1800

_FAMILY = (
    ("Nguyễn", 315), ("Trần", 109), ("Lê", 89), ("Phạm", 69), ("Hoàng", 42), ("Vũ", 39), ("Phan", 28), ("Trương", 22),
    ("Bùi", 21), ("Đặng", 19), ("Đỗ", 19), ("Ngô", 17), ("Hồ", 15), ("Dương", 14), ("Đinh", 10), ("Đoàn", 9), ("Lâm", 7),
    ("Mai", 7), ("Trịnh", 7), ("Đào", 7), ("Cao", 6), ("Lý", 6), ("Hà", 6), ("Lưu", 5), ("Lương", 5), ("Thái", 4), ("Châu", 4),
    ("Tạ", 3), ("Phùng", 3), ("Chu", 3), ("Nông", 3), ("Vi", 2), ("Quách", 2), ("Lò", 2), ("Ứng", 1), ("Âu", 1),
)  # fmt: skip
_MEN = (
    (("Văn", 30), ("Đức", 9), ("Quang", 8), ("Hữu", 7), ("Minh", 6), ("Xuân", 6), ("Đình", 5), ("Ngọc", 5), ("Quốc", 5),
     ("Công", 4), ("Mạnh", 4), ("Anh", 3), ("Duy", 3), ("Viết", 2), ("", 3)),
    ("Tuấn Nam Hải Long Bình Đạt Quân Khánh Kiên Hiếu Việt Toàn Thịnh Hòa Phong Trung Đông Khoa "
    "Nghĩa Tiến Thành Tú Vinh Ân Ẩn Bách Bằng Cảnh Đăng Đệ Điệp Đoàn Khôi Luân Lực Nhân Ổn Quyết Sáng Tài Thái Thiện "
    "Thông Thuận Tín Trường Tường Ửng Ước Vũ Vượng Ý"),
)  # fmt: skip
_WOMEN = (
    (("Thị", 34), ("Thị Thu", 9), ("Thị Thanh", 8), ("Thị Ngọc", 8), ("Thị Hồng", 7), ("Thị Minh", 5), ("Ngọc", 5),
     ("Thu", 5), ("Thùy", 4), ("Phương", 4), ("Hồng", 4), ("Thị Mỹ", 3), ("Bích", 3), ("", 1)),
    ("Hương Hà Hằng Thủy Hoa Nga Mai Trang Linh Anh Ánh Ngọc Nhung Phượng Thảo Hiền Hạnh Oanh Yến Vân Loan Liên "
    "Dung Diệp Diệu Duyên Đào Giang Hậu Huyền Khuyên Lý Mơ Na Nhàn Nhi Quỳnh Quyên Sen Tâm Thắm Thơm Thu Thúy "
    "Tuyết Tươi Uyên Ưng Vui Xoan Ý Ất Ên"),
)  # fmt: skip

_LEADERS = {
    "department": (("Giám đốc Sở", "Người phát ngôn"), ("Phó Giám đốc Sở", "Người được ủy quyền phát ngôn"),
                   ("Chánh Văn phòng Sở", "Đầu mối cung cấp thông tin")),
    "commune": (("Chủ tịch Ủy ban nhân dân", "Người phát ngôn"),
                ("Phó Chủ tịch Ủy ban nhân dân", "Người được ủy quyền phát ngôn"),
                ("Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Đầu mối cung cấp thông tin")),
}  # fmt: skip
_STAFF = {
    "department": ("Phó Giám đốc Sở", "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên chính", "Chuyên viên", "Chuyên viên"),
    "commune": ("Phó Chủ tịch Ủy ban nhân dân", "Trưởng phòng Văn hóa - Xã hội", "Phó Trưởng phòng Kinh tế",
                "Công chức Văn hóa - Xã hội", "Công chức Tư pháp - Hộ tịch", "Chuyên viên", "Chuyên viên"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FictionalUnit:
    """A unit right below the province; `kind` is department or commune."""

    name: str
    kind: str


def units(rng: Random, count: int) -> tuple[FictionalUnit, ...]:
    """So many departments and communes, about one department to nine communes, no name twice.

    Raises Mistaken for fewer than two, or more than there are names for.
    """
    if not 2 <= count <= MOST_UNITS:
        raise Mistaken(message("Choose from 2 to %(most)s units.", most=MOST_UNITS))
    fields = _FIELDS[: min(len(_FIELDS), max(1, round(count * 12 / 118)))]
    departments = [FictionalUnit(f"Sở {field} tỉnh An Khuê", "department") for field in fields]
    names = [f"{a} {b}" for a in _FIRST for b in _SECOND if f"{a} {b}" not in _REAL and a != b]
    chosen = ["Mộc Lâm", *rng.sample([name for name in names if name != "Mộc Lâm"], count - len(fields) - 1)]
    kinds = ["xã", *(rng.choices(("xã", "phường"), (84, 16))[0] for _ in chosen[1:])]
    communes = [
        FictionalUnit(f"Ủy ban nhân dân {kind} {name}", "commune") for kind, name in zip(kinds, chosen, strict=True)
    ]
    return (*departments, *communes)


def first_commune(below: Sequence[FictionalUnit]) -> int:
    """The place of the commune that has twelve people."""
    return next(place for place, unit in enumerate(below) if unit.kind == "commune")


def heads(rng: Random, people: int, below: Sequence[FictionalUnit]) -> list[int]:
    """How many people each unit has, together `people`: departments about three times as many as communes.

    The first commune has twelve, the first unit at least the two that are named there; one person more sits in the
    province itself. Raises Mistaken for fewer people than that leaves room for.
    """
    if people + 1 < LEAST_PEOPLE:
        raise Mistaken(message("Choose at least %(least)s people.", least=LEAST_PEOPLE))
    fixed = first_commune(below)
    weights = [(3.0 if unit.kind == "department" else 1.0) * rng.uniform(0.6, 1.4) for unit in below]
    weights[fixed] = 0.0
    spread = people - TWELVE - NAMED_IN_FIRST
    counts = [int(spread * weight / sum(weights)) for weight in weights]
    for place in [place for place in range(len(below)) if place != fixed][: spread - sum(counts)]:
        counts[place] += 1
    counts[0] += NAMED_IN_FIRST
    counts[fixed] = TWELVE
    return counts


def rates(rng: Random, counts: Sequence[int]) -> list[float]:
    """For each unit the share of its people who complete: about 78 % of all, in some units less than 60 %."""
    order = rng.sample(range(len(counts)), len(counts))
    slow = set(order[: round(len(counts) * SLOW_UNITS)])
    drawn = [rng.uniform(0.30, 0.55) if place in slow else rng.uniform(0.72, 0.98) for place in range(len(counts))]
    fast = sum(drawn[place] * counts[place] for place in range(len(counts)) if place not in slow)
    missing = MEAN_COMPLETE * sum(counts) - sum(drawn[place] * counts[place] for place in slow)
    scale = missing / fast if fast else 1.0
    return [rate if place in slow else min(1.0, rate * scale) for place, rate in enumerate(drawn)]


def person_name(rng: Random) -> str:
    """A full name as on an ID card, family names in their usual shares."""
    middles, given = rng.choice((_MEN, _WOMEN))
    family = rng.choices([name for name, _ in _FAMILY], [share for _, share in _FAMILY])[0]
    middle = rng.choices([name for name, _ in middles], [share for _, share in middles])[0]
    return " ".join(part for part in (family, middle, rng.choice(given.split())) if part)


def title(rng: Random, kind: str, place: int) -> tuple[str, str]:
    """The title, and the duty in speaking to the press, of the person at a place in a unit, counted from 0."""
    if place < len(_LEADERS[kind]):
        return _LEADERS[kind][place]
    return rng.choice(_STAFF[kind]), ""


def mail_address(name: str, ordinal: int) -> str:
    """An address below a domain that can never exist, unlike anybody else's by its number.

    >>> mail_address("Đặng Thị Ý Nhi", 17)
    'nhi.dang17@ankhue.example'
    """
    words = fold(name).split(" ")
    return f"{words[-1]}.{words[0]}{ordinal}@{DOMAIN}"


def staff_code(ordinal: int) -> str:
    """A staff code such as AK-00017."""
    return f"AK-{ordinal:05d}"


def phone(ordinal: int) -> str:
    """A telephone number that reaches nobody: no number in Viet Nam begins with 010."""
    return f"010{ordinal:07d}"
