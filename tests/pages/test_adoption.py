"""The adoption pages answer: weights, checklist, letter, links; bad input is a sentence."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from analysis.weighting import AGREED
from views import results
from views.texts import read_words
from views.widgets.adoption_known import for_whom

ADOPTION, SHORTLIST = "pages/decide/adoption.py", "pages/decide/shortlist.py"
BAD_BELZIG = "12069020"
KAISERSLAUTERN, SUEDERBRARUP, HAMELN_PYRMONT, OCHSENFURT = (
    "07312000",
    "01059083",
    "03252",
    "09679170",
)


def shown(page: AppTest) -> str:
    heads, texts = ("title", "header", "subheader"), ("markdown", "caption", "html")
    kinds = (*heads, *texts, "warning", "info", "error")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


def articles(page: AppTest) -> list[str]:
    """The cards of all lists, as HTML."""
    lists = "".join(str(element.value) for element in page.get("html"))
    return re.findall(r"<article>.*?</article>", lists, re.DOTALL)


def unfold(page: AppTest, key: str) -> None:
    """Open what is made only once it is opened."""
    page.session_state[key] = True
    page.run()


def answer(page: AppTest) -> str:
    """The sentence that holds the verdict."""
    return next(str(m.value) for m in page.markdown if str(m.value).startswith("**"))


def ends(text: str) -> tuple[int, int]:
    low, high = re.search(r"(\d+)–(\d+)", text).groups()
    return int(low), int(high)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_a_place_has_itself_is_named_and_proposed_nowhere(open_page, lang: str) -> None:
    page = open_page(ADOPTION, lang, ags=BAD_BELZIG)
    said = read_words(lang)("adoption.known.own", town="Bad Belzig")
    own = next(text for text in shown(page).splitlines() if said in text)
    assert "solution=smart-village-app" in own
    cards = articles(page)
    assert cards
    assert not any("Smart Village App" in re.findall("<strong>.*?</strong>", c)[0] for c in cards)


@pytest.mark.parametrize("ags", [KAISERSLAUTERN, SUEDERBRARUP, HAMELN_PYRMONT, OCHSENFURT])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_kind_of_place_gets_an_answer(open_page, ags: str, lang: str) -> None:
    page = open_page(ADOPTION, lang, ags=ags)
    words = read_words(lang)
    assert words("adoption.judgement.title") in shown(page)
    assert words("weights.label") in [control.label for control in page.segmented_control]
    detail = open_page(ADOPTION, lang, ags=ags, solution="masterportal")
    assert re.search(r"\d+–\d+", answer(detail))
    assert words("twins.title") in shown(detail)
    assert words("whatif.title") in shown(detail)


def test_counts_on_the_page_are_those_of_the_tables(open_page) -> None:
    text = shown(open_page(ADOPTION))
    examined, solutions, assessable, narrow = map(
        int,
        re.search(
            r"(\d+) von (\d+) Lösungen sind näher untersucht; (\d+) .*? bei (\d+) ist", text
        ).groups(),
    )
    assert (examined, solutions) == (61, 174)
    assert narrow < assessable < examined


@pytest.mark.parametrize("ags", ["07312000", "01059083", "03252", "09679170", "09774198"])
def test_every_place_finds_three_solutions_with_somebody_to_call(open_page, ags: str) -> None:
    page, words = open_page(ADOPTION, ags=ags), read_words("de")
    assert words("adoption.known.calls_title", n=3) in [one.value for one in page.header]
    nobody = words("adoption.known.no_contact", page="|").split("|")[0]
    cards = [card for card in articles(page) if f"{words('adoption.known.for_whom')}:" in card]
    assert len(cards) >= 3
    assert [card for card in cards[:3] if nobody in card] == []


def test_places_that_run_it_but_are_unlike_mine_are_said_to_be(open_page) -> None:
    words = read_words("de")
    unlike = words("twins.reading_unlike", n=3, town="|").split("|")[1]
    assert unlike in shown(open_page(ADOPTION, ags="03252", solution="dipas"))
    assert unlike not in shown(open_page(ADOPTION, ags=KAISERSLAUTERN, solution="masterportal"))


def test_solutions_narrower_than_open_are_one_choice_away(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN)
    page.segmented_control(key="judgement_choice").set_value("narrow").run()
    unfold(page, "judgements_fold")
    table = page.dataframe[-1].value
    narrow = int(re.search(r"bei (\d+) ist die Spanne enger", shown(page)).group(1))
    assert len(table) == narrow
    verdicts = table[read_words("de")("adoption.judgement.column_verdict")]
    assert [said for said in verdicts if said.startswith("offen")] == []


def test_what_is_open_for_all_is_said_once(open_page) -> None:
    page, words = open_page(ADOPTION, ags=KAISERSLAUTERN), read_words("de")
    legal = words("adoption.gate.legal_basis")
    cards = [card for card in articles(page) if 'class="range-card"' in card]
    assert cards
    said = [one for one in (*(text.value for text in page.markdown), *cards) if legal in one]
    assert len(said) == 1
    assert said[0].startswith(words("adoption.judgement.shared", reasons="|").split("|")[0])


def test_other_weights_answer_at_once_and_own_points_move_the_range(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="masterportal")
    agreed = ends(answer(page))
    page.segmented_control(key="weights_name").set_value("equal").run()
    equal = ends(answer(page))
    assert equal != agreed
    page.segmented_control(key="weights_name").set_value("own").run()
    assert "weights" not in page.query_params
    page.checkbox(key="weights_linked").check().run()
    assert page.query_params["weights"] == "".join(str(one) for one in AGREED.points)
    alone = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="masterportal", weights="03000000")
    assert ends(answer(alone)) == (100, 100)


@pytest.mark.parametrize("code", ["00000000", "abc", "12345678901"])
def test_unusable_weights_in_the_address_are_said(open_page, code: str) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="masterportal", weights=code)
    words = read_words("de")
    said = words("weights.all_zero") if set(code) == {"0"} else words("weights.unknown", value=code)
    assert said in shown(page)
    assert page.segmented_control(key="weights_name").value == "agreed"


def test_every_weighting_says_shares_and_a_range(open_page) -> None:
    page = open_page(ADOPTION, "en", ags=KAISERSLAUTERN, solution="urban-stack", weights="all")
    said = [str(c.value) for c in page.caption]
    assert any("of all weightings" in text and "%" in text for text in said)


def test_ticks_change_fit_and_gate_and_leave_the_address_alone(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="smart-village-app")
    gate = read_words("de")("adoption.gate.mandatory_prerequisite")
    needs = [c for c in page.segmented_control if str(c.key).startswith("need_")]
    before = ends(answer(page))
    for need in needs:
        page.segmented_control(key=need.key).set_value("met").run()
    assert ends(answer(page))[0] >= before[0]
    blocked = read_words("de")("adoption.verdict.blocked", reasons=gate)
    assert blocked not in shown(page)
    assert set(page.query_params) <= {"lang", "ags", "solution"}
    page.segmented_control(key=needs[0].key).set_value("not_met").run()
    assert blocked.lower() in shown(page).lower()
    page.checkbox(key="checklist_linked").check().run()
    assert page.query_params["unmet"] == needs[0].key.removeprefix("need_")


def test_a_link_with_ticks_opens_the_same_view(open_page) -> None:
    page = open_page(
        ADOPTION,
        ags=KAISERSLAUTERN,
        solution="auf-regionalviewer",
        unmet="auf-cloud",
        met="no-such",
    )
    assert page.segmented_control(key="need_auf-cloud").value == "not_met"
    assert page.segmented_control(key="need_auf-befliegung").value == "unknown"


def test_the_letter_names_town_solution_and_documents(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="dipas")
    (letter,) = [str(code.value) for code in page.code]
    assert "Kaiserslautern" in letter
    assert "DIPAS" in letter
    assert "1. " in letter and "5. " in letter
    assert "[Name, Dienststelle, Telefon]" in letter


def test_anchors_are_printed_and_the_reached_one_is_marked(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="masterportal")
    marked = [str(m.value) for m in page.markdown if ":material/check:" in str(m.value)]
    assert marked
    # One text per criterion; in it, one mark per measure with a value.
    assert all(text.count(":material/check:") == text.count("von der Redaktion") for text in marked)
    assert "von der Redaktion" in shown(page)


@pytest.mark.parametrize("parameters", [{"ags": "99999999"}, {"solution": "gibt-es-nicht"}])
def test_unknown_ids_are_a_sentence(open_page, parameters: dict) -> None:
    page = open_page(ADOPTION, **parameters)
    (value,) = parameters.values()
    assert any(
        value.replace("-", "") in str(w.value).replace("\\", "").replace("-", "")
        for w in page.warning
    )


def test_a_solution_goes_on_the_shortlist(open_page) -> None:
    page = open_page(ADOPTION, ags=KAISERSLAUTERN, solution="dipas")
    page.button(key="shortlist_toggle").click().run()
    assert read_words("de")("shortlist.remove") in [b.label for b in page.button]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_shortlist_sets_solutions_side_by_side_without_order(open_page, lang: str) -> None:
    page = open_page(SHORTLIST, lang, ags=KAISERSLAUTERN, ids="urban-stack,masterportal,dipas")
    words, text = read_words(lang), shown(page)
    assert page.multiselect[0].value == ["urban-stack", "masterportal", "dipas"]
    assert words("shortlist.not_distinguishable") in text
    assert words("shortlist.title_none", n=3) == page.title[0].value
    assert text.index("**Urban Stack") < text.index("**Masterportal")


def test_shortlist_says_what_is_wrong_in_the_address(open_page) -> None:
    page = open_page(SHORTLIST, ids="dipas,nirgends")
    assert "nirgends" in shown(page)
    assert read_words("de")("shortlist.too_few", least=2) in shown(page)
    page = open_page(
        SHORTLIST, ids="dipas,masterportal," + ",".join("x" * 300 + str(n) for n in range(99))
    )
    (said,) = page.warning
    assert read_words("de")("shortlist.unknown_more", n=94) in said.value
    assert len(said.value) < 500
    many = "dipas,masterportal,urban-stack,hal-plan,bakim,leezenflow"
    page = open_page(SHORTLIST, ids=many)
    assert len(page.multiselect[0].value) == 5
    assert read_words("de")("shortlist.too_many", most=5) in shown(page)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_one_solution_names_its_cost_and_what_it_covers_with_links(open_page, lang: str) -> None:
    words = read_words(lang)
    text = shown(open_page(ADOPTION, lang, ags=KAISERSLAUTERN, solution="leezenflow"))
    assert {"de": "40.000", "en": "40,000"}[lang] in text
    assert "[de.digital](https://www.de.digital/" in text
    assert words("adoption.known.cost_ask") in text
    assert words("adoption.known.cost_note", note="Prototyp rund 40.000 EUR") in text
    unknown = shown(open_page(ADOPTION, lang, solution="hal-plan"))
    assert f"{words('common.not_reported').capitalize()}. " in unknown


def test_table_of_the_shortlist_holds_words_and_no_markdown(open_page) -> None:
    page = open_page(SHORTLIST, ids="leezenflow,masterportal")
    tables = [one.value for one in page.dataframe if "Leezenflow" in one.value.columns]
    (table,) = [one for one in tables if read_words("de")("shortlist.point_contact") in one.values]
    said = " ".join(table["Leezenflow"])
    assert "Stabsstelle Smart City der Stadt Münster" in said
    assert "](" not in said
    assert "\\" not in said


def test_ranges_that_do_not_overlap_are_named_as_ordered(open_page) -> None:
    page = open_page(
        SHORTLIST,
        ags=KAISERSLAUTERN,
        ids="masterportal,dipas",
        weights="03000000",
    )
    assert "liegt vor" in shown(page)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_criterion_is_known_least_and_best_at_once(open_page, lang: str) -> None:
    words = read_words(lang)
    open_page(ADOPTION, lang)
    nothing = next(j.solution_id for j in results.judgements() if j.score.coverage == 0)
    page = open_page(ADOPTION, lang, solution=nothing)
    assert words("adoption.detail.criteria_none") in shown(page)
    alone = open_page(ADOPTION, lang, solution="masterportal", weights="03000000")
    assert words("adoption.detail.criteria_even") in shown(alone)


def test_whom_a_solution_serves_is_not_guessed() -> None:
    words = read_words("de")
    assert for_whom(words, "unknown") == words("common.not_reported")
    assert for_whom(words, "no") == words("adoption.known.staff")
