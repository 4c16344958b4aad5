"""Slides of the programme: overview, solutions, lessons, progress, transfers, projects."""

from __future__ import annotations

import pandas as pd

from analysis.board import LANES
from analysis.catalogue import MARKS, SIZES, Choice
from analysis.lessons import KINDS, LessonChoice
from analysis.transfers import STATES
from views.exports.slide import (
    ChartPicture,
    FiguresPicture,
    MapPicture,
    Picture,
    Series,
    TablePicture,
)
from views.session import Visit
from views.texts import bare
from views.widgets import (
    lesson_cards,
    overview_parts,
    programme,
    progress_board,
    progress_results,
    project_results,
    solution_results,
    transfer_description,
    transfer_head,
    transfer_results,
)
from views.widgets.slide_content import Content, Parameters, counted, published

TABLE_ROWS = 7
LESSONS_SHOWN = 3
BARS = 6


def overview(visit: Visit, parameters: Parameters) -> Content:
    """Where the model projects are, and how many solutions run elsewhere."""
    counts = programme.counts()
    words = {name: counts[name] for name in ("spread", "solutions")}
    return Content(
        visit.words("overview.headline", **words),
        bare(overview_parts.reading(visit)),
        MapPicture(overview_parts.programme_description(visit)),
        programme.participants_twin(visit),
        published(visit),
        facts=counted(visit, counts),
    )


def solutions(visit: Visit, parameters: Parameters) -> Content:
    """Solutions by field; with a filter of the page the first of those that fit."""
    rows = solution_results.entries()
    choice = Choice(
        text=parameters.get("find", ""),
        field=parameters.get("field", ""),
        phase=parameters.get("phase", ""),
        state=parameters.get("state", ""),
        size=parameters.get("size", "") if parameters.get("size", "") in SIZES else "",
        marks=tuple(one for one in parameters.get("only", "").split("-") if one in MARKS),
    )
    adopted = int(rows["adopted"].sum())
    title = visit.words("solutions.title", solutions=len(rows), adopted=adopted)
    facts = counted(visit, {"solutions": len(rows), "adopted": adopted})
    if choice != Choice():
        found = solution_results.found(visit, choice).rows
        sentence = visit.words("stage.solutions_found", n=len(found), total=len(rows))
        picture: Picture = _solution_rows(visit, found)
        return Content(sentence, title, picture, _solution_twin(visit, found), published(visit))
    by_field = rows.groupby("action_field")["adopted"].agg(["size", "sum"])
    by_field = by_field.sort_values(["size", "sum"], ascending=False)
    shown = by_field.head(BARS)
    picture = ChartPicture(
        "bars",
        tuple(visit.names("action_field", one) for one in shown.index),
        (
            Series(visit.words("stage.all_solutions"), tuple(float(n) for n in shown["size"])),
            Series(visit.words("stage.run_elsewhere"), tuple(float(n) for n in shown["sum"])),
        ),
        "",
        0,
    )
    first = visit.names("action_field", by_field.index[0])
    sentence = visit.words(
        "stage.solutions_sentence", field=first, n=int(by_field["size"].iloc[0]), bars=len(shown)
    )
    twin = _field_twin(visit, by_field)
    return Content(title, sentence, picture, twin, published(visit), facts=facts)


def _field_twin(visit: Visit, by_field: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("solutions.field"): [
                visit.names("action_field", one) for one in by_field.index
            ],
            visit.words("stage.all_solutions"): by_field["size"].tolist(),
            visit.words("stage.run_elsewhere"): by_field["sum"].astype(int).tolist(),
        }
    )


def _solution_rows(visit: Visit, rows: pd.DataFrame) -> TablePicture:
    twin = _solution_twin(visit, rows.head(TABLE_ROWS))
    return TablePicture(
        tuple(twin.columns),
        tuple(tuple(str(cell) for cell in row) for row in twin.itertuples(index=False)),
    )


def _solution_twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("solutions.column_name"): rows["name"],
            visit.words("solution.column_place"): rows["origin_municipalities"],
            visit.words("solutions.phase"): [
                progress_board.phase_name(visit, one) for one in rows["phase"]
            ],
        }
    )


