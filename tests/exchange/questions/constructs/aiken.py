"""What becomes of each construct of Aiken."""

from tests.exchange.questions.constructs.row import Row

ROWS = [
    Row(
        "question, answers `A.` or `A)`, `ANSWER: B`",
        "kept",
        "one choice",
        "Ai nói?\nA. Báo\nB) Cơ quan\nANSWER: B",
        ("## Ai nói? {#ai-noi}", "- [ ] Báo\n- [x] Cơ quan"),
    ),
    Row(
        "question of several lines",
        "kept",
        "the first paragraph is the heading, what follows stands below it",
        "Ai nói?\n\nLúc nửa đêm.\nA. Báo\nB. Cơ quan\nANSWER: B",
        ("## Ai nói? {#ai-noi}\nLúc nửa đêm.",),
    ),
    Row(
        "no blank line between two questions",
        "kept",
        "a question begins where words follow an answer",
        "Một?\nA. x\nB. y\nANSWER: A\nHai?\nA. x\nB. y\nANSWER: B",
        ("## Một?", "## Hai?"),
    ),
    Row(
        "`ANSWER: A, C` or two such lines",
        "in part",
        "Aiken knows one right answer; it becomes several choices",
        "Hai?\nA. x\nB. y\nC. z\nANSWER: A, C",
        ("- [x] x\n- [ ] y\n- [x] z",),
        "Several answers are named",
    ),
    Row(
        "signs of Markdown in the text",
        "kept",
        "protected, so that they are shown",
        "2*3*4 = ?\nA. *24*\nB. 9\nANSWER: A",
        ("## 2\\*3\\*4 = ?", "- [x] \\*24\\*"),
    ),
    Row(
        "HTML in the text",
        "kept",
        "as Markdown",
        "<p>Ai <b>nói</b>?</p>\nA. <i>Báo</i>\nB. Cơ quan\nANSWER: B",
        ("## Ai **nói**?", "- [ ] *Báo*\n- [x] Cơ quan"),
    ),
    Row(
        "CP1258, TCVN3, VNI, UTF-16",
        "in part",
        "recognised by its Vietnamese and turned into Unicode, with a note",
        "C©u hái: ai ph¸t ng«n cña c¬ quan?\nA. Ng­êi ph¸t ng«n\nB. B¸o chÝ\nANSWER: A",
        ("## Câu hỏi: ai phát ngôn của cơ quan?", "- [x] Người phát ngôn"),
        "TCVN3",
    ),
    Row("no right answer", "refused", "kept as source", "Hỏi?\nA. x\nB. y", (), "No answer is named"),
    Row(
        "`ANSWER:` names a letter that is not there",
        "refused",
        "kept as source",
        "Hỏi?\nA. x\nB. y\nANSWER: E",
        (),
        "no answer has",
    ),
    Row("the same letter twice", "refused", "kept as source", "Hỏi?\nA. x\nA. y\nANSWER: A", (), "same letter"),
    Row(
        "one answer alone, or text without answers",
        "refused",
        "kept as source",
        "Hỏi?\nA. x\nANSWER: A",
        (),
        "fewer than two",
    ),
    Row("answers without a question", "refused", "kept as source", "A. x\nB. y\nANSWER: A", (), "No question stands"),
]
