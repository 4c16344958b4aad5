"""Whatever bytes come, a reading comes back: counts add up and every finding has its words."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.readers.reading import Choices, Reading
from loaders.readers.registry import read_original

FILES = sorted((Path(__file__).parent / "files").glob("*.csv"))
MORE = [
    b"jahr,neu,bestand\n2018,930.0,15452.0\n2019,,16353.0\n",
    b"Kreis;Bundesland;2020\nLandkreis Karlsruhe;08;2\n",
    b"freq,unit,geo\\TIME_PERIOD\t2019 \nA,NR,DED51\t1 b\n",
    b"DATAFLOW,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nX(1.0),A,DED51,2020,5,\n",
    b"CITIES/TIME,2016\nGermany,1\nLeipzig,5\n",
    b"satzart,land,rb,kreis,vb,gemeinde,flaeche\n60,07,3,12,0000,000,5\n",
    b"Land;Wahlkreis-Nr.;Wert\nX;001;5\n",
    b"",
]
originals = st.sampled_from([path.read_bytes() for path in FILES] + MORE)
pieces = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b";", b"\n", b'"', b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"2020", b"-",
                     b"1.000", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"07312", b"7,5",
                     b"999999999999"]),
)  # fmt: skip
choices = st.sampled_from(
    [
        Choices(),
        Choices(period="2020", place="07312000"),
        Choices(key_column="A", header_rows=(1,)),
        Choices(key_column="nirgends", sheet="nirgends"),
        Choices(header_rows=(99,)),
        Choices(place="XXX", period="2020"),
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    content = draw(originals)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content)))
        end = draw(st.integers(at, min(len(content), at + 40)))
        content = content[:at] + draw(pieces) + content[end:]
    return content


def check(reading: Reading) -> None:
    assert reading.outcome in ("accepted", "partly_usable", "refused")
    assert sum(reading.rows_refused.values()) <= reading.rows_seen
    assert Choices.from_json(reading.proposed.as_json()) == reading.proposed
    rows = reading.observations
    assert set(rows["ags"].map(len)) <= {2, 3, 5, 8}
    has_value = rows["value"].notna()
    assert not (has_value & (rows["missing"] != "")).any()
    assert (has_value | (rows["missing"] != "")).all()
    for finding in reading.findings:
        for lang in ("de", "en"):
            assert finding.sentence(lang)
            assert finding.advice(lang)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged(), choices)
@example(b"ags;2020\n", Choices())
@example(b"\n;\n", Choices(place="07312000"))
def test_a_reading_comes_back(content: bytes, given_choices: Choices) -> None:
    reading = read_original(content, "x", given_choices)
    check(reading)
    again = read_original(content, "x", reading.proposed)
    assert (again.format, again.refusal) == (reading.format, reading.refusal)
    assert again.observations.equals(reading.observations)


def test_a_description_of_data_is_told_apart_from_a_table() -> None:
    content = b"# Parking\n\nFree places per car park, counted every hour.\n"
    for name, code in (("parking.md", "file_describes"), ("parking.csv", "format_unknown")):
        (found,) = read_original(content, name).findings
        assert found.code == code
