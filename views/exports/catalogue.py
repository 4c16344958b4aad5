"""What we hold as a record for data portals: DCAT-AP.de in JSON-LD.

Terms: https://www.dcat-ap.de/def/. What is not known is left out, never guessed: a licence is
an address of the DCAT-AP.de list only where a table stands under that one licence; otherwise the
terms stand in words (``dcterms:rights``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from loaders.languages import of_tables
from loaders.schemas import Licence, Resource, read_package
from loaders.store import Store
from loaders.store.history import events
from views.exports.publisher import Publisher
from views.texts import LANGUAGES, read_words

MIME: Final = "application/ld+json"
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES: Final = {
    "CC-BY-4.0": "http://dcat-ap.de/def/licenses/cc-by/4.0",
    "dl-de/by-2-0": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
_MEDIA: Final = "https://www.iana.org/assignments/media-types"
_MEDIA_TYPES: Final = {"CSV": "text/csv", "JSON": "application/json", "ZIP": "application/zip"}
_THEMES: Final = ("GOVE", "REGI")

Node = dict[str, Any]


def catalogue(store: Store, version: int, base: str, publisher: Publisher | None) -> Node:
    """The record of one data version.

    Args:
        store: the opened store.
        version: event number of the ledger.
        base: address of the installation, without a slash at the end.
        publisher: who offers it; ``None`` leaves the publisher out.

    Returns:
        A ``dcat:Catalog`` with one ``dcat:Dataset`` for everything (ZIP) and one per table
        (CSV and JSON), ready for ``json.dumps``. Times are those of the last change, UTC.

    Raises:
        BrokenPackage: the description of the data folder cannot be used.
    """
    happened = events(store)
    happened = happened[happened["number"] <= version]
    last = happened.groupby("kind")["time"].max()
    changed = {str(kind): str(time) for kind, time in last.items()}
    resources = list(read_package(store.data).values())
    common = _common(version, base, publisher)
    newest = _modified(max(changed.values(), default=""))
    tables = [
        common | _modified(changed.get(one.kind, "")) | _table(one, version, base)
        for one in resources
    ]
    return {
        "@context": CONTEXT,
        "@id": f"{base}/open/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dcterms:title": _text("opendata.catalogue_title"),
        "dcterms:description": _text("opendata.catalogue_description"),
        "foaf:homepage": _id(f"{base}/"),
        **_publisher(publisher),
        **newest,
        "dcat:themeTaxonomy": _id(f"{_EU}/data-theme"),
        "dcat:dataset": [common | newest | _everything(resources, version, base), *tables],
    }


def _common(version: int, base: str, publisher: Publisher | None) -> Node:
    contact: Node = {"@type": "vcard:Kind", "vcard:hasURL": _id(f"{base}/legal?topic=imprint")}
    contact["vcard:fn"] = publisher.name if publisher else "Transferkompass"
    if publisher and publisher.email:
        contact["vcard:hasEmail"] = _id(f"mailto:{publisher.email}")
    common: Node = {
        "@type": "dcat:Dataset",
        "dcat:contactPoint": contact,
        "dcat:theme": [_id(f"{_EU}/data-theme/{theme}") for theme in _THEMES],
        "dcat:version": str(version),
        **_publisher(publisher),
    }
    if publisher and publisher.contributor:
        common["dcatde:contributorID"] = _id(publisher.contributor)
    return common


def _publisher(publisher: Publisher | None) -> Node:
    if publisher is None:
        return {}
    agent: Node = {"@type": "foaf:Agent", "foaf:name": publisher.name}
    if publisher.homepage:
        agent["foaf:homepage"] = _id(publisher.homepage)
    return {"dcterms:publisher": agent}


def _everything(resources: Sequence[Resource], version: int, base: str) -> Node:
    licences = {licence.title: licence for one in resources for licence in one.licences}
    terms = _terms(list(licences.values()))
    return {
        "@id": f"{base}/open/catalog.jsonld#everything",
        "dcterms:title": _text("opendata.everything_title"),
        "dcterms:description": _text("opendata.everything_description", version=version),
        "dcterms:identifier": "transferkompass",
        "dcat:distribution": [_file("package.zip", "ZIP", version, base) | terms],
    }


def _table(resource: Resource, version: int, base: str) -> Node:
    titles = {"de": resource.title_de, "en": resource.title_en}

    def title(lang: str) -> str:
        return titles[of_tables(lang)]

    sources = "; ".join(source.title for source in resource.sources)
    terms = _terms(resource.licences) | {"dcatde:licenseAttributionByText": _tagged(
        lambda lang: read_words(lang)("opendata.attribution", version=version, sources=sources)
    )}  # fmt: skip
    path = f"tables/{resource.kind}"
    return {
        "@id": f"{base}/open/catalog.jsonld#{resource.kind}",
        "dcterms:title": _tagged(lambda lang: f"Transferkompass: {title(lang)}"),
        "dcterms:description": _tagged(
            lambda lang: read_words(lang)("opendata.table_description", title=title(lang))
        ),
        "dcterms:identifier": f"transferkompass-{resource.kind}",
        "dcat:distribution": [
            _file(f"{path}.csv", "CSV", version, base) | terms,
            _file(f"{path}.json", "JSON", version, base) | terms,
        ],
    }


def _file(path: str, form: str, version: int, base: str) -> Node:
    """One file: the newest state to look for, the numbered version to load and cite."""
    return {
        "@id": f"{base}/open/latest/{path}",
        "@type": "dcat:Distribution",
        "dcterms:description": _text(f"opendata.form.{form}"),
        "dcat:accessURL": _id(f"{base}/open/latest/{path}"),
        "dcat:downloadURL": _id(f"{base}/open/versions/{version}/{path}"),
        "dcterms:format": _id(f"{_EU}/file-type/{form}"),
        "dcat:mediaType": _id(f"{_MEDIA}/{_MEDIA_TYPES[form]}"),
    }


def _terms(licences: Sequence[Licence]) -> Node:
    known = [LICENCES.get(licence.name) for licence in licences]
    if len(known) == 1 and known[0]:
        return {"dcterms:license": _id(known[0])}
    words = "; ".join(f"{one.title} ({one.url})" if one.url else one.title for one in licences)
    return {"dcterms:rights": {"@type": "dcterms:RightsStatement", "rdfs:label": words}}


def _modified(time: str) -> Node:
    return {"dcterms:modified": {"@type": "xsd:dateTime", "@value": time}} if time else {}


def _id(address: str) -> Mapping[str, str]:
    return {"@id": address}


def _text(key: str, **values: object) -> list[Node]:
    return _tagged(lambda lang: read_words(lang)(key, **values))


def _tagged(say: Callable[[str], str]) -> list[Node]:
    return [{"@language": lang, "@value": say(lang)} for lang in LANGUAGES]
