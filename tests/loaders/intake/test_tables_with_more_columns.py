"""Tables of ours with columns beside them: remarks given back, and those of an office."""

from pathlib import Path

import pytest

from loaders.intake.annotate import annotated


@pytest.fixture
def lessons(data_folder: Path) -> list[str]:
    return (data_folder / "lessons.csv").read_text("utf-8").splitlines()[:4]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_table_given_back_with_remarks_is_taken_again(examined, lessons, lang: str) -> None:
    wrong = "\n".join(lessons).replace(",programme,", ",prgramme,", 1) + "\n"
    first = examined(wrong)
    assert [(one.code, one.row) for one in first.findings] == [("cell_not_in_list", 2)]
    back = annotated(wrong.encode(), first, lang).decode().replace("prgramme,", "programme,", 1)
    again = examined(back)
    assert (again.kind, again.findings, len(again.accepted)) == ("lessons", (), 3)


def test_a_column_of_an_office_is_named_and_does_not_hide_the_kind(examined, lessons) -> None:
    text = "\n".join([f"{lessons[0]},Notiz", *(f"{line},ja" for line in lessons[1:])]) + "\n"
    examination = examined(text)
    assert [(one.code, one.row, one.column) for one in examination.findings] == [
        ("column_unknown", 1, "Notiz")
    ]
    assert (examination.kind, len(examination.accepted)) == ("lessons", 3)


def test_a_table_of_other_columns_is_no_table_of_ours(examined) -> None:
    text = "cohort;selected_on;source_url;AGS;PKW 2022;PKW 2023\n1;2;3;01001000;5;6\n"
    assert examined(text).kind == "observations"
