"""Questions as a package of QTI 3.0: an item a question, and a manifest with their labels; what it cannot say is listed."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

from elearning.domain.written import WrittenQuestion
from elearning.exchange.questions.exported import Exported, Html
from elearning.exchange.questions.labels import labels_of
from elearning.exchange.questions.qti_bodies import WRITERS
from elearning.exchange.questions.qti_parts import Draft, decimal
from elearning.exchange.questions.unsaid import Losses
from elearning.exchange.zipped import FIXED_DATE, PLAIN_FILE

_ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_SCHEMA = f"{_ITEM} https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write(questions: Sequence[WrittenQuestion], html: Html) -> Exported:
    """The questions as a zip. `html` gives the HTML of our Markdown."""
    losses = Losses()
    files: dict[str, bytes] = {}
    manifest, resources = _manifest()
    for question in questions:
        losses.note_common(question, "penalty", "hints")
        path = f"items/{identifier_of(question)}.xml"
        files[path] = _xml(_item(question, html, losses))
        _name(resources, question, path, files)
    files["imsmanifest.xml"] = _xml(manifest)
    return Exported(_zip(files), tuple(losses.found))


def identifier_of(question: WrittenQuestion) -> str:
    """The name of an item: the key, which must not begin with a figure."""
    return question.key if question.key[:1].isalpha() else f"q-{question.key}"


def _item(question: WrittenQuestion, html: Html, losses: Losses) -> Element:
    item = Element("qti-assessment-item", {
        "xmlns": _ITEM, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation": _SCHEMA,
        "identifier": identifier_of(question), "title": question.ask[:200], "label": question.key, "adaptive": "false",
        "time-dependent": "false", "xml:lang": "vi",
    })  # fmt: skip
    draft = Draft(question, html, losses)
    draft.paragraph(question.ask)
    WRITERS[question.type](draft)
    if draft.processing is None:
        losses.note_common(question, "points")
    item.extend(draft.responses)
    _outcomes(item, draft)
    item.append(draft.body)
    if draft.processing is not None and len(draft.processing):
        item.append(draft.processing)
    if question.explanation:
        told = {"outcome-identifier": "FEEDBACK", "show-hide": "show", "identifier": "explanation"}
        draft.blocks(SubElement(SubElement(item, "qti-modal-feedback", told), "qti-content-body"), question.explanation)
    return item


def _outcomes(item: Element, draft: Draft) -> None:
    """Declare what comes of an item: its score, what was chosen, and that its explanation is shown."""
    if draft.processing is not None:
        _outcome(item, "SCORE", "float", "0", external=draft.by_person)
        _outcome(item, "MAXSCORE", "float", decimal(draft.question.points))
    if draft.cardinality:
        chosen = {"identifier": "CHOSEN", "cardinality": draft.cardinality, "base-type": "identifier"}
        SubElement(item, "qti-outcome-declaration", chosen)
    if draft.question.explanation:
        _outcome(item, "FEEDBACK", "identifier", "explanation")


def _outcome(item: Element, name: str, kind: str, usual: str, external: bool = False) -> None:
    attributes = {"identifier": name, "cardinality": "single", "base-type": kind}
    element = SubElement(
        item, "qti-outcome-declaration", attributes | ({"external-scored": "human"} if external else {})
    )
    SubElement(SubElement(element, "qti-default-value"), "qti-value").text = usual


def _manifest() -> tuple[Element, Element]:
    manifest = Element("manifest", {"xmlns": _PACKAGE, "identifier": "questions"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(manifest, "organizations")
    return manifest, SubElement(manifest, "resources")


def _name(resources: Element, question: WrittenQuestion, path: str, files: dict[str, bytes]) -> None:
    """Name an item in the manifest, with its labels, and the files that it shows."""
    key = identifier_of(question)
    resource = SubElement(
        resources, "resource", {"identifier": f"item-{key}", "type": "imsqti_item_xmlv3p0", "href": path}
    )
    labels = labels_of(question)
    if labels:
        general = SubElement(SubElement(SubElement(resource, "metadata"), "lom", {"xmlns": _LOM}), "general")
        for label in labels:
            SubElement(SubElement(general, "keyword"), "string", {"language": "vi"}).text = label
    SubElement(resource, "file", {"href": path})
    for place, medium in enumerate(question.media, 1):
        shown, name = f"items/{medium.path}", f"medium-{key}-{place}"
        files[shown] = medium.data
        SubElement(resource, "dependency", {"identifierref": name})
        other = SubElement(resources, "resource", {"identifier": name, "type": "webcontent", "href": shown})
        SubElement(other, "file", {"href": shown})


def _xml(root: Element) -> bytes:
    return _DECLARATION + tostring(root, encoding="unicode").encode() + b"\n"


def _zip(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in sorted(files.items(), key=lambda one: (one[0] != "imsmanifest.xml", one[0])):
            member = zipfile.ZipInfo(path, FIXED_DATE)
            member.create_system, member.external_attr = 3, PLAIN_FILE
            member.compress_type = zipfile.ZIP_DEFLATED if path.endswith(".xml") else zipfile.ZIP_STORED
            archive.writestr(member, data)
    return target.getvalue()