def lessons(visit: Visit, parameters: Parameters) -> Content:
    """Lessons by kind; with a filter of the page the newest of those that fit, word for word."""
    choice = LessonChoice(
        text=parameters.get("lesson_find", ""),
        kind=parameters.get("lesson_kind", ""),
        field=parameters.get("lesson_field", ""),
        size=parameters.get("lesson_size", ""),
    )
    every = solution_results.lessons()
    counts = every["kind"].value_counts()
    numbers = {kind: int(counts.get(kind, 0)) for kind in KINDS}
    facts = counted(visit, {"lessons": len(every), **numbers})
    if choice != LessonChoice():
        return _some_lessons(visit, solution_results.found_lessons(visit, choice).rows)
    title = visit.words(
        "lessons.title",
        lessons=len(every),
        worked=numbers["worked"],
        did_not_work=numbers["did_not_work"],
    )
    picture = ChartPicture(
        "bars",
        tuple(visit.names("lesson_kind", kind) for kind in KINDS),
        (Series(visit.words("frame.page.lessons"), tuple(float(numbers[kind]) for kind in KINDS)),),
        "",
        0,
    )
    twin = lesson_cards.twin(visit, every)
    sentence = visit.words("stage.lessons_sentence")
    return Content(title, sentence, picture, twin, published(visit), facts=facts)


def _some_lessons(visit: Visit, found: pd.DataFrame) -> Content:
    failed = int((found["kind"] == "did_not_work").sum())
    # What went wrong stands first: nobody reads the end of a slide.
    order = (found["kind"] != "did_not_work").to_numpy().argsort(kind="stable")
    shown = found.iloc[order].head(LESSONS_SHOWN)
    rows = [
        (visit.names("lesson_kind", row["kind"]), str(row[f"lesson_{visit.text_lang}"]))
        for row in shown.to_dict("records")
    ]
    columns = (visit.words("lessons.kind"), visit.words("lessons.lesson"))
    said = "stage.lessons_shown" if len(rows) < len(found) else "stage.lessons_all"
    return Content(
        visit.words(
            "stage.lessons_found",
            n=len(found),
            failed=lesson_cards.failed_words(visit, len(found), failed),
        ),
        visit.words(said, shown=len(rows), n=len(rows)),
        TablePicture(columns, tuple(rows)),
        lesson_cards.twin(visit, found),
        published(visit),
        facts=counted(visit, {"lessons": len(found), "did_not_work": failed}),
    )


def progress(visit: Visit, parameters: Parameters) -> Content:
    """Decisions by phase: how many run, how many ended."""
    rows = progress_results.wanted(
        progress_results.decisions(), parameters.get("field", ""), parameters.get("cohort", "")
    )
    counts = rows["phase"].value_counts()
    lanes = [phase for phase in LANES if counts.get(phase, 0)]
    picture = ChartPicture(
        "bars",
        tuple(progress_board.phase_name(visit, phase) for phase in lanes),
        (
            Series(
                visit.words("progress.decisions"),
                tuple(float(counts.get(phase, 0)) for phase in lanes),
            ),
        ),
        "",
        0,
    )
    facts = progress_results.counts(rows)
    return Content(
        visit.words("progress.title", **counted(visit, facts)),
        bare(progress_board.phase_reading(visit, rows)),
        picture,
        progress_board.phase_twin(visit, rows),
        published(visit),
        facts=counted(visit, facts),
    )


