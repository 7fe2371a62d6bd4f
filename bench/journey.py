"""The journey of a learner, request by request as the pages of the platform make them: the unit in which cost is told."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.browser import Browser
from bench.people import PASSWORD, Learner, RightAnswer, Taught


@dataclass(slots=True)
class Traveller:
    """One learner on the way through the measured course."""

    learner: Learner
    browser: Browser
    taught: Taught
    answers: Callable[[str], dict[int, RightAnswer]]

    @property
    def _course(self) -> str:
        return f"/courses/{self.taught.course}"

    def sign_in(self) -> None:
        """The door, and the start page behind it."""
        self.browser.get("/login", "sign-in page")
        fields: dict[str, str | list[str]] = {
            "identifier": self.learner.identifier, "password": PASSWORD, "next": "",
        }  # fmt: skip
        self.browser.post("/login", fields, "signing in", "start page")
        assert self.browser.path == "/learn", f"not let in: {self.browser.path}"

    def learn(self) -> None:
        """The outline, and every lesson: read, finished, straight on to the next."""
        self.browser.get(self._course, "outline")
        for lesson in self.taught.lessons:
            address = f"{self._course}/{lesson}"
            if self.browser.path != address:
                self.browser.get(address, "lesson")
            self.browser.post(f"{address}/complete", {}, "finishing a lesson", "lesson")

    def begin(self) -> dict[int, RightAnswer]:
        """The rules, and the first question; what is right on the paper."""
        address = f"{self._course}/quizzes/{self.taught.exam}"
        self.browser.get(address, "quiz rules")
        self.browser.post(address, {}, "starting an attempt", "question page")
        return self.answers(self._attempt())

    def answer(self) -> None:
        """The examination: each answer is saved as it is given, then the page is turned, as with scripts on."""
        right = self.begin()
        attempt = self._attempt()
        for place, (slot, answer) in enumerate(right.items(), 1):
            version = self._save(attempt, self._body(1, int(self.browser.hidden("base")), {slot: answer.value}))
            self._turn(attempt, slot, answer, version, "next" if place < len(right) else "review")

    def save_all(self, rounds: int, seq: int = 0) -> int:
        """Only saving: every answer of the paper that is open, some times over; the number of the last save.

        `seq` is the number of the last save before, where the page has been saved by this before.
        """
        attempt, version = self._attempt(), int(self.browser.hidden("base")) + seq
        right = self.answers(attempt)
        for _ in range(rounds):
            for slot, answer in right.items():
                seq += 1
                version = self._save(attempt, self._body(seq, version, {slot: answer.value}))
        return seq

    def save_at_once(self) -> None:
        """Every answer of the paper that is open, in one save."""
        attempt, version = self._attempt(), int(self.browser.hidden("base"))
        body = self._body(1, version, {slot: answer.value for slot, answer in self.answers(attempt).items()})
        self._save(attempt, body)

    def _body(self, seq: int, base: int, values: Mapping[int, object]) -> dict[str, object]:
        answers = {str(slot): value for slot, value in values.items()}
        return {"tab": self.browser.hidden("tab"), "seq": seq, "base": base, "answers": answers}

    def _attempt(self) -> str:
        found = re.search(r"/attempts/([^/?]+)", self.browser.path)
        assert found is not None, f"no attempt at {self.browser.path}"
        return found[1]

    def _save(self, attempt: str, body: dict[str, object]) -> int:
        reply = self.browser.save(f"/attempts/{attempt}/answers", body, "saving an answer")
        found = re.search(r'"version":\s*(\d+)', reply.text)
        assert found is not None, f"no version in {reply.text[:200]}"
        return int(found[1])

    def _turn(self, attempt: str, slot: int, answer: RightAnswer, base: int, go: str) -> None:
        hidden = self.browser.hidden
        fields: dict[str, str | list[str]] = {
            "tab": hidden("tab"), "seq": "2", "base": str(base), "page": hidden("page"), f"f{slot}.shown": "1", "go": go,
            **answer.fields,
        }  # fmt: skip
        then = "question page" if go == "next" else "page before handing in"
        self.browser.post(f"/attempts/{attempt}/answers", fields, "turning a page", then)

    def hand_in(self) -> None:
        """Handing in, and the result, which must be a pass."""
        attempt = self._attempt()
        self.browser.post(f"/attempts/{attempt}/submit", {}, "handing in", "result")
        assert self.browser.path.endswith("/result"), f"handing in led to {self.browser.path}"

    def certificate(self) -> None:
        """The list of certificates, and the certificate as PDF."""
        page = self.browser.get("/certificates", "certificates").text
        found = re.search(r"/certificates/([^\"/]+)\.pdf", page)
        assert found is not None, "the examination brought no certificate"
        pdf = self.browser.fetch(f"/certificates/{found[1]}.pdf", "certificate as PDF")
        assert pdf.body.startswith(b"%PDF"), "the certificate is no PDF"
