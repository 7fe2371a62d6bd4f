"""The list of people is searched by pieces of names and of units, and by whole sign-in names of every kind."""

import pytest

from elearning.services.people import people_page
from elearning.services.work import House
from tests.services.cast import Cast


@pytest.mark.parametrize(
    ("asked", "found"),
    [("ak-00007", ["Lê An"]), ("AK-00007", ["Lê An"]), ("0912345678", ["Đỗ Bình"]), ("BINH@ankhue.example", ["Cao Chi"]),
     ("ak-0000", []), ("moc lam", ["Đỗ Bình", "Lê An"]), ("le", ["Lê An"])],
)  # fmt: skip
def test_a_search_fits_pieces_of_names_and_units_but_only_whole_sign_in_names(
    house: House, cast: Cast, asked: str, found: list[str]
) -> None:
    admin = cast.person("admin", name="Quản Trị")
    cast.person(name="Lê An", unit="Xã Mộc Lâm", identifier="AK-00007")
    cast.person(name="Đỗ Bình", unit="Xã Mộc Lâm", identifier="0912 345 678")
    cast.person(name="Cao Chi", identifier="binh@ankhue.example")
    with house.reading(admin.actor) as work:
        page = people_page(work, asked, 1)
    assert sorted(row.name for row in page.rows) == sorted(found)
    assert page.total == len(found)