def transfer(visit: Visit, parameters: Parameters) -> Content:
    """Who took which solution from whom: arrows, or as network and matrix a list of places."""
    asked = parameters.get("solution", "")
    solution = asked if asked in transfer_results.offered() else ""
    rows = transfer_results.of_solution(solution)
    places = rows["to_place"].nunique()
    facts = {
        "solutions": rows["solution_id"].nunique(),
        "places": places,
        "running": int((rows["state"] == "operation").sum()),
        "introducing": int((rows["state"] == "pilot").sum()),
        "ended": int((rows["state"] == "ended").sum()),
    }
    words = counted(visit, facts)
    if solution:
        words["solution"] = str(rows["name"].iloc[0])
        headline = visit.words("stage.transfer_headline", n=places, **words)
    else:
        headline = visit.words(
            "transfer.title", solutions=words["solutions"], places=words["places"]
        )
    as_list = parameters.get("picture", "") in ("network", "matrix")
    picture: Picture = (
        _takers(visit, rows)
        if as_list
        else MapPicture(transfer_description.description(visit, rows, visit.ags))
    )
    return Content(
        headline,
        bare(transfer_head.reading(visit, rows)),
        picture,
        transfer_head.twin(visit, rows),
        published(visit),
        facts=words,
    )


def _takers(visit: Visit, rows: pd.DataFrame) -> TablePicture:
    """Places by state of the transfer: those in operation first, many of one state in one row."""
    found = []
    for state in STATES:
        own = rows[rows["state"] == state]
        if own.empty:
            continue
        named = sorted(set(own["to_place"]), key=str.casefold)
        shown = ", ".join(named[:8])
        if len(named) > 8:
            shown = visit.words("stage.and_more", names=shown, n=len(named) - 8)
        found.append((visit.words(f"transfer.state.{state}"), str(len(named)), shown))
    columns = (
        visit.words("solution.column_state"),
        visit.words("progress.places"),
        visit.words("stage.column_which"),
    )
    return TablePicture(columns, tuple(found))


def projects(visit: Visit, parameters: Parameters) -> Content:
    """The model projects by round: all, those that gave something on, those that took."""
    rows = project_results.facts()
    words = {
        "projects": len(rows),
        "given": int(rows["given"].sum()),
        "taken": int(rows["taken"].sum()),
    }
    by_round = (
        rows.groupby("cohort")[["given", "taken"]].sum().assign(n=rows.groupby("cohort").size())
    )
    series = [("stage.projects_all", "n"), ("stage.projects_given", "given")]
    series.append(("stage.projects_taken", "taken"))
    names = tuple(visit.names("cohort", one) for one in by_round.index)
    picture = ChartPicture(
        "bars",
        names,
        tuple(
            Series(visit.words(key), tuple(float(v) for v in by_round[column]))
            for key, column in series
        ),
        "",
        0,
    )
    twin = (
        by_round[["n", "given", "taken"]]
        .astype(int)
        .set_axis([visit.words(key) for key, _ in series], axis=1)
    )
    twin.insert(0, visit.words("progress.cohort"), list(names))
    return Content(
        visit.words("projects.title", **words),
        visit.words("stage.projects_sentence"),
        picture,
        twin.reset_index(drop=True),
        published(visit),
        facts=counted(visit, words),
    )


def project(visit: Visit, parameters: Parameters) -> Content | None:
    """One model project in four numbers; ``None`` when no such project is known."""
    row = project_results.project(parameters.get("project", ""))
    if row is None:
        return None
    unknown = visit.words("common.not_reported")
    amount, people = row["funding_eur_total"], row["population"]
    figures = (
        (visit.formats.number(row["members"]), visit.words("stage.figure_members")),
        (
            unknown if pd.isna(people) else visit.formats.number(people),
            visit.words("stage.figure_people"),
        ),
        (
            unknown
            if pd.isna(amount)
            else visit.formats.value(amount / 1e6, visit.words("stage.million_euro"), 1),
            visit.words("stage.figure_money"),
        ),
        (
            visit.formats.number(row["solutions"]) if row["solutions"] else unknown,
            visit.words("stage.figure_solutions"),
        ),
    )
    twin = pd.DataFrame(figures, columns=["value", "what"])[["what", "value"]]
    twin = twin.set_axis(
        [visit.words("stage.column_what"), visit.words("map.column_value")], axis=1
    )
    name = str(row["name_de"])
    return Content(
        visit.words("stage.project_headline", name=name, n=int(row["members"])),
        visit.words("project.money_caution"),
        FiguresPicture(figures),
        twin,
        published(visit),
        facts={"project": name, "members": visit.formats.number(row["members"])},
    )
