"""What a list says of a course: whole sentences of its introduction, and never half a word."""

from elearning.content.allowed import LONGEST_SUMMARY, summary_of

SENTENCE = "Khi có việc, người phát ngôn nói điều đã kiểm tra."


def test_a_short_introduction_is_its_own_summary() -> None:
    assert summary_of(f"<p>{SENTENCE}</p>\n<p>Xem <a href='/laws/x'>điều 7</a></p>") == f"{SENTENCE} Xem điều 7"


def test_a_long_introduction_is_summed_up_by_its_first_whole_sentences() -> None:
    found = summary_of(f"<p>{SENTENCE}</p>\n" * 9)
    assert found == " ".join([SENTENCE] * 4)
    assert len(found) <= LONGEST_SUMMARY < len(f"{found} {SENTENCE}")


def test_a_question_in_quotes_ends_a_sentence() -> None:
    assert summary_of(f"<p>Ai hỏi “việc gì?” {'rất dài ' * 40}</p>") == "Ai hỏi “việc gì?”"


def test_a_sentence_that_is_too_long_ends_at_a_word() -> None:
    found = summary_of(f"<p>{'chữ, ' * 90}</p>")
    assert found == ", ".join(["chữ"] * 48) + "…"
