"""Long because it is one table: what becomes of each construct of Moodle XML."""

from base64 import b64encode

from tests.exchange.questions.constructs.row import Row

_PICTURE = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(20)).decode()


def question(
    kind: str, *inside: str, asked: str = "Ai nói?", form: str = "html", name: str = "Câu 1", files: str = ""
) -> str:
    text = f"<questiontext format='{form}'><text><![CDATA[{asked}]]></text>{files}</questiontext>"
    return f"<quiz><question type='{kind}'><name><text>{name}</text></name>{text}{''.join(inside)}</question></quiz>"


def answer(fraction: str, text: str, feedback: str = "", form: str = "html", more: str = "") -> str:
    said = f"<feedback format='html'><text>{feedback}</text></feedback>"
    return f"<answer fraction='{fraction}' format='{form}'><text>{text}</text>{said}{more}</answer>"


def pair(left: str, right: str) -> str:
    return f"<subquestion format='html'><text>{left}</text><answer><text>{right}</text></answer></subquestion>"


def item(name: str, text: str, group: str = "1") -> str:
    return f"<{name}><text>{text}</text><group>{group}</group></{name}>"


ONE = (answer("100", "x"), answer("0", "y"))
RIGHT = "<single>true</single>"
SEVERAL = "<single>false</single>"
FILE = f"<file name='ban do.png' path='/' encoding='base64'>{_PICTURE}</file>"
TABLE = "<table><tr><th>Việc</th><th>Hạn</th></tr><tr><td>Một</td><td>24 giờ</td></tr></table>"
ROWS = [
    Row(
        "`multichoice`, `single` true",
        "kept",
        "one choice, or graded choices where weights say so",
        question("multichoice", RIGHT, *ONE),
        ("- [x] x\n- [ ] y",),
    ),
    Row(
        "`multichoice`, `single` false",
        "kept",
        "several choices or graded choices, by the weights",
        question("multichoice", SEVERAL, answer("50", "x"), answer("50", "y"), answer("-100", "z")),
        ("- [50%] x", "pick=several"),
    ),
    Row(
        "`multichoiceset`",
        "kept",
        "several choices, all or nothing",
        question("multichoiceset", answer("100", "x"), answer("100", "y"), answer("0", "z")),
        ("credit=all",),
    ),
    Row(
        "`fraction` of thirds and the like",
        "kept",
        "exact",
        question("multichoice", RIGHT, answer("100", "x"), answer("33.33333", "y"), answer("0", "z")),
        ("- [1/3] y",),
    ),
    Row(
        "weights that come to less than everything",
        "in part",
        "raised in proportion, with a note",
        question("multichoice", RIGHT, answer("50", "x"), answer("0", "y")),
        ("- [100%] x",),
        "raised in proportion",
    ),
    Row(
        "`shuffleanswers` 0",
        "kept",
        "every answer keeps its place",
        question("multichoice", "<shuffleanswers>0</shuffleanswers>", *ONE),
        ("- [x] x {.keep}",),
    ),
    Row(
        "`feedback` of an answer",
        "kept",
        "feedback",
        question("multichoice", answer("100", "x", "Đúng."), answer("0", "y")),
        ("- [x] x\n  > Đúng.",),
    ),
    Row(
        "`generalfeedback`",
        "kept",
        "explanation",
        question("multichoice", *ONE, "<generalfeedback><text>Xem Điều 7.</text></generalfeedback>"),
        ("> Xem Điều 7.",),
    ),
    Row(
        "`correctfeedback` and its like, as Moodle fills them in",
        "kept",
        "left out: the platform says so itself",
        question(
            "multichoice", *ONE, "<correctfeedback format='html'><text>Your answer is correct.</text></correctfeedback>"
        ),
        ("- [x] x",),
        unwanted="correct.",
    ),
    Row(
        "`correctfeedback` and its like, in words of one's own",
        "in part",
        "told in a note",
        question("multichoice", *ONE, "<correctfeedback format='html'><text>Giỏi lắm</text></correctfeedback>"),
        ("- [x] x",),
        "Giỏi lắm",
    ),
    Row(
        "`truefalse`",
        "kept",
        "one choice of two",
        question("truefalse", answer("0", "true"), answer("100", "false", "Đã đổi.")),
        ("- [ ] Đúng\n- [x] Sai\n  > Đã đổi.",),
    ),
    Row(
        "`shortanswer`",
        "kept",
        "short text",
        question("shortanswer", answer("100", "văn bản"), answer("100", "giấy")),
        ("= văn bản\n= giấy",),
    ),
    Row(
        "`usecase` 1",
        "kept",
        "`strict=yes`: case and tones count",
        question("shortanswer", "<usecase>1</usecase>", answer("100", "Huế")),
        ("strict=yes",),
    ),
    Row(
        "typed answers that earn a part",
        "in part",
        "left out, with a note",
        question("shortanswer", answer("100", "a"), answer("50", "b")),
        ("= a\n",),
        "earns a part",
    ),
    Row(
        "stars in typed answers",
        "in part",
        "without the stars",
        question("shortanswer", answer("100", "a*"), answer("0", "*")),
        ("= a\n",),
        "stands for more",
    ),
    Row(
        "`numerical` with `tolerance`",
        "kept",
        "number",
        question("numerical", answer("100", "24.5", more="<tolerance>0.5</tolerance>")),
        ("= 24,5 ± 0,5",),
    ),
    Row(
        "`units`, one",
        "kept",
        "unit, shown beside the field",
        question(
            "numerical",
            answer("100", "24"),
            "<units><unit><multiplier>1</multiplier><unit_name>giờ</unit_name></unit></units>",
        ),
        ("= 24 ± 0 giờ",),
    ),
    Row(
        "`units`, several",
        "in part",
        "the one in which the number is written",
        question(
            "numerical",
            answer("100", "24"),
            "<units><unit><multiplier>1</multiplier><unit_name>giờ</unit_name></unit>"
            "<unit><multiplier>60</multiplier><unit_name>phút</unit_name></unit></units>",
        ),
        ("= 24 ± 0 giờ",),
        "Only the unit",
    ),
    Row(
        "`matching`",
        "kept",
        "match, or groups where a right side repeats; the headings are given",
        question("matching", pair("a", "1"), pair("b", "2"), pair("", "3")),
        ("| a | 1 |\n| b | 2 |\n| | 3 |",),
    ),
    Row(
        "`ddmatch`",
        "kept",
        "match; what was dragged is chosen",
        question("ddmatch", pair("a", "&lt;b&gt;1&lt;/b&gt;"), pair("b", "2")),
        ("| a | **1** |",),
    ),
    Row(
        "`ordering`",
        "kept",
        "order; neighbours count",
        question("ordering", answer("1", "một"), answer("2", "hai"), answer("3", "ba")),
        ("1. một\n2. hai\n3. ba",),
    ),
    Row(
        "`ordering` that is counted by places",
        "in part",
        "neighbours count here",
        question(
            "ordering",
            "<gradingtype>ABSOLUTE_POSITION</gradingtype>",
            answer("1", "một"),
            answer("2", "hai"),
            answer("3", "ba"),
        ),
        ("1. một",),
        "another way",
    ),
    Row(
        "`cloze`: `SHORTANSWER`, `MULTICHOICE` and their short names",
        "kept",
        "blanks, typed and as menus",
        question("cloze", asked="Hạn {1:SHORTANSWER:=24~=hai mươi bốn} giờ, từ khi {1:MC:xảy ra~=tiếp nhận}."),
        ("Hạn {{= 24 | hai mươi bốn }} giờ, từ khi {{ xảy ra | =tiếp nhận }}.",),
    ),
    Row(
        "`cloze`: `NUMERICAL`",
        "kept",
        "typed blank; a tolerance is left out with a note",
        question("cloze", asked="Hạn {1:NM:=24:0} giờ nhé."),
        ("{{= 24 }}",),
    ),
    Row(
        "`cloze`: weights of blanks, parts, feedback",
        "in part",
        "each blank is worth the same, right or wrong",
        question("cloze", asked="Hạn {2:SA:=24#Tốt~%50%25} giờ, từ {1:SA:=đầu} ngày."),
        ("{{= 24 }}", "{{= đầu }}"),
        "different weights",
    ),
    Row(
        "`cloze`: `MULTIRESPONSE`",
        "refused",
        "kept as source",
        question("cloze", asked="Chọn {1:MULTIRESPONSE:=a~=b~c} nhé."),
        (),
        "MULTIRESPONSE",
    ),
    Row(
        "`gapselect`",
        "kept",
        "blanks with menus of their group",
        question("gapselect", item("selectoption", "24"), item("selectoption", "48"), asked="Hạn [[1]] giờ."),
        ("Hạn {{ =24 | 48 }} giờ.",),
    ),
    Row(
        "`ddwtos`",
        "in part",
        "blanks with menus in place of dragging",
        question("ddwtos", item("dragbox", "24"), item("dragbox", "48"), asked="Hạn [[2]] giờ."),
        ("Hạn {{ 24 | =48 }} giờ.",),
        "dragged",
    ),
    Row(
        "`essay`",
        "in part",
        "statement; a rubric of one criterion is put",
        question("essay", "<maxwordlimit>200</maxwordlimit>"),
        ("type=statement words=0-200",),
        "no rubric",
    ),
    Row(
        "`essay` whose `graderinfo` is a table of points",
        "kept",
        "statement with that rubric",
        question(
            "essay",
            "<graderinfo format='html'><text><![CDATA[<table><tr><th>Tiêu chí</th><th>0</th><th>2</th></tr>"
            "<tr><td>Đúng</td><td>Sai</td><td>Đủ</td></tr></table>]]></text></graderinfo>",
        ),
        ("| Đúng | Sai | Đủ |",),
    ),
    Row(
        "`essay` for which only a file is handed in",
        "refused",
        "kept as source",
        question("essay", "<responseformat>noinline</responseformat>"),
        (),
        "Only a file",
    ),
    Row("`description`", "kept", "description", question("description"), ("type=description",)),
    Row(
        "`recordrtc`",
        "in part",
        "recording; a rubric of one criterion is put",
        question("recordrtc", "<timelimitinseconds>90</timelimitinseconds>"),
        ("type=recording seconds=90",),
        "no rubric",
    ),
    Row(
        "`category`",
        "beside",
        "the last part becomes a tag",
        "<quiz><question type='category'><category><text>$course$/top/Họp báo</text></category></question>"
        + question("multichoice", *ONE).removeprefix("<quiz>"),
        ("tag=hop-bao",),
    ),
    Row(
        "`tags`",
        "kept",
        "tags; `difficulty:2`, `objective:…`, `facts:…`, `basis:…` as what they say",
        question(
            "multichoice", *ONE, "<tags><tag><text>Họp báo</text></tag><tag><text>difficulty:2</text></tag></tags>"
        ),
        ("difficulty=2 tag=hop-bao",),
    ),
    Row(
        "`idnumber`",
        "kept",
        "the key where it can be one",
        question("multichoice", *ONE, "<idnumber>ai-noi</idnumber>"),
        ("{#ai-noi}",),
    ),
    Row(
        "`hint`",
        "kept",
        "hints, at most five",
        question("multichoice", *ONE, "<hint format='html'><text>Xem Điều 7.</text></hint>"),
        ('hint="Xem Điều 7."',),
    ),
    Row(
        "`penalty`, `defaultgrade`",
        "kept",
        "penalty and points",
        question("multichoice", *ONE, "<penalty>0.25</penalty><defaultgrade>2.5</defaultgrade>"),
        ("points=2,5 penalty=25%",),
    ),
    Row(
        "`defaultgrade` of nothing or above 100",
        "in part",
        "one point",
        question("multichoice", *ONE, "<defaultgrade>0</defaultgrade>"),
        ("points=1",),
        "one point",
    ),
    Row(
        "`hidden`",
        "in part",
        "read, with a note",
        question("multichoice", *ONE, "<hidden>1</hidden>"),
        ("- [x] x",),
        "hidden there",
    ),
    Row(
        "HTML: strong, emphasis, links, lists, code, quotations",
        "kept",
        "Markdown",
        question(
            "multichoice",
            *ONE,
            asked="<p>Ai <b>nói</b>?</p><ul><li>một</li><li><a href='https://example.vn/'>hai</a></li></ul>",
        ),
        ("## Ai **nói**? {#ai-noi}\n- một\n- [hai](https://example.vn/)",),
    ),
    Row(
        "HTML: tables",
        "kept",
        "tables",
        question("multichoice", *ONE, asked=f"<p>Ai?</p>{TABLE}"),
        ("| Việc | Hạn |\n| --- | --- |\n| Một | 24 giờ |",),
    ),
    Row(
        "HTML: tables with joined cells",
        "in part",
        "taken apart",
        question("multichoice", *ONE, asked="<p>Ai?</p>" + TABLE.replace("<td>Một", "<td colspan='2'>Một")),
        ("| Việc | Hạn |",),
        "taken apart",
    ),
    Row(
        "HTML: headings",
        "kept",
        "strong words",
        question("multichoice", *ONE, asked="<p>Ai?</p><h2>Bối cảnh</h2><p>Đêm.</p>"),
        ("**Bối cảnh**",),
    ),
    Row(
        "HTML: ¹ ₂ as `sup`, `sub`",
        "kept",
        "the signs that fonts have",
        question("multichoice", *ONE, asked="CO<sub>2</sub> trên m<sup>2</sup>?"),
        ("## CO₂ trên m²?",),
    ),
    Row(
        "HTML: colours, sizes, classes",
        "kept",
        "the words alone",
        question("multichoice", *ONE, asked="<p style='color:red'>Ai <span class='x'>nói</span>?</p>"),
        ("## Ai nói?",),
    ),
    Row(
        "HTML: scripts, frames, forms",
        "in part",
        "left out, with a note",
        question("multichoice", *ONE, asked="<p>Ai?</p><iframe src='x'></iframe>"),
        ("## Ai?",),
        "iframe",
    ),
    Row(
        "formulas as MathML",
        "in part",
        "kept as text",
        question("multichoice", *ONE, asked="<p>Tính <math><mi>a</mi><mo>+</mo><mn>1</mn></math>?</p>"),
        ("## Tính a + 1?",),
        "formula",
    ),
    Row(
        "formulas in TeX",
        "in part",
        "kept as text",
        question("multichoice", *ONE, asked=r"<p>Tính \(a+1\)?</p>"),
        ("Tính",),
        "TeX",
    ),
    Row(
        "embedded pictures, sounds, films",
        "kept",
        "media beside the bank",
        question(
            "multichoice",
            *ONE,
            asked="<p>Ai đây?</p><p><img src='@@PLUGINFILE@@/ban%20do.png' alt='Bản đồ'></p>",
            files=FILE,
        ),
        ("![Bản đồ](media/ban-do.png)",),
        media=("media/ban-do.png",),
    ),
    Row(
        "pictures as `data:` addresses",
        "kept",
        "media beside the bank",
        question(
            "multichoice", *ONE, asked=f"<p>Ai đây?</p><p><img src='data:image/png;base64,{_PICTURE}' alt='Bản đồ'></p>"
        ),
        ("![Bản đồ](media/image.png)",),
        media=("media/image.png",),
    ),
    Row(
        "pictures from elsewhere",
        "in part",
        "a link",
        question("multichoice", *ONE, asked="<p>Ai?</p><p><img src='https://example.vn/a.png' alt='Ảnh'></p>"),
        ("[Ảnh](https://example.vn/a.png)",),
        "link only",
    ),
    Row(
        "a picture that did not come along",
        "in part",
        "its words",
        question("multichoice", *ONE, asked="<p>Ai?</p><p><img src='@@PLUGINFILE@@/x.png' alt='Ảnh'></p>"),
        ("Ảnh",),
        "did not come along",
    ),
    Row(
        "`format` markdown, plain_text, moodle_auto_format",
        "kept",
        "as it stands; words protected; HTML where tags stand in it",
        question("multichoice", *ONE, asked="Ai **nói**?", form="markdown"),
        ("## Ai **nói**?",),
    ),
    Row(
        "UTF-16, old encodings",
        "in part",
        "turned into Unicode, with a note",
        question("multichoice", *ONE, asked="C©u hái: ai ph¸t ng«n cña c¬ quan?"),
        ("## Câu hỏi: ai phát ngôn của cơ quan?",),
        "TCVN3",
    ),
    Row(
        "`calculated` and its like, `ddimageortext`, `ddmarker`, `random`, `randomsamatch`, types of plugins",
        "refused",
        "kept as source",
        question("calculated", answer("100", "{a}+{b}")),
        (),
        "calculated",
    ),
    Row("no words", "refused", "kept as source", question("multichoice", *ONE, asked=""), (), "no words"),
    Row(
        "no right answer, one answer, more than 12 answers",
        "refused",
        "kept as source",
        question("multichoice", answer("0", "x"), answer("0", "y")),
        (),
        "worth anything",
    ),
]
