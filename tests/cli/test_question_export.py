"""`phatngon content export BANK --format …`: the file for another platform, and what it cannot say."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from elearning.cli.banks_out import FORMATS as NAMES
from elearning.content.writing import read
from elearning.exchange.questions import FORMATS
from elearning.services import publishing
from elearning.services.work import NOBODY, House
from tests.cli.test_question_import import run_content

BANK = """# Mẫu

## Ai ký? {#ai-ky}

- [x] Người đứng đầu
- [ ] Ai cũng được
{: points=2 hint="Đọc Điều 7" }

## Sắp xếp. {#sap-xep}

1. Một
2. Hai
3. Ba
{: points=1 }
"""


@pytest.fixture
def bank(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("PHATNGON_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {"quizzes/banks/mau.md": BANK.encode()})
    return house


@pytest.mark.parametrize("wanted", NAMES)
def test_the_file_holds_the_questions_of_the_bank(bank: House, wanted: str) -> None:
    done = run_content(bank, "export", "mau", "--format", wanted)
    assert done.exit_code == 0, done.output
    form = FORMATS[NAMES[wanted]]
    data = Path(f"mau{form.suffix}").read_bytes()
    assert [item.question.key for item in form.read(BytesIO(data)) if item.question] == ["ai-ky", "sap-xep"]


def test_what_the_format_cannot_say_is_told_with_the_questions_that_lose_it(bank: House) -> None:
    said = run_content(bank, "export", "mau", "--format", "gift").stdout
    assert said.startswith("mau.gift is written.\nWhat the file does not say\n")
    assert ". 1 question: ai-ky" in said
    assert "Nothing is lost in this format." in run_content(bank, "export", "mau", "--format", "xlsx").stdout


def test_the_same_is_told_as_json(bank: House) -> None:
    told = json.loads(run_content(bank, "export", "mau", "--format", "gift", "--json", "--out", "x.txt").stdout)
    assert (told["bank"], told["format"], told["file"], told["questions"]) == ("mau", "gift", "x.txt", 2)
    assert ["ai-ky"] in [one["keys"] for one in told["unsaid"]]
    assert all(one["said"] and one["count"] == len(one["keys"]) for one in told["unsaid"])
    assert read(BANK)[0][0].ask in Path("x.txt").read_text("utf-8")


def test_a_bank_that_is_not_there_is_refused_in_one_sentence(bank: House) -> None:
    done = run_content(bank, "export", "khong-co", "--format", "csv")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert list(Path().iterdir()) == []
