"""The texts of the bench: a course for the journey and one for the sitting, so that no change of the shipped courses moves a figure."""

JOURNEY, SITTING = "do-tai", "do-ngoi-thi"
LESSONS = ("bai-mot", "bai-hai", "bai-ba")
TWENTY, SIXTEEN = "hai-muoi-cau", "muoi-sau-cau"
TOPICS = (
    "người phát ngôn",
    "thông tin ban đầu",
    "hạn trả lời",
    "ủy quyền",
    "họp báo",
    "đầu mối",
    "cải chính",
    "đính chính",
)


def texts(turn: int = 0) -> dict[str, bytes]:
    """Path → bytes of both courses and their banks. Another `turn` gives another edition: one lesson of each differs."""
    found = {
        "courses/laws.md": "# Văn bản\n",
        f"courses/{JOURNEY}/course.md": _course("Khóa để đo tải", [*LESSONS], TWENTY),
        f"courses/{SITTING}/course.md": _course("Kỳ thi để đo tải", ["noi-quy"], SIXTEEN),
        f"courses/{SITTING}/noi-quy.md": _lesson("Nội quy", 0, turn),
        f"quizzes/{TWENTY}.md": _quiz("Bài kiểm tra hai mươi câu", TWENTY, 20, 5),
        f"quizzes/{SIXTEEN}.md": _quiz("Bài thi mười sáu câu", SIXTEEN, 16, 2),
        f"quizzes/banks/{TWENTY}.md": _bank(20),
        f"quizzes/banks/{SIXTEEN}.md": _bank(16),
    }
    for place, key in enumerate(LESSONS, 1):
        found[f"courses/{JOURNEY}/{key}.md"] = _lesson(f"Bài {place}", place, turn)
    return {path: text.encode() for path, text in found.items()}


def _course(title: str, lessons: list[str], quiz: str) -> str:
    links = "\n".join(f"- [{key}]({key}.md)" for key in lessons)
    return (
        f"---\ntitle: {title}\nlanguage: vi\naudience: [người phát ngôn]\nhours: 1\nenrol: open\norder: free\nrequires: []\n"
        f"complete: all\nreviewed: 2026-11-22\n---\nMột khóa học giả định, chỉ dùng để đo.\n\n"
        f"## Phần một {{#phan-mot}}\n\n{links}\n- [Bài kiểm tra](quiz:{quiz})\n"
    )


def _lesson(title: str, place: int, turn: int) -> str:
    """About 700 words in six sections, with a table and a callout: the size of a shipped lesson."""
    sections = "\n\n".join(_section(place, number) for number in range(1, 7))
    return (
        f"---\ntitle: {title}\nminutes: 10\n---\nLần sửa thứ {turn}.\n\n{sections}\n\n"
        '!!! note "Ghi nhớ"\n    Đây là nội dung giả định để đo tải.\n'
    )


def _section(place: int, number: int) -> str:
    topic = TOPICS[(place + number) % len(TOPICS)]
    sentence = (
        f"Phần này nói về {topic} trong một vụ việc giả định ở xã số {number}, do cán bộ của xã xử lý theo từng bước. "
    )
    rows = "".join(f"| Bước {step} | Việc cần làm với {topic} | {step} giờ |\n" for step in range(1, 4))
    return (
        f"## {number}. Về {topic} {{#muc-{number}}}\n\n{sentence * 4}\n\n| Bước | Việc | Hạn |\n|---|---|---|\n{rows}"
    )


def _quiz(title: str, bank: str, number: int, on_a_page: int) -> str:
    return (
        f"---\ntitle: {title}\nkind: exam\npass: 50%\ntime: 120 minutes\nattempts: unlimited\ngrade: best\nbehaviour: deferred\n"
        f"page: {on_a_page}\nnavigation: free\nshuffle: [questions, options]\noverdue: submit\nreview: after-submit\n---\n"
        f"Một bài kiểm tra giả định.\n\n## Câu hỏi {{#cau-hoi}}\n\n- {number} x [Câu hỏi](banks/{bank}.md)\n"
    )


def _bank(number: int) -> str:
    return "# Ngân hàng để đo\n\n" + "\n".join(_question(place) for place in range(1, number + 1))


def _question(place: int) -> str:
    topic = TOPICS[place % len(TOPICS)]
    options = "".join(
        f"- [{'x' if option == place % 4 else ' '}] Phương án {option + 1}: xử lý {topic} sau {place + option} giờ\n"
        f"  > Lời nhận xét cho phương án {option + 1}.\n"
        for option in range(4)
    )
    return (
        f"## Câu {place}: trong vụ việc giả định số {place}, cần làm gì với {topic}? {{#cau-{place}}}\n\n{options}\n"
        f"> Lời giải thích của câu {place}.\n{{: points=1 difficulty=2 }}\n"
    )
