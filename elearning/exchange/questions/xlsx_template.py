"""The form for questions in Excel with an example of each type. The places and people in them are made up."""

from fractions import Fraction

from elearning.domain.questions import datetime, number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import gap
from elearning.domain.questions.moments import read_moment
from elearning.domain.written import (
    Blanks,
    Choice,
    Choices,
    Criterion,
    Faults,
    Mark,
    Nothing,
    Pair,
    Pairs,
    Recording,
    Rubric,
    Statement,
    WrittenQuestion,
)
from elearning.exchange.questions.xlsx_writing import write

_RIGHT, _HALF = Fraction(1), Fraction(1, 2)
_MOMENT = read_moment("14:00 22/11/2027")
_RUBRIC = Rubric(
    "Tiêu chí",
    (Fraction(0), Fraction(1), Fraction(2)),
    (
        Criterion("Nêu điều đã xác minh", ("Không nêu", "Nêu một phần", "Nêu đủ")),
        Criterion("Nêu lần thông tin tiếp theo", ("Không nêu", "Nêu chung chung", "Nêu rõ giờ")),
    ),
)


def _choices(*options: Choice, several: bool = False) -> Choices:
    return Choices(options, several=several)


EXAMPLES = (
    WrittenQuestion("vi-du-mot-lua-chon", "one", "Người phát ngôn vắng mặt. Ai trả lời báo chí? (ví dụ)", _choices(
        Choice("Bất kỳ ai có mặt", feedback="Người không được giao thì không phát ngôn thay cơ quan."),
        Choice("Người được ủy quyền", _RIGHT), Choice("Không ai trong các người trên", keep=True)),
        explanation="Chỉ người được giao hoặc được ủy quyền trả lời.", difficulty=1, tags=("vi-du",)),
    WrittenQuestion("vi-du-nhieu-lua-chon", "several", "Thông cáo đầu tiên cần có những gì? (ví dụ)", _choices(
        Choice("Điều đã xác minh", _RIGHT), Choice("Lời đoán về nguyên nhân"), Choice("Giờ thông tin tiếp theo", _RIGHT))),
    WrittenQuestion("vi-du-trong-so", "graded", "Câu trả lời nào tốt nhất? (ví dụ)", _choices(
        Choice("Nêu rõ điều chưa biết và hẹn giờ", _RIGHT), Choice("Chỉ nói chưa có thông tin", _HALF), Choice("Không bình luận"))),
    WrittenQuestion("vi-du-tra-loi-ngan", "short", "Viết đủ chữ của từ viết tắt UBND. (ví dụ)", short.Body(("Ủy ban nhân dân",))),
    WrittenQuestion("vi-du-so", "number", "Một ngày có bao nhiêu giờ? (ví dụ)", number.Body((number.Accepted(Fraction(24)),), "giờ")),
    WrittenQuestion("vi-du-thoi-diem", "datetime", "Buổi họp báo giả định bắt đầu lúc nào? (ví dụ)",
        datetime.Body((datetime.Accepted(_MOMENT.minutes if _MOMENT else 0),)), "Thư mời ghi: 14 giờ ngày 22/11/2027."),
    WrittenQuestion("vi-du-sap-thu-tu", "order", "Xếp các việc theo thứ tự. (ví dụ)", _choices(
        Choice("Xác minh"), Choice("Soạn nội dung"), Choice("Thông tin cho báo chí"))),
    WrittenQuestion("vi-du-ghep-cap", "match", "Ghép mỗi việc với người làm. (ví dụ)", Pairs(("Nội dung", "Ghép với"), (
        Pair("Phát ngôn", "Người phát ngôn"), Pair("Đưa tin", "Phóng viên"), Pair("", "Khán giả")))),
    WrittenQuestion("vi-du-phan-nhom", "sort", "Xếp mỗi câu vào một nhóm. (ví dụ)", Pairs(("Nội dung", "Ghép với"), (
        Pair("Đã xác minh", "Nói được"), Pair("Đã công bố", "Nói được"), Pair("Bí mật nhà nước", "Không nói")))),
    WrittenQuestion("vi-du-dien-cho-trong", "blanks", "Điền vào chỗ trống. (ví dụ)", Blanks(
        f"Một ngày có {gap(1)} giờ, một giờ có {gap(2)} phút.", (Blank(("24", "hai mươi bốn")), Blank(options=("60", "100"), right=0)))),
    WrittenQuestion("vi-du-danh-dau-loi", "faults", "Đánh dấu chỗ sai. (ví dụ)", Faults(
        f"Một ngày có {gap(1)}, một giờ có {gap(2)}.", (Mark("25 giờ", True), Mark("60 phút", False)))),
    WrittenQuestion("vi-du-tu-luan", "statement", "Viết lời phát ngôn đầu tiên về vụ cháy giả định. (ví dụ)", Statement(_RUBRIC, 60, 150)),
    WrittenQuestion("vi-du-ghi-am", "recording", "Nói lời mở đầu họp báo. (ví dụ)", Recording(_RUBRIC, 60)),
    WrittenQuestion("vi-du-doan-dan", "description", "Đọc tình huống sau. (ví dụ)", Nothing(), "Một xã giả định có cháy chợ lúc nửa đêm."),
    WrittenQuestion("vi-du-tham-do", "poll", "Bạn đọc hỏi cơ quan qua đâu nhiều nhất? (ví dụ)", _choices(
        Choice("Điện thoại"), Choice("Mạng xã hội"), several=True)),
    WrittenQuestion("vi-du-thang-do", "likert", "Tôi thấy vững tin khi trả lời báo chí. (ví dụ)", _choices()),
)  # fmt: skip


def template() -> bytes:
    """The form as a workbook."""
    return write(EXAMPLES, str).data
