"""Lists of people: which rows go in, which do not and why, and what is only to be looked at."""

from collections.abc import Mapping

import pytest

from elearning.domain.message import Message
from elearning.domain.names import fold
from elearning.domain.people_import import Holder, Known, Verdict, judge_people, judge_units, read_lines
from elearning.domain.people_lines import Line, read_line
from elearning.domain.signing_in import sign_in_name
from elearning.domain.unit_paths import Found, Place, find_places, split_path

PROVINCE, OFFICE = Place(1, ("Tỉnh An Khuê",)), Place(2, ("Tỉnh An Khuê", "Sở Nội vụ"))
LAM, LAM_TOO = Place(3, ("Tỉnh An Khuê", "Xã Mộc Lâm")), Place(4, ("Tỉnh An Khuê", "Xã Mốc Lâm"))
UNITS = (PROVINCE, OFFICE, LAM, LAM_TOO)
NOBODY = Known({}, frozenset())


def line(number: int, name: str = "Trần Thị Ánh", unit: str = "Sở Nội vụ", **values: str) -> Line:
    return Line(number, {"name": name, "unit": unit, **values})


def verdicts(*lines: Line, known: Known = NOBODY, may_add: bool = True) -> list[Verdict]:
    rows = read_lines(lines)
    return judge_people(rows, find_places([row.unit for row in rows], UNITS, may_add), known)


def holding(name: str, *sign_in: str) -> Known:
    return Known({sign_in_name(one): Holder(7, fold(name)) for one in sign_in}, frozenset())


def plain(said: tuple[Message, ...]) -> str:
    return " ".join(one.plain() for one in said)


def place_of(text: str, may_add: bool = True) -> Found | Message:
    return find_places([text], UNITS, may_add).by_text[text]


def test_a_good_row_becomes_a_person_with_all_their_sign_in_names() -> None:
    [one] = verdicts(line(2, code="CB 07", email="Anh@AnKhue.example", phone="+84 912 345 678", title="Trưởng phòng", duty="Người phát ngôn"))  # fmt: skip
    assert one.state == "new"
    assert one.person is not None
    assert [named.name.normal for named in one.person.names] == ["CB07", "anh@ankhue.example", "0912345678"]
    assert (one.person.place, one.person.title, one.person.duty) == (OFFICE, "Trưởng phòng", "Người phát ngôn")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Write the full name"),
        ({"name": "12345"}, "is not a name"),
        ({"unit": ""}, "Write the unit."),
        ({"code": ""}, "to sign in with"),
        ({"email": "anh.ankhue"}, "is not an e-mail address"),
        ({"phone": "trống"}, "is not a telephone number"),
        ({"phone": "12345"}, "is not a telephone number"),
        ({"code": "a@b.vn"}, "is not a staff code"),
        ({"title": "x" * 201}, "Shorten “Position” to 200"),
        ({"unit": "Sở Nội vụ > "}, "A name is missing in the path"),
        ({"unit": "Sở A > Phòng B > Sở A"}, "cannot stand below itself"),
        ({"unit": "x" * 301}, "too long"),
    ],
)
def test_a_bad_row_says_what_to_change(values: Mapping[str, str], said: str) -> None:
    [one] = verdicts(line(2, **{"code": "CB1", **values}))
    assert one.state == "bad"
    assert said in plain(one.reasons)
    assert one.person is None


def test_a_row_says_everything_that_is_wrong_with_it_at_once() -> None:
    [one] = verdicts(line(2, name="", unit="", email="x"))
    assert len(one.reasons) == 4


def test_two_rows_with_one_staff_code_are_both_bad_and_name_each_other() -> None:
    first, second = verdicts(line(2, code="CB1"), line(9, name="Lê An", code="cb 1"))
    assert (first.state, second.state) == ("bad", "bad")
    assert "row 9" in plain(first.reasons)
    assert "row 2" in plain(second.reasons)
    assert len(first.reasons) == 1


def test_a_telephone_that_a_commune_shares_becomes_the_contact_of_each() -> None:
    first, second = verdicts(line(2, code="CB1", phone="0263 3812 345"), line(3, "Lê An", code="CB2", phone="02633812345", contact="Văn phòng"))  # fmt: skip
    assert (first.state, second.state) == ("new", "new")
    assert first.person is not None
    assert second.person is not None
    assert first.person.contact == "0263 3812 345"
    assert second.person.contact == "Văn phòng · 02633812345"
    assert [named.shown for named in first.person.names] == ["CB1"]
    assert "row 3" in plain(first.notes)


def test_a_shared_telephone_alone_lets_nobody_in() -> None:
    first, second = verdicts(line(2, phone="02633812345"), line(3, "Lê An", phone="02633812345"))
    assert (first.state, second.state) == ("bad", "bad")
    assert "shared with others" in plain(first.reasons)


def test_one_person_listed_twice_is_bad_twice() -> None:
    first, second = verdicts(line(2, email="a@b.vn", code="CB1"), line(3, "TRAN THI ANH", email="A@b.vn", code="CB2"))
    assert (first.state, second.state) == ("bad", "bad")
    assert "row 3 too" in plain(first.reasons)


def test_somebody_who_is_there_already_is_passed_over() -> None:
    [one] = verdicts(line(2, code="CB1", phone="0912345678"), known=holding("Trần Thị Ánh", "CB1"))
    assert (one.state, one.person) == ("there", None)


def test_a_staff_code_of_somebody_else_is_a_mistake() -> None:
    [one] = verdicts(line(2, code="CB1"), known=holding("Lê An", "CB1"))
    assert one.state == "bad"
    assert "already lets somebody else sign in" in plain(one.reasons)
    assert "Lê An" not in plain(one.reasons)


