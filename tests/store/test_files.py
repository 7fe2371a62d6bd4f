"""Files of people: the same promises in a folder and in a bucket that several machines share."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from elearning.services.failing import unavailable
from elearning.store.files import bucket as buckets
from elearning.store.files.bucket import AddressError, Away, Bucket, open_bucket
from elearning.store.files.folder import Folder
from elearning.store.files.kind import Files, NotThere
from tests.store.s3 import Objects, small_store

NAME, OTHER = "abcdefghijklmnopqrstuv", "vutsrqponmlkjihgfedcba"


@pytest.fixture
def objects() -> Iterator[Objects]:
    with small_store() as running:
        yield running


@pytest.fixture
def bucket(objects: Objects, tmp_path: Path) -> Bucket:
    return open_bucket(objects.url, tmp_path / "fetched")


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "folder":
        return Folder(tmp_path / "files")
    found: Bucket = request.getfixturevalue("bucket")
    return found


def test_a_file_grows_part_by_part_and_is_read_as_it_was_sent(files: Files) -> None:
    assert files.size(NAME) == 0
    assert files.append(NAME, 0, b"abc") == 3
    assert files.append(NAME, 3, b"defg") == 7
    assert files.size(NAME) == 7
    assert files.start_of(NAME, 2) == b"ab"
    assert files.path(NAME).read_bytes() == b"abcdefg"
    assert files.append(NAME, 7, b"h") == 8
    assert files.path(NAME).read_bytes() == b"abcdefgh"


def test_a_part_that_was_sent_twice_or_out_of_its_turn_changes_nothing(files: Files) -> None:
    files.append(NAME, 0, b"abc")
    assert files.append(NAME, 0, b"xyz") == 3
    assert files.append(NAME, 5, b"far") == 3
    assert files.append(NAME, 3, b"") == 3
    assert files.path(NAME).read_bytes() == b"abc"


def test_a_file_that_is_kept_takes_the_place_of_the_one_before(files: Files) -> None:
    files.append(NAME, 0, b"abc")
    files.append(NAME, 3, b"def")
    assert files.path(NAME).read_bytes() == b"abcdef"
    files.keep(NAME, io.BytesIO(b"uvwxyz"))
    assert files.path(NAME).read_bytes() == b"uvwxyz"
    assert files.size(NAME) == 6


def test_a_large_file_is_kept_whole(files: Files) -> None:
    large = bytes(range(256)) * 50_000
    files.keep(NAME, io.BytesIO(large))
    assert files.path(NAME).read_bytes() == large


def test_what_is_removed_is_gone_and_what_never_was_is_not_there(files: Files) -> None:
    files.append(NAME, 0, b"abc")
    files.path(NAME)
    files.append(OTHER, 0, b"other")
    files.remove(NAME)
    assert files.size(NAME) == 0
    for act in (lambda: files.path(NAME), lambda: files.start_of(NAME, 1)):
        with pytest.raises(NotThere):
            act()
    files.remove(NAME)
    assert files.path(OTHER).read_bytes() == b"other"


@pytest.mark.parametrize("name", ["../secret-key", "short", "abcdefghijklmnopqrst/x", ""])
def test_no_name_leads_out(files: Files, name: str) -> None:
    with pytest.raises(NotThere):
        files.size(name)


def test_two_machines_to_which_the_same_part_is_sent_at_once_keep_it_once(objects: Objects, tmp_path: Path) -> None:
    machines = [open_bucket(objects.url, tmp_path / str(number)) for number in range(4)]
    gate, said = threading.Barrier(4), list[int]()

    def send(machine: Bucket) -> None:
        gate.wait()
        said.append(machine.append(NAME, 0, b"abc"))

    sending = [threading.Thread(target=send, args=(machine,)) for machine in machines]
    for one in sending:
        one.start()
    for one in sending:
        one.join()
    assert said == [3, 3, 3, 3]
    assert list(objects.held) == [f"tep/{NAME}/000000000000"]


def test_what_one_machine_took_another_goes_on_with_and_plays(objects: Objects, tmp_path: Path) -> None:
    one, other = (open_bucket(objects.url, tmp_path / name) for name in ("one", "other"))
    one.append(NAME, 0, b"abc")
    assert other.append(NAME, 3, b"def") == 6
    assert one.path(NAME).read_bytes() == b"abcdef"


def test_a_store_that_is_away_is_told_as_a_disk_that_cannot_now(bucket: Bucket, objects: Objects) -> None:
    bucket.append(NAME, 0, b"abc")
    objects.away = True
    with pytest.raises(Away) as told:
        bucket.append(NAME, 3, b"def")
    assert unavailable(told.value) is not None
    objects.away = False
    assert bucket.append(NAME, 3, b"def") == 6


def test_copies_that_were_fetched_first_go_when_they_take_too_much(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "ROOM", 5)
    for name, data in ((NAME, b"abcd"), (OTHER, b"efgh")):
        bucket.append(name, 0, data)
        assert bucket.path(name).read_bytes() == data
    assert [path.name for path in bucket.fetched.iterdir()] == [OTHER]
    assert bucket.path(NAME).read_bytes() == b"abcd"


@pytest.mark.parametrize("url", ["s3://", "s3://host", "https://host/bucket", "s3:///bucket"])
def test_an_address_that_cannot_be_read_is_told_with_one_that_can(url: str, tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="s3://KEY:SECRET@"):
        open_bucket(url, tmp_path)
