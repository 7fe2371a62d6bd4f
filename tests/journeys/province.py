"""A fictional province as its administrator sends it: one list of 1,700 people with their 118 units, a few rows of it wrong."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from random import Random

import xlsxwriter

from elearning.domain import fiction
from elearning.domain.message import Message, message
from elearning.domain.names import sort_key
from elearning.domain.people_lines import LONGEST

TITLE = "DANH SÁCH CÁN BỘ PHÁT NGÔN VÀ CUNG CẤP THÔNG TIN CHO BÁO CHÍ"
HEADINGS = ("Họ và tên", "Đơn vị", "Chức vụ", "Nhiệm vụ", "E-mail", "Điện thoại", "Mã cán bộ")
FIRST_ROW = 4
PEOPLE, UNITS = 1700, 118
OFFICES = ("Văn phòng", "Phòng Thông tin")
OFFICE_HEADS = 4
# The list says so many rows before each wrong one, so that they stand apart and not at its end.
APART = 211
NAMES = ("Khuê Dương", "Khuê Lĩnh", "Khuê Thạch")


@dataclass(frozen=True, slots=True)
class Resident:
    """A row of the list, in the order of its columns."""

    name: str
    unit: str
    title: str
    duty: str
    email: str
    phone: str
    code: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot go in: what is wrong with it, where it stands in the file, and how it is when mended."""

    number: int
    wrong: Resident
    reason: Message
    mended: Resident


@dataclass(frozen=True, slots=True)
class Province:
    """The list, and those parts of it that the journey visits."""

    top: str
    department: str
    office: str
    commune: str
    residents: tuple[Resident, ...]
    bad: tuple[BadRow, ...]

    def within(self, unit: str) -> list[Resident]:
        """The good rows of a unit and all below it, in the order of lists of people."""
        found = (one for one in self.residents if unit in one.unit.split(" > "))
        return sorted(found, key=lambda one: sort_key(one.name))

    def rows(self) -> list[Resident]:
        """Good and wrong rows in the order of the file."""
        rows = list(self.residents)
        for one in self.bad:
            rows.insert(one.number - FIRST_ROW, one.wrong)
        return rows


def province(number: int) -> Province:
    """One of the provinces, each with people and units of its own."""
    rng = Random(f"{number}")  # noqa: S311  the same province every time
    name = NAMES[number]
    drawn = fiction.units(rng, UNITS - 1 - len(OFFICES))
    heads = fiction.heads(rng, PEOPLE - 1, drawn)
    top = f"Ủy ban nhân dân tỉnh {name}"
    paths = [f"{top} > {_renamed(unit.name, name)}" for unit in drawn]
    kinds = {path: unit.kind for path, unit in zip(paths, drawn, strict=True)} | {top: "department"}
    places = [top, *(path for path, count in zip(paths, heads, strict=True) for _ in range(count))]
    residents = [
        _resident(rng, place, kinds[place], places[:n].count(place), number * 10_000 + n)
        for n, place in enumerate(places)
    ]
    department, commune = paths[0], paths[fiction.first_commune(drawn)]
    offices = [f"{office} {_last(department)}" for office in OFFICES]
    _seat(residents, department, offices)
    bad = _spoiled(rng, paths[-1], len(residents), number * 10_000 + len(residents))
    return Province(top, _last(department), offices[0], _last(commune), tuple(residents), bad)


def _renamed(unit: str, name: str) -> str:
    return unit.replace("An Khuê", name)


def _last(path: str) -> str:
    return path.rsplit(" > ", maxsplit=1)[-1]


def _resident(rng: Random, unit: str, kind: str, place: int, ordinal: int) -> Resident:
    name, (title, duty) = fiction.person_name(rng), fiction.title(rng, kind, place)
    phone = fiction.phone(ordinal) if ordinal % 3 == 0 else ""
    return Resident(name, unit, title, duty, fiction.mail_address(name, ordinal), phone, fiction.staff_code(ordinal))


def _seat(residents: list[Resident], department: str, offices: Sequence[str]) -> None:
    """Put the last people of a department into its offices, so that there is something below it."""
    places = [n for n, one in enumerate(residents) if one.unit == department]
    for office, start in zip(offices, (OFFICE_HEADS, 2 * OFFICE_HEADS), strict=True):
        for n in places[-start:][:OFFICE_HEADS]:
            residents[n] = replace(residents[n], unit=f"{department} > {office}")


def _spoiled(rng: Random, unit: str, people: int, ordinal: int) -> tuple[BadRow, ...]:
    """Seven rows with the mistakes that such lists have. `ordinal` is the first number that nobody has yet."""
    sound = [_resident(rng, unit, "commune", 9, ordinal + n) for n in range(7)]
    numbers = [FIRST_ROW + APART * (n + 1) for n in range(7)]
    twice = message("“%(name)s” stands in row %(row)s too. Keep one of the two rows, or correct it.",
                    name=sound[5].code, row=0)  # fmt: skip
    wrongs = (
        (replace(sound[0], email="", phone="", code=""),
         message("Write an e-mail address, a telephone number or a staff code, to sign in with.")),
        (replace(sound[1], unit=""), message("Write the unit.")),
        (replace(sound[2], name=""),
         message("Write the full name as on the ID card, in up to %(most)s characters.", most=LONGEST)),
        (replace(sound[3], email="tiep dan@"),
         message("“%(text)s” is not an e-mail address. Correct it, or leave the cell empty.", text="tiep dan@")),
        (replace(sound[4], unit=unit.replace(" > ", " > > ")),
         message("A name is missing in the path of the unit. Take out the arrow or slash that is too many.")),
        (sound[5], message(twice.key, name=sound[5].code, row=numbers[6])),
        (replace(sound[6], code=sound[5].code), message(twice.key, name=sound[5].code, row=numbers[5])),
    )  # fmt: skip
    assert people > APART * len(wrongs)
    # The first of the two that share a code is right as it is, once the other has a code of its own.
    rows = zip(numbers, wrongs, sound, strict=True)
    return tuple(BadRow(number, wrong, reason, mended) for number, (wrong, reason), mended in rows)


def write_list(province: Province, target: Path) -> Path:
    """Write the list as offices do: a title, a blank row, the heading, a number before each row."""
    rows = ((n, *astuple(one)) for n, one in enumerate(province.rows(), 1))
    return write_table(target, ((TITLE,), (), ("TT", *HEADINGS), *rows))


def write_table(target: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write an XLSX file of one sheet: figures as figures, all else as text, so that zeros at the front stay."""
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                elif cell:
                    sheet.write_string(number, place, str(cell))
    return target
