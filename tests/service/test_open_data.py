"""Open data at stable addresses: per version, kept for good, described for data portals."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from loaders.schemas import read_package
from loaders.store import open_store, publish, queries, undo
from tests.service.test_middleware import body_of, headers_of, scope_of, speak
from views import session
from views.exports.catalogue import LICENCES
from views.service import open_data
from views.texts import LANGUAGES, read_words

FORMULA = '=HYPERLINK("https://evil.example")'
PERSON = "Erika Beispiel"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(path: str, **headers: str) -> Answer:
    app = Starlette(routes=open_data.routes())
    messages = speak(app, scope_of(path, **headers))
    return Answer(messages[0]["status"], headers_of(messages), body_of(messages))


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory, data_folder) -> Iterator[int]:
    """Number of a version that a later one took back; its lesson reads like a formula."""
    root = tmp_path_factory.mktemp("open_data")
    store = open_store(root / "store", data_folder)
    row = queries.table(store, "lessons").head(1).assign(lesson_id="new-1", lesson_de=FORMULA)
    number = publish(store, "lessons", row, name="lessons.csv", person=PERSON, note="private note",
                     upload_id="one")  # fmt: skip
    undo(store, number, person=PERSON)
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRANSFERKOMPASS_STORE", str(root / "store"))
        patch.setenv("TRANSFERKOMPASS_OPERATOR", str(root / "operator"))
        (root / "operator").mkdir()
        yield number


def lessons(version: int) -> list[str]:
    text = get(f"/open/versions/{version}/tables/lessons.csv").body.decode("utf-8-sig")
    return [row["lesson_de"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_each_version_keeps_its_own_table(uploaded: int) -> None:
    before, during, after = (lessons(uploaded + step) for step in (-1, 0, 1))
    assert set(during) - set(before) == {f"'{FORMULA}"}
    assert before == after


def test_programs_get_every_cell_unchanged(uploaded: int) -> None:
    table = json.loads(get(f"/open/versions/{uploaded}/tables/lessons.json").body)
    assert table["columns"] == session.store().schema("lessons").columns
    assert FORMULA in [row[table["columns"].index("lesson_de")] for row in table["data"]]


def test_the_archive_holds_the_same_table_and_no_person(uploaded: int) -> None:
    answer = get(f"/open/versions/{uploaded}/package.zip")
    assert f"v{uploaded}.zip" in answer.headers["content-disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    table = get(f"/open/versions/{uploaded}/tables/lessons.csv").body
    assert archive.read("tables/lessons.csv") == table
    for secret in (PERSON.encode(), b"private note"):
        assert [name for name in archive.namelist() if secret in archive.read(name)] == []
        assert secret not in get("/open/catalog.jsonld").body


def test_a_numbered_version_may_be_kept_for_good(uploaded: int) -> None:
    address = f"/open/versions/{uploaded}/tables/states.csv"
    first = get(address)
    assert "immutable" in first.headers["cache-control"]
    again = get(address, if_none_match=f'"other", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert get(address, if_none_match='"other"').body == first.body


def test_the_newest_state_leads_to_its_number(uploaded: int) -> None:
    answer = get("/open/latest/tables/states.csv")
    assert answer.status == 307
    assert answer.headers["location"] == f"/open/versions/{uploaded + 1}/tables/states.csv"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("versions/0/package.zip", "no_version"),
        ("versions/999999999/tables/states.csv", "no_version"),
        ("versions/007/package.zip", "no_version"),
        ("versions/²/package.zip", "no_version"),
        ("versions/NEWEST/tables/ledger.csv", "no_table"),
        ("versions/NEWEST/tables/states.xlsx", "nothing"),
        ("versions/NEWEST/tables/../../../ledger.sqlite", "nothing"),
        ("versions", "nothing"),
        ("", "nothing"),
    ],
)
def test_what_is_not_there_is_said_in_both_languages(uploaded: int, path: str, key: str) -> None:
    answer = get("/open/" + path.replace("NEWEST", str(uploaded + 1)))
    assert answer.status == 404
    values = {
        "first": session.first_version(),
        "newest": uploaded + 1,
        "kinds": ", ".join(session.store().kinds()),
    }
    said = [read_words(lang)(f"opendata.{key}", **values) for lang in LANGUAGES]
    assert answer.body.decode().splitlines() == said
    assert answer.headers["cache-control"] == "no-store"


def test_building_a_file_keeps_no_one_else_waiting(uploaded: int, monkeypatch) -> None:
    loops: list[bool] = []

    def build(store: Any, version: int) -> bytes:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            loops.append(False)
        return b"content"

    monkeypatch.setattr(open_data.package, "build_package", build)
    assert get(f"/open/versions/{uploaded}/package.zip").body == b"content"
    assert loops == [False]


def record(**headers: str) -> dict[str, Any]:
    answer = get("/open/catalog.jsonld", **headers)
    assert answer.headers["content-type"] == "application/ld+json"
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_the_record_lists_every_table_at_addresses_of_the_host(uploaded: int, data_folder) -> None:
    found = record()
    assert found["@id"] == "http://stadt.example:8501/open/catalog.jsonld"
    identifiers = {one["dcterms:identifier"] for one in found["dcat:dataset"]}
    kinds = read_package(data_folder)
    assert identifiers == {"transferkompass", *(f"transferkompass-{kind}" for kind in kinds)}
    files = [file for one in found["dcat:dataset"] for file in one["dcat:distribution"]]
    assert len(files) == 1 + 2 * len(kinds)
    for file in files:
        load, access = (urlsplit(file[f"dcat:{name}URL"]["@id"]) for name in ("download", "access"))
        assert {load.netloc, access.netloc} == {"stadt.example:8501"}
        assert get(access.path).headers["location"] == load.path


def test_datasets_state_change_theme_contact_and_both_titles(uploaded: int) -> None:
    found = record()
    changed = {one["dcterms:identifier"]: one["dcterms:modified"]["@value"]
               for one in found["dcat:dataset"]}  # fmt: skip
    assert changed["transferkompass"] == changed["transferkompass-lessons"]
    assert changed["transferkompass-states"] < changed["transferkompass-lessons"]
    for one in found["dcat:dataset"]:
        assert [title["@language"] for title in one["dcterms:title"]] == list(LANGUAGES)
        assert one["dcat:contactPoint"]["vcard:hasURL"]["@id"].endswith("/legal?topic=imprint")
        assert one["dcat:theme"][0]["@id"].endswith("/data-theme/GOVE")


def test_a_licence_is_named_only_where_one_known_licence_covers_the_table(
    uploaded: int, data_folder
) -> None:
    by_name = {one["dcterms:identifier"]: one for one in record()["dcat:dataset"]}
    for kind, resource in read_package(data_folder).items():
        names = [licence.name for licence in resource.licences]
        for file in by_name[f"transferkompass-{kind}"]["dcat:distribution"]:
            if len(names) == 1 and names[0] in LICENCES:
                assert file["dcterms:license"]["@id"] == LICENCES[names[0]]
            else:
                assert "dcterms:license" not in file
                for licence in resource.licences:
                    assert licence.title in file["dcterms:rights"]["rdfs:label"]


def test_the_publisher_is_the_one_the_operator_states(uploaded: int, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("TRANSFERKOMPASS_OPERATOR", str(tmp_path))
    assert "dcterms:publisher" not in record()
    file = tmp_path / "publisher.toml"
    file.write_text('name = "Stadt Musterstadt"\nemail = "daten@musterstadt.example"\n')
    found = record()
    assert found["dcterms:publisher"]["foaf:name"] == "Stadt Musterstadt"
    contact = found["dcat:dataset"][0]["dcat:contactPoint"]
    assert contact["vcard:hasEmail"]["@id"] == "mailto:daten@musterstadt.example"


@pytest.mark.parametrize(
    "content", ["name = ", "name = 3", 'homepage = "https://x.example"', 'name="x"\nhomepage="x"']
)
def test_a_wrong_statement_of_the_operator_is_logged_and_left_out(
    uploaded: int, monkeypatch, tmp_path, caplog, content: str
) -> None:
    monkeypatch.setenv("TRANSFERKOMPASS_OPERATOR", str(tmp_path))
    (tmp_path / "publisher.toml").write_text(content)
    assert "dcterms:publisher" not in record()
    assert "publisher.toml" in caplog.text
