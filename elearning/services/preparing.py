"""A working platform from nothing: tables, starter courses, demonstration people. Nothing that is there is changed."""

from collections.abc import Mapping

from elearning.content.compiling import course_keys
from elearning.domain.person import Role
from elearning.services import demonstration, publishing
from elearning.services.demonstration import ACCOUNTS, DemoAccount
from elearning.services.passwords import hashed
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts


def publish_starters(house: House, files: Mapping[str, bytes]) -> list[str]:
    """Import and publish the starter courses where no course is live yet; the keys of those published."""
    with house.reading(NOBODY) as work:
        if texts.live_courses(work.session):
            return []
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)
        return [publishing.publish(work, key).course for key in course_keys(files)]


def add_demonstration(house: House) -> list[DemoAccount]:
    """Add the demonstration people where the platform has nobody; their accounts with fresh passwords."""
    with house.reading(NOBODY) as work:
        if not demonstration.is_empty(work):
            return []
    plain: dict[Role, str] = {role: house.chance.token(9) for role, *_ in ACCOUNTS}
    passwords = {role: (word, hashed(word)) for role, word in plain.items()}
    with house.writing(NOBODY) as work:
        return demonstration.add_people(work, passwords) if demonstration.is_empty(work) else []
