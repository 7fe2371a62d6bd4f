"""Quizzes and attempts: rules, answering with and without scripts, handing in, the result."""

import re
from dataclasses import replace

from flask import flash, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Closed, Mistaken
from elearning.services import answering, attempting, handing_in, reviewing, saving, uploading
from elearning.web.frame import show
from elearning.web.learner.saving import from_form, from_json, reply
from elearning.web.learner.views import bp
from elearning.web.request import (
    actor,
    arrived,
    begun,
    end_reading,
    house,
    number_in,
    page_number,
    reading,
    see_other,
    writing,
)
from elearning.web.words import words


@bp.get("/courses/<course>/quizzes/<quiz>")
def quiz(course: str, quiz: str) -> ResponseReturnValue:
    """The rules and earlier attempts."""
    with reading() as work:
        page = attempting.quiz_page(work, course, quiz)
    return show("learner/quiz.html", page)


@bp.post("/courses/<course>/quizzes/<quiz>")
def begin(course: str, quiz: str) -> ResponseReturnValue:
    """Begin an attempt, or take up the one that runs."""
    try:
        with writing(short=True) as work:
            attempt = attempting.start(work, course, quiz, request.form.get("password", "")[:200])
    except Mistaken as error:
        with reading() as work:
            page = replace(attempting.quiz_page(work, course, quiz), refused=error.message)
        return show("learner/quiz.html", page, None, 422)
    return see_other("learner.attempt", attempt=attempt)


@bp.get("/attempts/<attempt>")
def attempt(attempt: str) -> ResponseReturnValue:
    """One page of questions; when the attempt is over, what follows it. Who only knocks (static/door.js) is drawn no page."""
    try:
        with reading() as work:
            page = answering.attempt_page(work, attempt, page_number(), request.args.get("tab", ""))
    except answering.TimeUp:
        return see_other("learner.review", attempt=attempt)
    except Closed:
        return see_other("learner.result", attempt=attempt)
    return show("learner/attempt.html", page) if request.method == "GET" else ("", 204)


@bp.post("/attempts/<attempt>/answers")
def answers(attempt: str) -> ResponseReturnValue:
    """Save. JSON is answered in JSON; a plain form goes on to the page that its button names."""
    if request.is_json:
        saved = _keep(attempt, from_json(request.get_json(silent=True)))
        status = 409 if saved.late else 200
        return jsonify(reply(saved, words(saved.late) if saved.late else None)), status
    return _save_form(attempt)


def _keep(attempt: str, typed: saving.Saving) -> saving.SavedReply:
    return saving.keep(house(), actor(), attempt, typed, arrived(), request.remote_addr or "", begun())


def _save_form(attempt: str) -> ResponseReturnValue:
    typed, go = _with_recordings(attempt, from_form(request.form)), request.form.get("go", "")
    if go == "finish":
        with writing(short=True) as work:
            saved = saving.save(work, attempt, typed) if typed.slots else None
            handing_in.submit(work, attempt)
    else:
        saved = _keep(attempt, typed) if typed.slots else None
    if saved and saved.late:
        flash(words(saved.late), "warn")
    if go == "finish":
        return see_other("learner.result", attempt=attempt)
    page = number_in(request.form.get("page", ""), 1)
    if saved and saved.nothing_to_check:
        flash(_("Answer the question first, then check it."), "warn")
    if saved and saved.newer:
        return see_other("learner.attempt", attempt=attempt, page=page, tab=typed.tab)
    return _go_on(attempt, go, page)


def _with_recordings(attempt: str, typed: saving.Saving) -> saving.Saving:
    """What was typed, with the recordings that the form has brought as files; one that cannot be kept is told, and the other
    answers are saved all the same.
    """
    answers = dict(typed.answers)
    if request.files:
        end_reading()  # the answers are read after them, and must find them
    for name, file in request.files.items():
        if re.fullmatch(r"u\d{1,4}", name) and file.filename:
            slot = int(name[1:])
            try:
                kept = uploading.take_whole(house(), actor(), attempt, slot, file.filename, file.stream)
            except Mistaken as error:
                flash(words(error.message), "bad")
            else:
                answers[slot] = saving.Typed((kept,), {})
    return replace(typed, answers=answers)


def _go_on(attempt: str, go: str, page: int) -> ResponseReturnValue:
    if go.startswith("check-"):
        return see_other("learner.attempt", attempt=attempt, page=page, _anchor=f"question-{go[6:]}")
    if go == "review":
        return see_other("learner.review", attempt=attempt)
    target = {"previous": page - 1, "next": page + 1}.get(go, number_in(go.removeprefix("page-"), page))
    return see_other("learner.attempt", attempt=attempt, page=max(1, target))


@bp.get("/attempts/<attempt>/submit")
def review(attempt: str) -> ResponseReturnValue:
    """What is empty or marked, before handing in."""
    with reading() as work:
        page = handing_in.review_page(work, attempt)
    if page.handed_in:
        return see_other("learner.result", attempt=attempt)
    return show("learner/review.html", page)


@bp.post("/attempts/<attempt>/submit")
def submit(attempt: str) -> ResponseReturnValue:
    """Hand in; a second time changes nothing."""
    with writing(short=True) as work:
        handing_in.submit(work, attempt)
    return see_other("learner.result", attempt=attempt)


@bp.get("/attempts/<attempt>/result")
def result(attempt: str) -> ResponseReturnValue:
    """The result; while the attempt runs, its questions."""
    try:
        with reading() as work:
            page = reviewing.result_page(work, attempt)
    except Closed:
        return see_other("learner.attempt", attempt=attempt)
    return show("learner/result.html", page)
