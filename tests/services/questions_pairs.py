"""Questions of graded choices, match and sort for the small course, and the same where something else is right."""

QUESTIONS: dict[str, str] = {
    "muc-do": """## Nên làm gì trước? {#muc-do}

- [100%] Hẹn giờ trả lời
- [1/3] Hỏi lại câu hỏi
  > Chưa đủ.
- [0%] Im lặng
- [-50%] Đoán
  > Không nên.

{: points=1 }
""",
    "nhieu-muc": """## Những việc nào nên làm? {#nhieu-muc}

- [50%] Ghi tên phóng viên
- [50%] Ghi câu hỏi
- [-50%] Nói ngay ý riêng

{: points=2 pick=several }
""",
    "ghep": """## Ai làm việc gì? {#ghep}

| Người | Việc |
| --- | --- |
| Thư ký | Ghi lại |
| Trưởng nhóm | Duyệt |
| Người phát ngôn | Trả lời |
| | Dịch |

{: points=3 }
""",
    "nhom": """## Xếp vào nhóm nào? {#nhom}

| Thông tin | Nhóm |
| --- | --- |
| Số liệu đã kiểm tra | Được nói |
| Lời đồn | Chưa được nói |
| Lịch họp báo | Được nói |
| Tên nạn nhân | Chưa được nói |

{: points=2 }
""",
}


def _instead(key: str, *pairs: tuple[str, str]) -> str:
    """The text with each first part swapped for its second, all at once."""
    text = QUESTIONS[key]
    for place, (was, _) in enumerate(pairs):
        text = text.replace(was, f"\0{place}\0", 1)
    for place, (_, becomes) in enumerate(pairs):
        text = text.replace(f"\0{place}\0", becomes, 1)
    return text


OTHERWISE: dict[str, list[str]] = {
    "muc-do": [
        _instead("muc-do", ("[100%]", "[-50%]"), ("[-50%]", "[100%]")),
        _instead("muc-do", ("[100%]", "[0%]"), ("[1/3]", "[66,7%]"), ("[0%]", "[100%]")),
        _instead("muc-do", ("  > Chưa đủ.\n", ""), ("- [0%] Im lặng", "- [0%] Im lặng\n  > Không phải.")),
    ],
    "nhieu-muc": [
        _instead("nhieu-muc", ("[50%]", "[-100%]"), ("[-50%]", "[100%]")),
        _instead("nhieu-muc", ("[50%] Ghi tên", "[100%] Ghi tên"), ("[50%] Ghi câu", "[0%] Ghi câu")),
    ],
    "ghep": [
        _instead("ghep", ("Ghi lại", "Duyệt"), ("Duyệt", "Trả lời"), ("Trả lời", "Ghi lại")),
        _instead("ghep", ("Duyệt", "Dịch"), ("Dịch", "Duyệt")),
        _instead("ghep", ("| Thư ký", "| | Dịch |\n| Thư ký"), ("| | Dịch |\n", "")),
    ],
    "nhom": [
        _instead(
            "nhom", ("kiểm tra | Được nói", "kiểm tra | Chưa được nói"), ("đồn | Chưa được nói", "đồn | Được nói")
        ),
        _instead("nhom", ("họp báo | Được nói", "họp báo | Chưa được nói")),
        _instead(
            "nhom", ("| Lời đồn | Chưa được nói |\n", ""), ("| Số liệu", "| Lời đồn | Chưa được nói |\n| Số liệu")
        ),
    ],
}