def test_a_telephone_of_somebody_else_becomes_a_contact() -> None:
    [one] = verdicts(line(2, code="CB1", phone="0912345678"), known=holding("Lê An", "0912345678"))
    assert one.person is not None
    assert one.person.contact == "0912345678"


def test_one_name_twice_in_a_unit_is_worth_a_look_and_no_more() -> None:
    known = Known({}, frozenset({(2, fold("Trần Thị Ánh"))}))
    first, second, elsewhere = verdicts(line(2, code="1A"), line(3, code="2A"), line(4, unit="Xã Mộc Lâm", code="3A"), known=known)  # fmt: skip
    assert (first.state, second.state, elsewhere.state) == ("new", "new", "new")
    assert "somebody of this name is in this unit already" in plain(first.notes)
    assert "row 3 has the same name" in plain(first.notes)
    assert elsewhere.notes == ()


def test_a_telephone_kept_as_a_number_gets_its_zero_back() -> None:
    read = read_line(Line(2, {"name": "An", "unit": "Xã A", "phone": "912345678"}, frozenset({"phone"})))
    assert [(one.shown, one.name.kind) for one in read.names] == [("0912345678", "phone")]


def test_a_code_kept_as_a_number_warns_that_zeros_may_be_lost() -> None:
    numeric = read_line(Line(2, {"name": "An", "unit": "Xã A", "code": "123"}, frozenset({"code"})))
    written = read_line(Line(2, {"name": "An", "unit": "Xã A", "code": "00123"}))
    assert "zeros at its front may be lost" in plain(numeric.notes)
    assert (written.notes, written.names[0].shown) == ((), "00123")


def test_an_empty_cell_below_a_merged_one_says_so() -> None:
    read = read_line(Line(3, {"name": "", "unit": "Xã A", "code": "CB2"}, merged={"name": 2}))
    assert "“Full name” is merged with row 2" in plain(read.reasons)
    assert len(read.reasons) == 1


def test_several_telephones_in_one_cell_are_several_names() -> None:
    read = read_line(Line(2, {"name": "An", "unit": "Xã A", "phone": "0912 345 678; 0987.654.321"}))
    assert [one.name.normal for one in read.names] == ["0912345678", "0987654321"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Tỉnh > Sở > Phòng", ("Tỉnh", "Sở", "Phòng")),
        ("Tỉnh/Sở", ("Tỉnh", "Sở")),
        ("Tỉnh › Phòng A/B", ("Tỉnh", "Phòng A/B")),
        ("Xã", ("Xã",)),
    ],
)
def test_a_path_is_parted_by_arrows_or_else_by_slashes(text: str, path: tuple[str, ...]) -> None:
    assert split_path(text) == path


@pytest.mark.parametrize(
    ("text", "place", "loosely"),
    [
        ("Tỉnh An Khuê > Sở Nội vụ", OFFICE, False),
        ("SỞ NỘI VỤ", OFFICE, False),
        ("So Noi vu", OFFICE, True),
        ("Xã Mộc Lâm", LAM, False),
        ("Xã Mốc Lâm", LAM_TOO, False),
    ],
)
def test_a_unit_is_found_by_its_path_or_by_its_name(text: str, place: Place, loosely: bool) -> None:
    assert place_of(text) == Found(place, loosely)


def test_a_name_that_fits_two_units_asks_for_the_whole_path() -> None:
    found = place_of("Xa Moc Lam")
    assert isinstance(found, Message)
    assert "Several units" in found.plain()


def test_two_units_with_one_path_are_told_apart_by_nobody() -> None:
    found = find_places(["Xã A"], [Place(1, ("Xã A",)), Place(2, ("Xã A",))], True).by_text["Xã A"]
    assert isinstance(found, Message)


def test_an_administrator_adds_units_and_all_above_them_in_order() -> None:
    texts = ["Phòng B", "Tỉnh An Khuê > Sở Y tế > Phòng B", "Sở Y tế"]
    places = find_places(texts, UNITS, True)
    health = Place(0, ("Tỉnh An Khuê", "Sở Y tế"))
    room = Place(0, (*health.path, "Phòng B"))
    assert places.new == (health, room)
    assert [places.by_text[text] for text in texts] == [Found(room), Found(room), Found(health)]


def test_a_coordinator_cannot_tell_a_foreign_unit_from_one_that_is_not_there() -> None:
    foreign = find_places(["Sở Nội vụ"], [LAM], False).by_text["Sở Nội vụ"]
    missing = find_places(["Sở Không Có"], [LAM], False).by_text["Sở Không Có"]
    assert isinstance(foreign, Message)
    assert isinstance(missing, Message)
    assert foreign.key == missing.key


def test_a_slash_in_the_name_of_a_unit_parts_nothing() -> None:
    known = Place(9, ("Phòng PA05/CA",))
    assert find_places(["Phòng PA05/CA"], [known], False).by_text["Phòng PA05/CA"] == Found(known)


def test_a_list_of_units_makes_each_once() -> None:
    lines = [Line(n, {"unit": text, "kind": "sở"}) for n, text in enumerate(["Sở Y tế", "Sở Y tế", "Sở Nội vụ"], 2)]
    judged = judge_units(lines, find_places([row.values["unit"] for row in lines], UNITS, True))
    assert [one.state for one in judged] == ["new", "there", "there"]


def test_a_kind_of_unit_is_a_short_word() -> None:
    lines = [Line(2, {"unit": "Sở Y tế", "kind": "x" * 31})]
    assert judge_units(lines, find_places(["Sở Y tế"], UNITS, True))[0].state == "bad"
