"""The commands as an analyst types them: what they print, what they write, how they end."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from loaders.__main__ import OUTPUT_CLOSED, main
from loaders.boundaries.__main__ import _parser as boundaries_parser
from loaders.readers.choices import Choices
from tests.loaders.intake.conftest import read_here

ROOT = Path(__file__).resolve().parents[2]
INCOME = "household_income_per_inhabitant"
SOURCE = "vgrdl_r2b3_2024"
HEADER = "ags;indicator;period;value;missing;flag;unit;source\n"
CLEAN = HEADER + (
    f"07312;{INCOME};2019;20001,5;;;eur;{SOURCE}\n"
    f"7338;{INCOME};2019;21500;;;eur;{SOURCE}\n"
    f"DG;{INCOME};2019;;suppressed;;eur;{SOURCE}\n"
)
FAULTY = CLEAN + f"07312;{INCOME};2018;viele;;;eur;{SOURCE}\n"
READ_COLUMNS = "ags,level,indicator,period,value,missing,flag,unit,row,column"


@pytest.fixture
def run(own_folder, monkeypatch, capsys):
    """Runs a command with a store of its own; gives its exit code and what it printed."""
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    monkeypatch.setattr("loaders.intake.examination.read_limited", read_here)

    def command(*words):
        code = main([str(word) for word in words])
        return code, capsys.readouterr().out

    return command


@pytest.fixture
def file(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_check_says_place_and_reason_and_ends_with_one(run, file):
    code, said = run("check", file(FAULTY), "--lang", "en")
    assert code == 1
    assert "error: file.csv:5:value: Row 5, column “value”: “viele” is no number." in said
    assert said.splitlines()[-1].startswith("file.csv; partly_usable; canonical_long; utf-8; ;; 4")


def test_exit_codes_of_check(run, file):
    assert run("check", file(CLEAN))[0] == 0
    assert run("check", file(FAULTY))[0] == 1
    assert run("check", file(b"\x00\x00", "zero.csv"))[0] == 2
    assert run("check", file(CLEAN), file(b"", "empty.csv"))[0] == 2
    assert run("check", file("").parent / "absent.csv")[0] == 2


def test_check_as_json_tells_everything(run, file):
    code, said = run("check", file(FAULTY), "--json")
    told = json.loads(said)
    assert code == 1
    assert {name: told[name] for name in ("file", "outcome", "reason", "format", "encoding")} == {
        "file": "file.csv",
        "outcome": "partly_usable",
        "reason": "",
        "format": "canonical_long",
        "encoding": "utf-8",
    }
    assert (told["delimiter"], told["number_styles"]) == (";", {"value": "1.234,5"})
    assert (told["rows_seen"], told["rows_placed"], told["rows_refused"]) == (
        4, 3, {"not_a_number": 1},
    )  # fmt: skip
    assert told["values_by_state"] == {"value": 2, "suppressed": 1}
    assert told["values_by_level"] == {"district": 2, "nation": 1}
    finding = next(one for one in told["findings"] if one["code"] == "not_a_number")
    assert (finding["row"], finding["column"], finding["value"]) == (5, "value", "viele")
    assert finding["sentence"].startswith("Zeile 5")
    repair = {"kind": "lost_zero", "row": 3, "column": "ags", "value": "7338", "proposal": "07338"}
    assert told["repairs"] == [repair | {"ticked": False, "sheet": "", "whole": False}]
    assert Choices.from_record(told["choices"])


def test_check_of_several_files_as_json_is_a_list(run, file):
    _, said = run("check", file(CLEAN), file(b"", "empty.csv"), "--json")
    assert [(one["file"], one["reason"]) for one in json.loads(said)] == [
        ("file.csv", ""),
        ("empty.csv", "file_empty"),
    ]


def test_read_writes_the_canonical_long_table(run, file, tmp_path):
    code, _ = run("read", file(FAULTY), "--out", tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert code == 1
    assert lines == [
        READ_COLUMNS,
        f"07312,district,{INCOME},2019,20001.5,,,eur,2,value",
        f"07338,district,{INCOME},2019,21500,,,eur,3,value",
        f"DG,nation,{INCOME},2019,,suppressed,,eur,4,value",
    ]


def test_read_of_a_refused_file_writes_the_header_alone(run, file, tmp_path):
    code, _ = run("read", file("Hello"), "--out", tmp_path / "out.csv")
    assert code == 2
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == READ_COLUMNS + "\n"


def test_choices_are_read_from_a_file(run, file, tmp_path):
    open_style = HEADER + f"07312;{INCOME};2019;20,001;;;eur;{SOURCE}\n"
    assert run("check", file(open_style))[0] == 2
    choices = file(json.dumps({"number_styles": {"value": "1,234.5"}}), "choices.json")
    code, _ = run("read", file(open_style), "--choices", choices, "--out", tmp_path / "out.csv")
    assert code == 0
    assert pd.read_csv(tmp_path / "out.csv")["value"].tolist() == [20001]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_chosen_indicator_the_catalogue_does_not_know_is_an_error(run, file, lang):
    official = ROOT / "tests/loaders/readers/files/genesis_dates_in_header.csv"
    choices = {"indicators": {"Bevölkerungsstand": "popultion"}}
    given = file(json.dumps(choices), "choices.json")
    code, said = run("check", official, "--choices", given, "--lang", lang)
    assert code
    told = {"de": "Gewählt wurde „popultion“", "en": "“popultion” was chosen"}[lang]
    assert any(line.startswith("error:") and told in line for line in said.splitlines())


def test_a_reader_that_had_enough_ends_the_command_quietly(file, shipped_folder):
    """As ``check FILE | head -1`` does: the pipe is closed after the first line."""
    rows = f"07312;{INCOME};2018;viele;;;eur;{SOURCE}\n" * 3_000
    words = [sys.executable, "-m", "loaders", "check", str(file(HEADER + rows))]
    environment = {**os.environ, "TRANSFERKOMPASS_STORE": str(shipped_folder)}
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, env=environment, cwd=ROOT) as command:
        command.stdout.readline()
        command.stdout.close()
        said = command.stderr.read()
    assert (command.returncode, said) == (OUTPUT_CLOSED, b"")


def test_choices_that_are_none_end_with_two_and_the_reason(run, file):
    code, said = run("check", file(CLEAN), "--choices", file('{"colour": "red"}', "c.json"))
    assert code == 2
    assert "colour" in said


def published(run):
    return json.loads(run("versions", "--json")[1])[-1]


def test_publish_keeps_rows_that_wait_for_a_tick(run, file):
    code, said = run("publish", file(CLEAN), "--by", "Ada", "--note", "new figures")
    assert code == 0
    assert "1 values wait for a repair" in said
    version = published(run)
    assert (version["rows"], version["person"], version["note"], version["name"]) == (
        2, "Ada", "new figures", "file.csv",
    )  # fmt: skip
    run("publish", file(CLEAN), "--by", "Ada", "--note", "zeros", "--tick", "lost_zero")
    assert published(run)["rows"] == 3


def test_publishing_the_same_file_twice_changes_nothing(run, file):
    _, first = run("publish", file(CLEAN), "--by", "Ada", "--note", "one")
    _, second = run("publish", file(CLEAN), "--by", "Ada", "--note", "again")
    assert first.splitlines()[-1] == second.splitlines()[-1]


def test_file_with_errors_is_published_only_in_part_and_on_purpose(run, file):
    before = published(run)["number"]
    code, said = run("publish", file(FAULTY), "--by", "Ada", "--note", "x")
    assert (code, published(run)["number"]) == (1, before)
    assert "--partly" in said
    code, _ = run("publish", file(FAULTY), "--by", "Ada", "--note", "x", "--partly")
    assert (code, published(run)["number"]) == (1, before + 1)


def test_nobody_publishes_without_a_name(run, file):
    code, said = run("publish", file(CLEAN), "--by", " ", "--note", "x")
    assert code == 2
    assert "Name der Person" in said


def test_undo_and_redo(run, file):
    run("publish", file(CLEAN), "--by", "Ada", "--note", "x")
    number = published(run)["number"]
    code, said = run("undo", number, "--by", "Bo", "--note", "wrong file")
    assert (code, published(run)["state"]) == (0, "undone")
    assert said == f"version {number} is undone; the store is at version {number + 1}\n"
    assert run("undo", number) == (
        2,
        f"error: Version {number} ist schon zurückgenommen. Nichts zu tun.\n",
    )
    assert run("redo", number)[0] == 0
    assert published(run)["state"] == "live"
    assert run("undo", 9999)[0] == 2
    assert run("verify")[0] == 0


def test_replacement_names_what_it_removes(run, file):
    whole = CLEAN.replace("7338", "07338")
    run("publish", file(whole), "--by", "Ada", "--note", "x")
    less = "\n".join(whole.splitlines()[:2]) + "\n"
    scope = [
        "--scope",
        f"indicator={INCOME}",
        "--scope",
        "period=2019",
        "--scope",
        f"source={SOURCE}",
    ]
    code, said = run(
        "publish", file(less), "--by", "Ada", "--note", "y", "--mode", "replace", *scope
    )
    assert code == 0
    assert "0 new, 0 changed, 4" in said


def test_template_put_back_has_no_findings(run, file, tmp_path):
    for lang in ("de", "en"):
        assert run("template", "population", "--out", tmp_path / "t.csv", "--lang", lang)[0] == 0
        code, said = run("check", tmp_path / "t.csv")
        assert (code, "2 rows seen, 2 placed; 0 findings" in said) == (0, True)
    assert run("template", "no_such_indicator")[0] == 2


def test_paths_and_numbers_that_lead_nowhere_are_said_plainly(run, file, tmp_path):
    nowhere = tmp_path / "absent" / "out.csv"
    for words, told in (
        (("check", tmp_path / "absent.csv"), "absent.csv gibt es nicht"),
        (("annotate", tmp_path / "absent.csv", "--out", nowhere), "absent.csv gibt es nicht"),
        (("read", tmp_path, "--out", nowhere), "ist ein Ordner"),
        (("check", file("", "empty.csv")), "ist leer"),
        (("read", file(CLEAN), "--out", nowhere), f"den Ordner {nowhere.parent} gibt"),
        (("annotate", file(CLEAN), "--out", nowhere), f"den Ordner {nowhere.parent} gibt"),
        (("template", "population", "--out", nowhere), f"den Ordner {nowhere.parent} gibt"),
        (("template", "populaton"), "weder ein Indikator noch eine Art von Tabelle"),
        (("undo", 9999), "Eine Version 9999 mit einer veröffentlichten Datei gibt es nicht"),
        (("redo", 1), "mitgelieferte Tabelle"),
    ):
        code, said = run(*words)
        assert (code, told in said) == (2, True), (words, said)


def test_notes_of_one_rule_are_counted_after_the_first_few(run, file):
    dissolved = ["13001", "13002", "13005", "13006", "13051", "13052", "13053"]
    rows = [f"{ags};{INCOME};2019;20001,5;;;eur;{SOURCE}\n" for ags in dissolved]
    code, said = run("check", file(HEADER + "".join(rows)))
    assert code == 0
    assert sum("note: file.csv:" in line for line in said.splitlines()) == 6
    assert "note: file.csv: noch 2 Hinweise derselben Regel (key_is_divided)" in said
    everything = json.loads(run("check", file(HEADER + "".join(rows)), "--json")[1])
    assert sum(one["code"] == "key_is_divided" for one in everything["findings"]) == 7


def test_template_without_out_is_printed(run):
    _, printed = run("template", "population")
    lines = printed.lstrip("\ufeff").splitlines()
    assert sum(line.startswith("# ") for line in lines) == 9
    assert "ags;indicator;period;value;missing;flag;unit;source" in lines


def test_annotated_file_keeps_every_row_and_says_what_is_wrong(run, file, tmp_path):
    code, _ = run("annotate", file(FAULTY.encode("cp1252")), "--out", tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert code == 1
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == [*HEADER.strip().split(";"), "fehler", "hinweis"]
    assert [row[:8] for row in rows[1:]] == [line.split(";") for line in FAULTY.splitlines()[1:]]
    assert rows[4][8].startswith("Zeile 5, Spalte „value“: „viele“ ist keine Zahl")
    assert rows[2][9].startswith("Zeile 3: „7338“ wurde als 07338 gelesen")
    assert rows[1][8:] == ["", ""]


def test_check_without_a_file_checks_the_shipped_tables(run, data_folder):
    code, said = run("check")
    assert code == 0
    assert said.splitlines()[-1].endswith(" 0 errors")


def test_commands_read_the_data_folder_of_the_operator(run, data_folder, tmp_path, monkeypatch):
    own = tmp_path / "own"
    for part in ("schemas", "catalogue"):
        shutil.copytree(data_folder / part, own / part)
    package = json.loads((data_folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] == "states"]
    (own / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", f" {own} ")
    _, said = run("check")
    assert said.splitlines()[-1].startswith("1 tables, 16 rows")
    words = "DE_VG250.gpkg --layer a --level state --status a --edition a --attribution a"
    assert boundaries_parser().parse_args(words.split()).target == own / "boundaries"
