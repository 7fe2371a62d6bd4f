"""What is sent to each address that takes a form or a query: the least that does the deed. Names in braces are things of the world."""

from collections.abc import Mapping
from datetime import date

from elearning.exchange.zipped import write_zip
from tests.services.texts import small_course
from tests.web.access_world import PASSWORD, SOUND

NEW = "một câu khác cũng dài"
DUE = date(2026, 12, 31).isoformat()
REPORT = "/admin/reports/completions"
PERSON = "/admin/people/<person>"
PREVIEW = "/author/courses/<course>/preview/<which>/<day>"
ENROL = {"course": "luyen-tap", "unit": "", "reason": "Kế hoạch"}
LISTED = {"course": "noi-bo", "unit": "", "reason": "Kế hoạch"}
ANSWER = {"tab": "some-tab-1", "seq": "1", "base": "1", "page": "1", "a1.shown": "1", "a1": "c"}

# (address and use) or (address and use, about) → fields.
FORMS: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("/login",): {"identifier": "{identifier}", "password": PASSWORD},
    ("/welcome",): {"code": "{code}", "new": NEW},
    ("/verify",): {"code": "{code}"},
    ("/account/password",): {"old": PASSWORD, "new": NEW},
    ("/account/language",): {"language": "vi"},
    ("/attempts/<attempt>/answers",): ANSWER,
    ("/attempts/<attempt>/answers#finish",): {**ANSWER, "go": "finish"},
    ("/courses/<course>/<lesson>/check/<question>",): {"a1.shown": "1", "a1": "b"},
    ("/author/marking/<attempt>",): {"m3.size": "1", "m3.0": "1", "comment3": "Rõ."},
    ("/author/quizzes/<course>/<quiz>/arrange",): {"kind": "dates", "reach": "all", "closes": "2031-01-01T08:00"},
    ("/author/quizzes/<course>/<quiz>/arrange", "late"): {
        "kind": "extra attempts",
        "person": "{identifier}",
        "number": "1",
        "reason": "Ốm",
    },
    ("/author/texts/<path:path>",): {"text": "---\ntitle: Mở đầu\n---\nMới.\n", "made_on": "{save}"},
    ("/author/look/<path:path>",): {"text": "Mới."},
    ("/author/preview/<path:path>",): {"text": "---\ntitle: Mở đầu\n---\nMới.\n"},
    ("/author/remarks/<path:path>",): {"line": "1", "save": "{save}", "words": "Hay"},
    ("/author/merge/<path:path>",): {"on": "{on}", "go": "merge", "c1": "both"},
    ("/author/merge/<path:path>#drop",): {"go": "drop"},
    ("/author",): {"title": "Khóa mới"},
    ("/author/courses/<course>/move",): {"on": "{outline}", "go": "down 14"},
    ("/author/courses/<course>/module",): {"on": "{outline}", "title": "Phần hai"},
    ("/author/courses/<course>/add",): {"on": "{outline}", "line": "12", "kind": "lesson", "title": "Bài mới"},
    ("/author/courses/<course>/rename",): {"on": "{outline}", "line": "14", "title": "Tên khác"},
    ("/author/courses/<course>/duplicate",): {"on": "{outline}", "line": "14"},
    ("/author/courses/<course>/remove",): {"on": "{outline}", "line": "14"},
    ("/author/courses/<course>/bring-back",): {"thing": "{path}"},
    ("/author/removed",): {"thing": "{path}"},
    ("/author/find",): {"q": "nd", "path": "{path}"},
    ("/author/banks",): {"title": "Ngân hàng mới"},
    ("/author/banks/<bank>",): {"deed": "tag", "question": "{question}", "add": "moi"},
    ("/author/banks/<bank>/new/<kind>",): {"text": "## Mới? {{#moi}}\n\n= một\n", "go": "save-text"},
    ("/author/banks/<bank>/<question>",): {"text": "## Mới? {{#mot}}\n\n= một\n", "base": "{base}", "go": "save-text"},
    ("/author/banks/<bank>/try",): {"text": "## Thử tài? {{#mot}}\n\n= một\n", "a1": "một"},
    ("/author/import/<file>",): {"which": "whole", "bank": "{bank}"},
    ("/author/import/<file>/<int:item>",): {
        "text": "## Mới? {{#moi}}\n\n= một\n",
        "base": "{state}",
        "go": "save-text",
    },
    ("/author/import/<file>/<int:item>/try",): {"text": "## Câu đã gửi? {{#mot}}\n\n= một\n", "a1": "một"},
    ("/author/courses/<course>/word/<file>",): {"lesson": "bai", "module": "phan-mot"},
    ("/author/papers/<quiz>",): {"versions": "1", "first": "101", "language": "vi", "kind": "docx", "seed": "7"},
    ("/author/courses/<course>/publish",): {"digest": "{digest}", "gone": "y", "go": "now"},
    ("/author/courses/<course>/publish#later",): {
        "digest": "{digest}",
        "gone": "y",
        "go": "later",
        "due": "2031-01-01T08:00",
    },
    ("/author/courses/<course>/approve",): {"step": "legal", "digest": "{digest}"},
    ("/author/courses/<course>/renamed",): {"old": "mo-dau", "new": "khoi-dong"},
    ("/author/courses/<course>/editions/<int:number>/roll-back",): {"note": "Lỗi"},
    (f"{PREVIEW}/<lesson>/check/<question>",): {"a1.shown": "1", "a1": "b"},
    ("/author/courses/<course>/translations",): {"path": "courses/moi-viet/thuc-hanh.md", "item": ""},
    ("/author/fetch",): {"remote": "file:///etc"},
    ("/author/taking/<taking>",): {"registers": "add", "remove": "1"},
    ("/author/laws/new",): {"key": "nd-9", "title": "Nghị định chín"},
    ("/author/laws/<key>",): {"was": "{was}", "title": "Tên khác"},
    ("/author/laws/<key>/review",): {"item": "courses/moi-viet/mo-dau.md#", "why": "Nói về quy định cũ"},
    ("/author/quizzes/<course>/<quiz>/end",): {"row": "{row}"},
    ("/author/attempts/<attempt>/more-time",): {"minutes": "5", "reason": "Mất điện"},
    ("/author/attempts/<attempt>/reopen",): {"minutes": "5", "reason": "Mất điện"},
    ("/author/attempts/<attempt>/accept-late",): {"late": "{version}", "reason": "Mất mạng"},
    (f"{PERSON}/more-time",): {"percent": "25", "reason": "Khiếm thị"},
    ("/admin/people#search",): {"q": "{identifier}"},
    ("/admin/people/new",): {"name": "Trần Thị Mới", "unit": "{unit}", "identifiers": "moi@ankhue.example"},
    (PERSON,): {"name": "Tên Khác", "title": "Chức khác"},
    (f"{PERSON}/move",): {"unit": "{unit}"},
    (f"{PERSON}/leave",): {"reason": "Nghỉ"},
    (f"{PERSON}/return",): {"unit": "{unit}"},
    (f"{PERSON}/add-name",): {"identifier": "them@ankhue.example"},
    (f"{PERSON}/drop-name",): {"identifier": "{identifier}"},
    (f"{PERSON}/merge",): {"other": "{other}"},
    (f"{PERSON}/give-role",): {"role": "admin"},
    (f"{PERSON}/give-role", "unit"): {"role": "coordinator", "unit": "{unit}"},
    (f"{PERSON}/end-role",): {"grant": "{grant}"},
    ("/admin/units",): {"name": "Đơn vị mới", "parent": "{unit}"},
    ("/admin/units/<unit>",): {"name": "Tên mới", "parent": ""},
    ("/admin/units/<unit>/slips",): {"everyone": "1"},
    ("/admin/units/<unit>/codes",): {"everyone": "1"},
    ("/admin/enrolments#look",): {**ENROL, "go": "look", "unit": "{unit}"},
    ("/admin/enrolments#enrol", "unit"): {**LISTED, "go": "enrol", "unit": "{unit}"},
    ("/admin/enrolments#withdraw", "unit"): {**ENROL, "go": "withdraw", "unit": "{unit}"},
    ("/admin/enrolments#extend", "unit"): {**ENROL, "go": "extend", "unit": "{unit}", "due": DUE},
    ("/admin/enrolments#enrol",): {**LISTED, "go": "enrol", "names": "{other}"},
    ("/admin/enrolments#by-word",): {**ENROL, "go": "withdraw", "words": "{mark}"},
    ("/admin/enrolments#withdraw",): {**ENROL, "go": "withdraw", "names": "{identifier}"},
    ("/admin/enrolments#extend",): {**ENROL, "go": "extend", "names": "{identifier}", "due": DUE},
    (f"{REPORT}", "unit"): {"unit": "{unit}"},
    (f"{REPORT}#csv",): {"format": "csv"},
    (f"{REPORT}#csv", "unit"): {"format": "csv", "unit": "{unit}"},
    (f"{REPORT}#xlsx",): {"format": "xlsx", "unit": "{unit}"},
    (f"{REPORT}#pdf",): {"format": "pdf", "unit": "{unit}"},
    ("/admin/reports/progress",): {"unit": "{unit}"},
    ("/admin/reports/progress#xlsx",): {"format": "xlsx", "unit": "{unit}"},
    ("/admin/views",): {"name": "Cách xem mới", "path": REPORT},
    ("/admin/views/delete",): {"name": "{view}"},
}
LIST = "Họ và tên;Đơn vị;Mã cán bộ\nTrần Thị Mới;Tỉnh Trên > Xã Nhà;MOI-1\n".encode()
FILES: Mapping[str, tuple[bytes, str]] = {
    "/admin/people/import": (LIST, "ds.csv"),
    "/author/files": (write_zip(small_course()), "khoa-hoc.zip"),
}
JSON: Mapping[str, object] = {
    "/attempts/<attempt>/answers#json": {"tab": "some-tab-1", "seq": 1, "base": 1, "answers": {"1": "c"}},
    "/author/texts/<path:path>#json": {"text": "---\ntitle: Bỏ\n---\nLại.\n", "made_on": 0, "auto": True},
    "/author/courses/<course>/media#json": {"name": "a.mp3", "size": 500},
    "/attempts/<attempt>/uploads": {"slot": 1, "name": "b.wav", "size": 500},
}
BYTES: Mapping[str, bytes] = {"/uploads/<upload>": SOUND, "/author/files/<upload>": SOUND[:10]}


def fields(address: str, use: str, about: str, named: Mapping[str, str]) -> dict[str, str]:
    """The fields for one address, about one thing."""
    key = f"{address}#{use}" if use else address
    form = FORMS.get((key, about), FORMS.get((key,), {}))
    return {name: value.format_map(named) for name, value in form.items()}
