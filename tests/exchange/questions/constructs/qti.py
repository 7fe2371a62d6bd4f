"""Long because it is one table: what becomes of each construct of QTI; the items are written as in 2.1 and 2.2."""

import zipfile
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO

from tests.exchange.questions.constructs.row import Row

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
MATCH = "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct'/>"
MAPPED = "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response'/>"
PICTURE = b64decode("iVBORw0KGgo=") + bytes(20)


def declared(
    kind: str = "identifier", cardinality: str = "single", right: str = "a", mapping: str = "", name: str = "RESPONSE"
) -> str:
    values = "".join(f"<value>{one}</value>" for one in right.split("|") if one)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    entries = "".join(
        f"<mapEntry mapKey='{key}' mappedValue='{value}'/>"
        for key, _, value in (one.partition("=") for one in mapping.split("|") if one)
    )
    table = f"<mapping defaultValue='0'>{entries}</mapping>" if entries else ""
    return f"<responseDeclaration identifier='{name}' cardinality='{cardinality}' baseType='{kind}'>{correct}{table}</responseDeclaration>"


def item(declarations: str, body: str, processing: str = MATCH, more: str = "", attributes: str = "") -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<assessmentItem xmlns='{NAMESPACE}' identifier='ai-noi' title='Câu 1' adaptive='false' "
        f"timeDependent='false' {attributes}>{declarations}<outcomeDeclaration identifier='SCORE' cardinality='single' baseType='float'/>{more}"
        f"<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    )


def choice(several: bool = False, more: str = "", attributes: str = "") -> str:
    most = "0" if several else "1"
    options = "".join(f"<simpleChoice identifier='{one}'>{one.upper()}</simpleChoice>" for one in "abc")
    return f"<choiceInteraction responseIdentifier='RESPONSE' maxChoices='{most}' {attributes}><prompt>Ai nói?</prompt>{options}{more}</choiceInteraction>"


