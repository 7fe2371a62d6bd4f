"""Files of a course: looked at by their content, pictures drawn anew, sent part by part."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from elearning.domain.errors import Mistaken, NotFound
from elearning.services import course_files
from elearning.services.course_files import usable
from elearning.services.publishing import export_texts
from elearning.services.work import NOBODY, House
from tests.services.cast import Someone
from tests.services.texts import COURSE, publish, small_course

Make = Callable[..., Someone]
MP3 = b"ID3" + bytes(2_000_000)


def picture(kind: str, size: tuple[int, int] = (30, 20), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 90, 100)).save(out, kind, **more)
    return out.getvalue()


def huge_png() -> bytes:
    """A picture of 200 megapixels in a few bytes: only its head says so."""
    head = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp"), ("GIF", ".png"), ("BMP", ".jpg"), ("TIFF", ".jpg")],
)
def test_a_picture_is_drawn_anew_whatever_it_came_as(kind: str, ending: str) -> None:
    found, data = usable(picture(kind))
    assert found == ending
    assert Image.open(io.BytesIO(data)).size == (30, 20)


def test_what_a_camera_writes_beside_a_picture_does_not_come_along() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Home address"
    data = picture("JPEG", exif=exif.tobytes())
    assert b"Home address" in data
    assert b"Home address" not in usable(data)[1]


def test_bytes_behind_a_picture_do_not_come_along() -> None:
    assert b"<script>" not in usable(picture("PNG") + b"<script>alert(1)</script>")[1]


def test_a_wide_picture_is_made_smaller() -> None:
    assert Image.open(io.BytesIO(usable(picture("JPEG", (4_000, 1_000)))[1])).size == (2_000, 500)


def test_a_picture_of_two_hundred_megapixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Mistaken, match="60 million pixels"):
        usable(huge_png())


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='x'><script>alert(1)</script></svg>", b'\xef\xbb\xbf<?xml version="1.0"?><svg/>']
)
def test_a_drawing_that_may_carry_programs_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Mistaken, match="SVG"):
        usable(data)


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00", b"PK\x03\x04", b"plain", picture("PNG")[:60], b"RIFF\x00\x00\x00\x00WAVEfmt "]
)
def test_what_a_course_cannot_show_is_refused(data: bytes) -> None:
    with pytest.raises(Mistaken):
        usable(data)


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    publish(house, small_course())
    return make_person("trainer")


def begun(house: House, who: Someone, name: str, size: int) -> str:
    with house.writing(who.actor) as work:
        return course_files.begin(work, COURSE, name, size).id


def sent(house: House, who: Someone, name: str, data: bytes) -> str:
    return course_files.take_whole(house, who.actor, COURSE, name, io.BytesIO(data))


def test_a_file_stands_beside_the_texts_under_a_clean_name(house: House, trainer: Someone) -> None:
    assert sent(house, trainer, "Lời Dẫn (bản 2).MP3", MP3) == f"courses/{COURSE}/media/loi-dan-ban-2.mp3"
    with house.reading(NOBODY) as work:
        assert export_texts(work)[f"courses/{COURSE}/media/loi-dan-ban-2.mp3"] == MP3


def test_the_same_file_sent_twice_is_one_and_another_of_its_name_gets_a_number(house: House, trainer: Someone) -> None:
    first = sent(house, trainer, "a.mp3", MP3)
    assert sent(house, trainer, "a.mp3", MP3) == first
    assert sent(house, trainer, "a.mp3", MP3 + b"x").endswith("/a-2.mp3")


def test_a_sending_goes_on_where_it_broke(house: House, trainer: Someone) -> None:
    upload = begun(house, trainer, "a.mp3", len(MP3))
    course_files.add_part(house, trainer.actor, upload, 0, MP3[:700_000])
    with house.reading(trainer.actor) as work:
        assert course_files.received(work, upload).received == 700_000
    course_files.add_part(house, trainer.actor, upload, 0, MP3[:700_000])
    done = course_files.add_part(house, trainer.actor, upload, 700_000, MP3[700_000:])
    assert done.path.endswith("/a.mp3")
    again = course_files.add_part(house, trainer.actor, upload, 700_000, MP3[700_000:])
    assert again.path == done.path


def test_a_file_of_somebody_else_is_not_there(house: House, trainer: Someone, make_person: Make) -> None:
    upload = begun(house, trainer, "a.mp3", 10)
    with pytest.raises(NotFound):
        course_files.add_part(house, make_person("trainer").actor, upload, 0, b"x")


@pytest.mark.parametrize("size", [0, -1, 20 * 1024 * 1024 + 1])
def test_a_size_that_does_not_fit_is_refused_beforehand(size: int, house: House, trainer: Someone) -> None:
    with pytest.raises(Mistaken):
        begun(house, trainer, "a.mp3", size)


def test_a_file_for_no_course_is_refused(house: House, trainer: Someone) -> None:
    with house.writing(trainer.actor) as work, pytest.raises(NotFound):
        course_files.begin(work, "khong-co", "a.mp3", 10)