def package(files: Mapping[str, str | bytes], resources: str) -> bytes:
    target = BytesIO()
    manifest = (
        f"<manifest xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'><resources>{resources}</resources></manifest>"
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {"imsmanifest.xml": manifest, **files}.items():
            archive.writestr(path, data)
    return target.getvalue()


def resource(path: str, kind: str = "imsqti_item_xmlv2p2", inside: str = "") -> str:
    return f"<resource identifier='r' type='{kind}' href='{path}'>{inside}<file href='{path}'/></resource>"


ENTRY = "<textEntryInteraction responseIdentifier='RESPONSE'/>"
EQUAL = (
    "<responseProcessing><responseCondition><responseIf><equal toleranceMode='absolute' tolerance='0.5 0.5'><variable identifier='RESPONSE'/>"
    "<correct identifier='RESPONSE'/></equal><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>"
    "</responseIf></responseCondition></responseProcessing>"
)
SETS = (
    "<matchInteraction responseIdentifier='RESPONSE' maxAssociations='4'><prompt>Ghép?</prompt><simpleMatchSet>"
    "<simpleAssociableChoice identifier='l1' matchMax='1'>một</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='l2' matchMax='1'>hai</simpleAssociableChoice>"
    "</simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier='r1' matchMax='2'>1</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='r2' matchMax='2'>2</simpleAssociableChoice>"
    "<simpleAssociableChoice identifier='r3' matchMax='2'>3</simpleAssociableChoice>"
    "</simpleMatchSet></matchInteraction>"
)
ASSOCIATE = (
    "<associateInteraction responseIdentifier='RESPONSE' maxAssociations='2'><prompt>Ghép?</prompt>"
    + "".join(
        f"<simpleAssociableChoice identifier='{one}' matchMax='1'>{one.upper()}</simpleAssociableChoice>"
        for one in "abcd"
    )
    + "</associateInteraction>"
)
ORDER = (
    "<orderInteraction responseIdentifier='RESPONSE'><prompt>Xếp?</prompt>"
    + "".join(f"<simpleChoice identifier='{one}'>{one.upper()}</simpleChoice>" for one in "abc")
    + "</orderInteraction>"
)
GAPS = (
    "<gapMatchInteraction responseIdentifier='RESPONSE'><prompt>Điền từ.</prompt><gapText identifier='a' matchMax='1'>24</gapText>"
    "<gapText identifier='b' matchMax='1'>48</gapText><p>Hạn <gap identifier='g'/> giờ.</p></gapMatchInteraction>"
)
HOT = (
    "<hottextInteraction responseIdentifier='RESPONSE' maxChoices='0'><prompt>Chỗ nào sai?</prompt><p>Ta <hottext identifier='a'>đoán</hottext> rồi "
    "<hottext identifier='b'>hẹn</hottext>.</p></hottextInteraction>"
)
EXTENDED = "<p>Hãy viết.</p><extendedTextInteraction responseIdentifier='RESPONSE'/>"
RUBRIC = "<rubricBlock view='scorer'><table><tr><th>Tiêu chí</th><th>0</th><th>2</th></tr><tr><td>Đúng</td><td>Sai</td><td>Đủ</td></tr></table></rubricBlock>"
FEEDBACK = "<modalFeedback outcomeIdentifier='F' identifier='x' showHide='show'>Xem Điều 7.</modalFeedback>"
ROWS = [
    Row(
        "`choiceInteraction`, one choice",
        "kept",
        "one choice; graded choices where a mapping says so",
        item(declared(), choice()),
        ("## Ai nói? {#ai-noi}", "- [x] A\n- [ ] B"),
    ),
    Row(
        "`choiceInteraction`, several, `match_correct`",
        "kept",
        "several choices, all or nothing",
        item(declared(cardinality="multiple", right="a|b"), choice(True)),
        ("- [x] A\n- [x] B\n- [ ] C", "credit=all"),
    ),
    Row(
        "`mapping`, wrong ones taking as much as right ones give",
        "kept",
        "several choices, right minus wrong",
        item(declared(cardinality="multiple", right="a|b", mapping="a=0.5|b=0.5|c=-0.5"), choice(True), MAPPED),
        ("- [x] A\n- [x] B",),
        unwanted="credit=",
    ),
    Row(
        "`mapping`, other scores",
        "kept",
        "graded choices; the scores in proportion to the best",
        item(declared(right="a", mapping="a=2|b=1"), choice(), MAPPED),
        ("- [100%] A\n- [50%] B\n- [0%] C", "points=2"),
    ),
    Row(
        "`fixed`, `shuffle='false'`",
        "kept",
        "answers that keep their place",
        item(declared(), choice(attributes="shuffle='false'")),
        ("- [x] A {.keep}",),
    ),
    Row(
        "`feedbackInline` in a choice",
        "kept",
        "feedback",
        item(
            declared(),
            choice(
                more="<simpleChoice identifier='d'>D<feedbackInline outcomeIdentifier='F' identifier='d'>Chưa đúng.</feedbackInline></simpleChoice>"
            ),
        ),
        ("- [ ] D\n  > Chưa đúng.",),
    ),
    Row(
        "`modalFeedback`, one", "kept", "explanation", item(declared(), choice(), MATCH + FEEDBACK), ("> Xem Điều 7.",)
    ),
    Row(
        "`modalFeedback`, several",
        "in part",
        "one below the other",
        item(declared(), choice(), MATCH + FEEDBACK + FEEDBACK.replace("Điều 7", "Điều 9")),
        ("> Xem Điều 7.\n>\n> Xem Điều 9.",),
        "Several texts",
    ),
    Row(
        "choices without any right one, not processed",
        "kept",
        "poll",
        item(declared(right=""), choice(), ""),
        ("type=poll",),
    ),
    Row(
        "choices without any right one, processed",
        "in part",
        "poll, with a note",
        item(declared(right=""), choice()),
        ("type=poll",),
        "taken as a poll",
    ),
    Row(
        "`textEntryInteraction` alone below the words",
        "kept",
        "short text",
        item(declared("string", right="văn bản"), f"<p>Gì?</p><p>{ENTRY}</p>"),
        ("= văn bản",),
    ),
    Row(
        "`mapping` of typed answers",
        "kept",
        "all that earn everything",
        item(declared("string", right="a", mapping="a=1|b=1"), f"<p>Gì?</p><p>{ENTRY}</p>", MAPPED),
        ("= a\n= b",),
    ),
    Row(
        "typed answers that earn a part",
        "in part",
        "left out, with a note",
        item(declared("string", right="a", mapping="a=1|b=0.5"), f"<p>Gì?</p><p>{ENTRY}</p>", MAPPED),
        ("= a\n",),
        "earns a part",
    ),
    Row(
        "`caseSensitive='true'`",
        "kept",
        "`strict=yes`",
        item(
            declared("string", right="Huế", mapping="Huế=1").replace("mappedValue", "caseSensitive='true' mappedValue"),
            f"<p>Gì?</p><p>{ENTRY}</p>",
            MAPPED,
        ),
        ("strict=yes",),
    ),
    Row(
        "`stringMatch` with other words in the response processing",
        "kept",
        "accepted as well",
        item(
            declared("string", right="24"),
            f"<p>Bao nhiêu giờ? {ENTRY}</p>",
            "<responseProcessing><responseCondition><responseIf><or><match><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></match>"
            "<stringMatch caseSensitive='false'><variable identifier='RESPONSE'/><baseValue baseType='string'>hai mươi bốn</baseValue></stringMatch></or>"
            "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>"
            "</responseIf></responseCondition></responseProcessing>",
        ),
        ("## Bao nhiêu giờ?", "= 24\n= hai mươi bốn"),
    ),
    Row(
        "typed number, `equal` with a tolerance",
        "kept",
        "number",
        item(declared("float", right="24"), f"<p>Mấy giờ?</p><p>{ENTRY}</p>", EQUAL),
        ("= 24 ± 0,5",),
    ),
    Row(
        "tolerance in percent",
        "in part",
        "left out, with a note",
        item(declared("float", right="24"), f"<p>Mấy giờ?</p><p>{ENTRY}</p>", EQUAL.replace("absolute", "relative")),
        ("= 24 ± 0",),
        "percent",
    ),
    Row(
        "`textEntryInteraction` among words",
        "kept",
        "typed blank",
        item(declared("string", right="24"), f"<p>Điền.</p><p>Hạn {ENTRY} giờ.</p>"),
        ("Hạn {{= 24 }} giờ.",),
    ),
    Row(
        "`inlineChoiceInteraction`",
        "kept",
        "blank with a menu",
        item(
            declared(right="a"),
            "<p>Điền.</p><p>Hạn <inlineChoiceInteraction responseIdentifier='RESPONSE'><inlineChoice identifier='a'>24</inlineChoice>"
            "<inlineChoice identifier='b'>48</inlineChoice></inlineChoiceInteraction> giờ.</p>",
        ),
        ("Hạn {{ =24 | 48 }} giờ.",),
    ),
    Row(
        "`gapMatchInteraction`",
        "in part",
        "blanks with menus in place of dragging",
        item(declared("directedPair", "multiple", "a g"), GAPS),
        ("Hạn {{ =24 | 48 }} giờ.", "## Điền từ."),
        "dragged",
    ),
    Row(
        "`gapMatchInteraction` with pictures",
        "refused",
        "kept as source",
        item(declared("directedPair", "multiple", "a g"), GAPS.replace("gapText", "gapImg")),
        (),
        "Pictures",
    ),
    Row(
        "`orderInteraction`",
        "kept",
        "order; neighbours count",
        item(declared(cardinality="ordered", right="b|a|c"), ORDER),
        ("1. B\n2. A\n3. C",),
    ),
    Row(
        "`orderInteraction` of which only some are ordered",
        "refused",
        "kept as source",
        item(declared(cardinality="ordered", right="b|a"), ORDER),
        (),
        "right order",
    ),
    Row(
        "`matchInteraction`",
        "kept",
        "match, or groups where a right side repeats; what belongs to nothing is a decoy",
        item(declared("directedPair", "multiple", "l1 r2|l2 r1"), SETS),
        ("| một | 2 |\n| hai | 1 |\n| | 3 |",),
    ),
    Row(
        "a left side that belongs to several right ones",
        "refused",
        "kept as source",
        item(declared("directedPair", "multiple", "l1 r2|l1 r1"), SETS),
        (),
        "belongs to several",
    ),
    Row(
        "`associateInteraction`",
        "in part",
        "match; the first of each pair stands on the left",
        item(declared("pair", "multiple", "a b|c d"), ASSOCIATE),
        ("| A | B |\n| C | D |",),
        "out of one set",
    ),
    Row(
        "`associateInteraction`, a thing in several pairs",
        "refused",
        "kept as source",
        item(declared("pair", "multiple", "a b|a c"), ASSOCIATE),
        (),
        "several pairs",
    ),
    Row(
        "`hottextInteraction`",
        "kept",
        "mark the faults",
        item(declared(cardinality="multiple", right="a"), HOT),
        ("> Ta ==!đoán== rồi ==hẹn==.", "## Chỗ nào sai?"),
    ),
    Row(
        "`hottextInteraction` without a wrong part",
        "refused",
        "kept as source",
        item(declared(cardinality="multiple", right="a|b"), HOT),
        (),
        "some right and some wrong",
    ),
    Row(
        "`extendedTextInteraction`",
        "in part",
        "statement; a rubric of one criterion is put",
        item(declared("string", right=""), EXTENDED, ""),
        ("type=statement",),
        "no rubric",
    ),
    Row(
        "`rubricBlock` for scorers that is a table of points",
        "kept",
        "the rubric",
        item(declared("string", right=""), RUBRIC + EXTENDED, ""),
        ("| Đúng | Sai | Đủ |",),
    ),
    Row(
        "`rubricBlock` for candidates",
        "kept",
        "part of the text",
        item(declared(), f"<rubricBlock view='candidate'><p>Chọn một.</p></rubricBlock>{choice()}"),
        ("## Chọn một. {#ai-noi}\nAi nói?",),
    ),
    Row(
        "`feedbackInline` outside choices",
        "in part",
        "left out, with a note",
        item(
            declared(),
            f"<p>Chọn.<feedbackInline outcomeIdentifier='F' identifier='x'>Đúng!</feedbackInline></p>{choice()}",
        ),
        ("## Chọn. {#ai-noi}\nAi nói?",),
        "after answering",
    ),
    Row(
        "`uploadInteraction` of sound or film",
        "in part",
        "recording of 60 seconds",
        item(
            declared("file", right=""),
            RUBRIC + "<p>Hãy nói.</p><uploadInteraction responseIdentifier='RESPONSE' type='audio/mpeg'/>",
            "",
        ),
        ("type=recording seconds=60",),
        "60 seconds",
    ),
    Row(
        "`uploadInteraction` of other files",
        "refused",
        "kept as source",
        item(declared("file", right=""), "<p>Nộp.</p><uploadInteraction responseIdentifier='RESPONSE'/>", ""),
        (),
        "Only a file",
    ),
    Row("an item without an interaction", "kept", "description", item("", "<p>Đọc kỹ.</p>", ""), ("type=description",)),
    Row(
        "an item that says what is right and holds no interaction",
        "in part",
        "description, with a note",
        item(declared(), "<p>Ai nói?</p>"),
        ("type=description",),
        "nothing to answer with",
    ),
    Row(
        "several interactions that are no blanks",
        "refused",
        "kept as source",
        item(declared(), choice() + choice()),
        (),
        "Several questions",
    ),
    Row(
        "`sliderInteraction`, `hotspotInteraction`, `drawingInteraction` and others",
        "refused",
        "kept as source",
        item(
            declared("integer", right="1"),
            "<p>Mấy?</p><sliderInteraction responseIdentifier='RESPONSE' lowerBound='0' upperBound='9'/>",
        ),
        (),
        "sliderinteraction",
    ),
    Row(
        "`MAXSCORE`",
        "kept",
        "points",
        item(
            declared(),
            choice(),
            more="<outcomeDeclaration identifier='MAXSCORE' cardinality='single' baseType='float'>"
            "<defaultValue><value>2.5</value></defaultValue></outcomeDeclaration>",
        ),
        ("points=2,5",),
    ),
    Row(
        "rules of marking of one's own",
        "in part",
        "what is right is read, with a note",
        item(declared(), choice(), "<responseProcessing><exitResponse/></responseProcessing>"),
        ("- [x] A",),
        "rules of its own",
    ),
    Row(
        "`adaptive`, `templateProcessing`",
        "in part",
        "asked once, figures as they stand",
        item(declared(), choice()).replace("adaptive='false'", "adaptive='true'"),
        ("- [x] A",),
        "asked once",
    ),
    Row(
        "HTML, tables, MathML in the body",
        "kept",
        "as in Moodle XML",
        item(
            declared(),
            "<p>Ai <strong>nói</strong>?</p><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
            + choice(),
        ),
        ("## Ai **nói**?", "| A | B |"),
    ),
    Row(
        "package: items of the manifest, with their pictures",
        "kept",
        "questions; pictures become media beside the bank",
        package(
            {
                "items/a.xml": item(
                    declared(), "<p>Ai đây?</p><p><img src='../img/ban do.png' alt='Bản đồ'/></p>" + choice()
                ),
                "img/ban do.png": PICTURE,
            },
            resource("items/a.xml"),
        ),
        ("![Bản đồ](media/ban-do.png)",),
        media=("media/ban-do.png",),
    ),
    Row(
        "package: `assessmentStimulusRef`, `include`",
        "kept",
        "the text stands below the heading",
        package(
            {
                "a.xml": item(declared(), choice(), more="<assessmentStimulusRef identifier='s' href='text/s.xml'/>"),
                "text/s.xml": "<assessmentStimulus><stimulusBody><p>Đêm, <b>đê vỡ</b>.</p></stimulusBody></assessmentStimulus>",
            },
            resource("a.xml"),
        ),
        ("## Ai nói? {#ai-noi}\nĐêm, **đê vỡ**.",),
    ),
    Row(
        "a text that the item shows and that is missing",
        "in part",
        "told by its name",
        item(declared(), choice(), more="<assessmentStimulusRef identifier='s' href='text/s.xml'/>"),
        ("- [x] A",),
        "did not come along",
    ),
    Row(
        "package: `keyword` in the metadata of an item",
        "kept",
        "tags, as those of Moodle XML",
        package(
            {"a.xml": item(declared(), choice())},
            resource(
                "a.xml",
                inside="<metadata><lom><general><keyword><string>Họp báo</string></keyword></general></lom></metadata>",
            ),
        ),
        ("tag=hop-bao",),
    ),
    Row(
        "package: a test",
        "in part",
        "its weights become points; the rest is told, for a quiz to be built",
        package(
            {
                "a.xml": item(declared(), choice()),
                "t.xml": f"<assessmentTest xmlns='{NAMESPACE}' identifier='t' title='T'><testPart><assessmentSection>"
                "<assessmentItemRef identifier='i' href='a.xml'><weight identifier='w' value='3'/>"
                "</assessmentItemRef></assessmentSection></testPart></assessmentTest>",
            },
            resource("t.xml", "imsqti_test_xmlv2p2") + resource("a.xml"),
        ),
        ("points=3",),
        "Of a test",
    ),
    Row(
        "package: a file that the manifest names and that is missing",
        "refused",
        "told by its name",
        package({"a.xml": item(declared(), choice())}, resource("a.xml") + resource("b.xml")),
        (),
        "does not hold it",
    ),
    Row(
        "package: an item that the manifest does not name",
        "in part",
        "read all the same",
        package({"a.xml": item(declared(), choice())}, ""),
        ("- [x] A",),
        "does not name",
    ),
    Row(
        "QTI 1.2",
        "refused",
        "another format",
        package({"a.xml": "<questestinterop/>"}, resource("a.xml", "imsqti_xmlv1p2")),
        (),
        "QTI 1.2",
    ),
]
