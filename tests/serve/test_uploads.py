"""Files that come in: nothing is written before it is taken, what is wrong is said, and no attack works."""

import io
import re
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from commands import run
from decks.importing.built_decks import without_stamp
from edited_sources import LONG
from planning import BILINGUAL, DEFAULT, ROOT
from raportti import api
from raportti.problems import ProblemsFound
from raportti.report.model import Achieved, Goal
from raportti.serve.files import reading, uploads
from raportti.serve.files.reading import Incoming, NotRead, read_changes
from raportti.serve.files.uploads import NotTaken, Proposals, incoming, label_of
from raportti.source.loading import load_all
from raportti.source.options import LoadOptions
from serve.asking import Answer, Served
from source.reports import GOOD, HEADER, write
from source.reports import csv_of as table_of

SCORE, STATUS, TEXT = "Arviointi (1-5)", "Tavoite saavutettu?", "Sanallinen arviointi (tiivistelmä)"
PATIENCE = 20.0
"""Seconds in which a file is refused, also on a machine that is busy: the child's own bound is of processor time."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    source = tmp_path / "source"
    shutil.copytree(DEFAULT, source)
    with Served(source) as found:
        yield found


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The deck of the default report."""
    folder = tmp_path_factory.mktemp("deck")
    [file] = api.build(DEFAULT, out=folder, formats=("pptx",)).files
    return file.read_bytes()


def edited_workbook(data: bytes, edits: dict[tuple[str, str], object]) -> bytes:
    """Write values into a workbook as a person does, by goal and column."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("Tunnus")].value: row for row in sheet.iter_rows(min_row=2)}
    for (goal, column), value in edits.items():
        rows[goal][heads.index(column)].value = value
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def goal_in(served: Served, name: str) -> Goal:
    return next(goal for goal in api.read_report(served.source, draft=True).goals if goal.id == name)


def bytes_of(source: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in source.iterdir() if file.is_file()}


def brought(served: Served, name: str, data: bytes) -> Answer:
    """Bring a file and open what it makes."""
    answer = served.bring((name, data))
    assert answer.status == 303, answer.text
    return served.get(answer.place)


def form_of(page: Answer) -> dict[str, str | list[str]]:
    """Fill a form as it stands on the page."""
    sides = re.findall(r'name="(side\.[0-9a-f]+)" value="ours"', page.html)
    return {
        "state": page.values("state"),
        "take": page.values("take"),
        **dict.fromkeys(sides, "ours"),
    }


def token_of(page: Answer) -> str:
    found = re.search(r'action="(/files/in/[\w-]+)/discard"', page.html)
    assert found
    return found[1]


def item_of(page: Answer, goal: str) -> str:
    """Return the id of the item of a goal."""
    found = re.search(rf'<h2 id="item-([0-9a-f]+)"><span class="id">{re.escape(goal)}</span>', page.html)
    assert found, page.html
    return found[1]


# What a workbook changes.


def test_a_part_of_the_report_proposes_to_remove_nothing(served: Served) -> None:
    one = goal_in(served, "H1.2")
    report = api.read_report(served.source, draft=True)
    row = (report.strategies[0].name, report.strategies[0].guidelines[0].name, one.id, one.text, "", "EI", "1", LONG)
    page = brought(served, "osa.csv", table_of(HEADER, row).encode())
    assert page.html.count('id="item-') == 1 and item_of(page, "H1.2")
    assert f"goals of the source that are not in the file stay: {len(report.goals) - 1}" in page.text
    assert served.post(token_of(page) + "/accept", form_of(page)).status == 303
    after = api.read_report(served.source, draft=True)
    assert [goal.id for goal in after.goals] == [goal.id for goal in report.goals]
    assert goal_in(served, "H1.2").assessment == (LONG,)


def test_texts_in_a_language_that_the_source_lacks_are_told_to_be_left_out(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD)
    (file,) = api.export(source, tmp_path / "x.xlsx", languages=("fi", "sv"))
    with Served(source) as served:
        page = brought(served, "x.xlsx", edited_workbook(file.read_bytes(), {("A1.1", "Mål"): "Det första."}))
        assert "the texts in Swedish are left out" in page.text


def test_a_workbook_is_shown_goal_by_goal_and_written_when_it_is_taken(served: Served) -> None:
    before = bytes_of(served.source)
    text = goal_in(served, "H1.2").assessment[0].replace("on", "on nyt", 1)
    book = edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2, ("H1.2", TEXT): text})
    page = brought(served, "vastaus.xlsx", book)
    assert page.text.count("Accept only this now") == 2
    assert '<ins><span class="hidden">added: </span>nyt</ins>' in page.html.replace("\n", "").replace(
        " nyt", "nyt"
    ) or ("added:" in page.text)
    assert bytes_of(served.source) == before
    done = served.post(token_of(page) + "/accept", form_of(page))
    assert done.status == 303
    assert goal_in(served, "H1.1").score == 2
    assert goal_in(served, "H1.2").assessment[0] == text
    after = bytes_of(served.source)
    assert [name for name in after if after[name] != before[name]] == ["hyvinvointialuestrategia.yaml"]
    lines = [data["hyvinvointialuestrategia.yaml"].decode().splitlines() for data in (before, after)]
    assert sum(a != b for a, b in zip(*lines, strict=False)) <= 12
    assert "nothing to change" in served.get(done.place).text


def test_one_goal_can_be_taken_alone_and_the_rest_later(served: Served) -> None:
    book = edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2, ("H1.2", SCORE): 1})
    page = brought(served, "vastaus.xlsx", book)
    served.post(token_of(page) + "/accept", {**form_of(page), "only": item_of(page, "H1.2")})
    assert (goal_in(served, "H1.1").score, goal_in(served, "H1.2").score) == (4, 1)
    page = served.get(token_of(page))
    assert 'id="item-' + item_of(page, "H1.1") in page.html
    served.post(token_of(page) + "/accept", {**form_of(page), "take": [], "only": "all"})
    assert goal_in(served, "H1.1").score == 2


def test_what_was_taken_is_in_the_journal_and_can_be_undone(served: Served) -> None:
    before = goal_in(served, "H1.1")
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    served.post(token_of(page) + "/accept", form_of(page))
    changes = served.get("/changes")
    assert "taken from a file" in changes.text
    undo = re.search(r'action="(/undo/\w+)"', changes.html)
    assert undo
    assert served.post(undo[1]).status == 303
    assert goal_in(served, "H1.1") == before


def test_what_both_sides_changed_stands_side_by_side(served: Served) -> None:
    book = edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2, ("H1.2", SCORE): 1})
    run("set", "H1.1", served.source, "--score", "5", "--yes")
    page = brought(served, "a.xlsx", book)
    assert "changed on both sides" in page.text
    assert re.search(r"Keep the source's ?5 Take the file's ?2", page.text)
    served.post(token_of(page) + "/accept", form_of(page))
    assert (goal_in(served, "H1.1").score, goal_in(served, "H1.2").score) == (5, 1)
    assert "nothing to change" in served.get(token_of(page)).text


def test_of_what_both_sides_changed_the_files_side_can_be_taken(served: Served) -> None:
    book = edited_workbook(
        served.get("/files/workbook").body, {("H1.1", SCORE): 2, ("H1.1", TEXT): "Uusi teksti tästä."}
    )
    run("set", "H1.1", served.source, "--score", "5", "--yes")
    page = brought(served, "a.xlsx", book)
    sides = {name: "theirs" for name in form_of(page) if name.startswith("side.")}
    assert len(sides) == 1
    served.post(token_of(page) + "/accept", {**form_of(page), **sides})
    goal = goal_in(served, "H1.1")
    assert (goal.score, goal.assessment) == (2, ("Uusi teksti tästä.",))


def test_a_proposal_whose_base_moved_is_refused_by_name(served: Served) -> None:
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    run("set", "H1.1", served.source, "--score", "5", "--yes")
    served.workspace.store.look()
    answer = served.post(token_of(page) + "/accept", form_of(page))
    assert answer.status == 409
    assert "Nothing was taken" in answer.text and "H1.1" in answer.text
    assert goal_in(served, "H1.1").score == 5


def test_another_edit_of_another_goal_does_not_stop_it(served: Served) -> None:
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    run("set", "P1.1", served.source, "--score", "1", "--yes")
    served.workspace.store.look()
    assert served.post(token_of(page) + "/accept", form_of(page)).status == 303
    assert (goal_in(served, "H1.1").score, goal_in(served, "P1.1").score) == (2, 1)


def test_a_value_that_cannot_be_is_said_as_the_command_line_says_it(served: Served, tmp_path: Path) -> None:
    book = edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 7})
    (tmp_path / "vastaus.xlsx").write_bytes(book)
    said = run("import", "vastaus.xlsx", "--into", served.source, "--yes", cwd=tmp_path).stderr.splitlines()
    answer = served.bring(("vastaus.xlsx", book))
    assert answer.status == 422
    assert said
    assert all(line in answer.text for line in said)
    assert str(tempfolder()) not in answer.text


def tempfolder() -> Path:
    import tempfile

    return Path(tempfile.gettempdir()) / "raportti-"


def test_both_languages_follow_a_workbook(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(BILINGUAL, source)
    with Served(source) as served:
        names = [goal.id for goal in api.read_report(source).goals]
        data = served.get("/files/workbook").body
        swedish = "Skriftlig bedömning (sammanfattning)"
        book = edited_workbook(data, {(names[0], swedish): "En ny text på svenska.", (names[1], SCORE): 1})
        page = brought(served, "a.xlsx", book)
        assert served.post(token_of(page) + "/accept", form_of(page)).status == 303
        own, other = (one.report for one in load_all(source, LoadOptions(("fi", "sv"), True, True)))
        assert other.goals[0].assessment == ("En ny text på svenska.",)
        assert own.goals[0].assessment == api.read_report(BILINGUAL).goals[0].assessment
        assert own.goals[1].score == other.goals[1].score == 1


CSV = "Strategia;Linjaus;Tunnus;Tavoite;Tavoite saavutettu?;Arviointi (1-5);Sanallinen arviointi (tiivistelmä)\n"


def csv_of(served: Served, edit: Callable[[Goal], tuple[str, str]]) -> bytes:
    """Write the report as a table of goals; ``edit`` gives score and assessment."""
    words = {
        Achieved.YES: "KYLLÄ",
        Achieved.PARTLY: "OSITTAIN",
        Achieved.NO: "EI",
        Achieved.NOT_ASSESSED: "EI ARVIOITU",
    }
    rows = [CSV]
    for strategy in api.read_report(served.source).strategies:
        for guideline in strategy.guidelines:
            for goal in guideline.goals:
                score, text = edit(goal)
                cells = (strategy.name, guideline.name, goal.id, goal.text, words[goal.achieved], score, text)
                rows.append(";".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n")
    return "".join(rows).encode()


def test_formulas_and_html_in_a_csv_are_texts(served: Served) -> None:
    formula, html = '=HYPERLINK("http://evil.example","x")', "<script>alert(1)</script><img src=x onerror=alert(1)>"

    def edit(goal: Goal) -> tuple[str, str]:
        texts = {"H1.1": formula, "H1.2": html}
        return str(goal.score or ""), texts.get(goal.id, "\n\n".join(goal.assessment))

    page = brought(served, '"><b>x.csv', csv_of(served, edit))
    assert "<script>alert" not in page.html and "<img" not in page.html and "<b>x" not in page.html
    assert html in page.text or "&lt;script&gt;" in page.html
    assert "does not say what it was exported from" in page.text
    served.post(token_of(page) + "/accept", form_of(page))
    assert goal_in(served, "H1.1").assessment == (formula,)
    sheet = openpyxl.load_workbook(io.BytesIO(served.get("/files/workbook").body)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == formula]
    assert cells and all(cell.data_type == "s" for cell in cells)
    for path in ("/changes", "/goals/H1.2", "/", "/files"):
        assert "<script>alert" not in served.get(path).html


# What a deck changes.


def edited_deck(data: bytes, old: str, new: str) -> bytes:
    """Replace a text in a deck's tables as a person does."""
    deck = Presentation(io.BytesIO(data))
    count = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            for cell in shape.table.iter_cells() if shape.has_table else ():
                for paragraph in cell.text_frame.paragraphs:
                    for run_ in paragraph.runs:
                        if old in run_.text:
                            run_.text = run_.text.replace(old, new, 1)
                            count += 1
    assert count
    packed = io.BytesIO()
    deck.save(packed)
    return packed.getvalue()


def test_hand_edits_of_a_deck_come_in_and_the_deck_gets_new_data(served: Served, deck: bytes) -> None:
    edited = edited_deck(deck, "Palvelujen saatavuutta", "Palvelujen hyvää saatavuutta")
    page = brought(served, "esitys.pptx", edited)
    assert "H1.1" in page.text and "hyvää" in page.text
    served.post(token_of(page) + "/accept", form_of(page))
    assert "Palvelujen hyvää saatavuutta" in goal_in(served, "H1.1").assessment[0]
    run("set", "H1.2", served.source, "--score", "1", "--yes")
    told = served.get(token_of(page) + "/refresh")
    assert told.status == 200
    assert "changes" in told.text
    answer = served.get(token_of(page) + "/deck")
    assert answer.file_name == "esitys.pptx"
    texts = "".join(
        cell.text_frame.text
        for slide in Presentation(io.BytesIO(answer.body)).slides
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    )
    assert "Palvelujen hyvää" in texts.replace("\u00ad", "")


def test_what_deck_and_data_both_changed_is_decided(served: Served, deck: bytes) -> None:
    edited = edited_deck(deck, "Palvelujen saatavuutta", "Palvelujen hyvää saatavuutta")
    run("set", "H1.1", served.source, "--assessment", "Palvelujen saatavuus on aivan toinen asia.", "--yes")
    served.workspace.store.look()
    page = brought(served, "esitys.pptx", edited)
    assert "changed on both sides" in page.text
    asked = served.get(token_of(page) + "/refresh")
    assert asked.status == 409
    assert "Keep what the deck says" in asked.text
    assert served.get(token_of(page) + "/refresh?keep=deck").status == 200
    deck_side, data_side = (served.get(f"{token_of(page)}/deck?keep={keep}").body for keep in ("deck", "source"))
    assert deck_side != data_side


def test_a_deck_without_data_makes_a_new_source_and_leaves_the_served_one(
    served: Served, deck: bytes, tmp_path: Path
) -> None:
    before = bytes_of(served.source)
    path = tmp_path / "old.pptx"
    path.write_bytes(deck)
    page = brought(served, "vanha.pptx", without_stamp(path).read_bytes())
    assert "new source with 43 goals" in page.text
    answer = served.get(token_of(page) + "/source")
    packed = zipfile.ZipFile(io.BytesIO(answer.body))
    packed.extractall(tmp_path / "new")
    assert len(api.read_report(tmp_path / "new", draft=True).goals) == 43
    assert bytes_of(served.source) == before
    assert served.post(token_of(page) + "/accept", {"take": "x"}).status == 404


def test_a_pdf_and_the_text_of_one_make_a_new_source(served: Served, tmp_path: Path) -> None:
    [pdf] = api.build(BILINGUAL, out=tmp_path, formats=("pdf",)).files
    assert "new source" in brought(served, "a.pdf", pdf.read_bytes()).text
    text = (ROOT / "source" / "alkuperainen" / "deck.txt").read_bytes()
    page = brought(served, "deck.txt", text)
    assert "What has to be looked at" in page.text and "deck.txt:" in page.text


# Attacks.


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "..\\..\\x.csv",
        "/etc/x.csv",
        "C:\\x.csv",
        "a\x00b.csv",
        "\\\\host\\share\\x.csv",
        "x" * 4000 + ".csv",
    ],
)
def test_a_name_is_a_label_only(served: Served, name: str) -> None:
    before = bytes_of(served.source)
    label = label_of(name)
    assert len(label) <= 80 and not set(label) & set("/\\\x00") and label.endswith(".csv")
    answer = served.bring((name.replace("\x00", "%00"), b"Strategia;x\n1;2\n"))
    assert answer.status == 422
    assert bytes_of(served.source) == before


def test_a_name_does_not_hide_what_it_is() -> None:
    assert label_of("lasku\u202exslx.exe") == "laskuxslx.exe"
    assert label_of("") == "?"
    assert label_of("...") == "..."


def test_one_file_comes_at_a_time(served: Served) -> None:
    answer = served.bring(("a.csv", b"a"), ("b.csv", b"b"))
    assert answer.status == 400
    assert "one file" in answer.text
    assert served.bring().status == 422
    assert served.bring(("a.csv", b"x"), field="other").status == 422


def packed(entries: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", kind) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, kind)  # of no time: the same bytes in every process
    return data.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"not a zip", "not an .xlsx workbook"),
        ("a.xlsx", b"%PDF-1.7", "not an .xlsx workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password"),
        ("a.pptx", b"GIF89a", "not a PowerPoint deck"),
        ("a.pptx", b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password"),
        ("a.pdf", b"PK\x03\x04", "not a PDF"),
        ("a.csv", b"PK\x03\x04", "not text"),
        ("a.csv", b"%PDF-1.7", "not text"),
        ("a.yaml", b"a: \x00", "not text"),
        ("a.txt", b"\xd0\xcf\x11\xe0", "not text"),
        ("a.csv", b"", "empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "are not read"),
        ("a.odp", b"PK\x03\x04", "are not read"),
        ("a.exe", b"MZ", "Files of this kind are not read"),
        ("a", b"x", "Files of this kind are not read"),
        ("a.xlsm", b"PK\x03\x04", "has macros"),
        ("a.pptm", b"PK\x03\x04", "has macros"),
        ("a.xlsx", packed({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), "has macros"),
        ("a.pptx", packed({"[Content_Types].xml": b"x.macroEnabled.main+xml"}), "has macros"),
        ("a.xlsx", packed({"xl/workbook.xml": bytes(150 * 1024 * 1024)}), "unpacks to more"),
        ("a.pptx", packed({"ppt/presentation.xml": bytes(150 * 1024 * 1024)}), "unpacks to more"),
        ("a.xlsx", packed({f"{n}.xml": b"" for n in range(6000)}), "unpacks to more"),
        ("a.xlsx", packed({"../../evil.xml": b"x", "xl/workbook.xml": b"<a/>"}), "broken"),
        ("a.xlsx", packed({"xl/workbook.xml": ENTITIES}), "broken"),
        ("a.xlsx", packed({"xl/workbook.xml": EXTERNAL}), "broken"),
        ("a.xlsx", packed({"[Content_Types].xml": b"<a/>"}), "not an .xlsx workbook"),
        ("a.xlsx", packed({"xl/workbook.xml": b"<a/>"})[:-40], "broken"),
        ("a.pptx", packed({"_rels/.rels": ENTITIES}), "broken"),
        ("a.yaml", b"a: &a [x]\nb: [*a, *a]\n", "a.yaml:1:4"),
        ("a.yaml", b"otsikko: x\nstrategiat: [../../etc/passwd.yaml]\n", "outside"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\nstream\nxx", "broken"),
    ],
)
def test_what_does_harm_or_is_something_else_is_refused(served: Served, name: str, data: bytes, said: str) -> None:
    before = bytes_of(served.source)
    start = time.monotonic()
    answer = served.bring((name, data))
    assert answer.status == 422, answer.text
    assert said in answer.text
    assert "root:" not in answer.text
    assert time.monotonic() - start < PATIENCE
    assert bytes_of(served.source) == before
    assert not served.desk.proposals._kept


def test_a_directory_that_lies_about_its_size_is_not_read() -> None:
    data = bytearray(packed({"xl/workbook.xml": b"<a/>"}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 10 : at + 12] = (60000).to_bytes(2, "little")
    with pytest.raises(Exception, match="unpacks to more than 500 MB"):
        incoming("a.xlsx", bytes(data))
    data[at + 12 : at + 16] = (0xFFFFFFFF).to_bytes(4, "little")
    with pytest.raises(Exception, match="unpacks to more than 500 MB"):
        incoming("a.xlsx", bytes(data))


def test_a_file_of_26_mb_is_refused_before_it_is_read(served: Served) -> None:
    answer = served.bring(("a.csv", bytes(26 * 1024 * 1024)))
    assert answer.status == 413


def hung(*code: str) -> tuple[str, ...]:
    """Return a command that does something else than reading."""
    return (sys.executable, "-c", "\n".join(("import sys", *code)))


BOUND = "from raportti.serve.files.reading_process import bound; bound(2)"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (hung("import time; time.sleep(60)"), "time"),
        (hung(BOUND, "while True: pass"), "time"),
        (hung(BOUND, "x = bytearray(2 << 30)"), "end"),
        (
            hung(
                "from raportti.serve.files import reading_process as r",
                "r._JOBS['changes'] = lambda task: bytearray(2 << 30)",
                "sys.argv[1:] = ['9']",
                "r.main()",
            ),
            "memory",
        ),
        (hung("sys.stdout.write('x' * 1000)"), "end"),
        (hung("sys.stdout.write('{}')"), "end"),
        (hung("sys.stdout.write('[' * 100000)"), "end"),
        (
            hung('print(\'{"kind": "problems", "problems": [{"kind": "x", "place": null, "values": {}}]}\')'),
            "end",
        ),
        (hung('print(\'{"kind": "changes", "base": {}, "theirs": {}, "remarks": [], "isDeck": 0}\')'), "end"),
        (
            hung(
                'print(\'{"kind": "source", "files": {"../x.yaml": ""}, "report": {}, "remarks": [], "isExact": 1}\')'
            ),
            "end",
        ),
        (hung("import os; os.kill(os.getpid(), 9)"), "time"),
        (hung("import os; os.abort()"), "end"),
        (hung(""), "end"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_child_that_hangs_eats_memory_or_lies_harms_nothing(
    served: Served, command: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 3)
    monkeypatch.setattr(reading, "BY_THE_CLOCK", 1)
    start = time.monotonic()
    with pytest.raises(NotRead) as found:
        read_changes(Incoming("a.csv", ".csv", b"x", command), served.desk.around)
    assert found.value.why == why
    assert time.monotonic() - start < 8


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_child_that_only_has_to_wait_for_a_busy_machine_is_waited_for(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 2)
    monkeypatch.setattr(reading, "BY_THE_CLOCK", 30)
    late = hung(
        "import time; time.sleep(3)", "from raportti.serve.files import reading_process as r", "sys.argv[1:] = ['2']",
        "r._JOBS['changes'] = lambda task: {'kind': 'problems', 'problems': []}", "r.main()",
    )  # fmt: skip
    with pytest.raises(ProblemsFound):
        read_changes(Incoming("a.csv", ".csv", b"x", late), served.desk.around)


def test_nothing_of_a_file_stays_on_the_disk(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert served.bring(("a.csv", b"Strategia;x\n1;2\n")).status == 422
    assert not list(scratch.iterdir())


def test_another_browser_does_not_see_or_take_a_proposal(served: Served) -> None:
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    other = served.browser()
    token = token_of(page)
    for path in ("", "/refresh", "/deck", "/source"):
        assert served.get(token + path, cookie=other).status == 404
    for path in ("/accept", "/discard"):
        assert served.post(token + path, form_of(page), cookie=other).status == 404
    assert goal_in(served, "H1.1").score == 4
    assert "a.xlsx" not in served.get("/files", cookie=other).text
    assert "a.xlsx" in served.get("/files").text


def test_a_token_cannot_be_guessed_and_does_not_last(served: Served) -> None:
    now = [0.0]
    served.desk.proposals = Proposals(lambda: now[0])
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    token = token_of(page)
    assert len(token.rpartition("/")[2]) >= 43
    assert served.get(token[:-1] + ("a" if token[-1] != "a" else "b")).status == 404
    now[0] = uploads.LIFE - 1
    assert served.get(token).status == 200
    now[0] = uploads.LIFE + 1
    assert served.get(token).status == 404
    assert served.post(token + "/accept", form_of(page)).status == 404
    assert goal_in(served, "H1.1").score == 4


def test_few_proposals_are_kept(served: Served) -> None:
    data = edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2})
    read = read_changes(incoming("a.xlsx", data), served.desk.around)
    kept = Proposals()
    tokens = [kept.add(b"x", incoming("a.xlsx", data), read, None).token for _ in range(uploads.MOST + 3)]
    assert [kept.find(token, b"x") is not None for token in tokens] == [False] * 3 + [True] * uploads.MOST
    assert kept.find(tokens[-1], b"y") is None


def test_what_is_forgotten_is_gone(served: Served) -> None:
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    assert served.post(token_of(page) + "/discard").place == "/files"
    assert served.get(token_of(page)).status == 404


def test_an_answer_that_names_nothing_changes_nothing(served: Served) -> None:
    page = brought(served, "a.xlsx", edited_workbook(served.get("/files/workbook").body, {("H1.1", SCORE): 2}))
    for fields in ({}, {"take": "x"}, {**form_of(page), "take": []}, {"take": page.values("take")}):
        assert served.post(token_of(page) + "/accept", fields).status in (409, 422)
    assert goal_in(served, "H1.1").score == 4


def test_a_kind_of_file_with_macros_is_never_parsed() -> None:
    for name in ("a.xlsm", "a.xlsb", "a.pptm", "a.potm"):
        with pytest.raises(NotTaken):
            incoming(name, b"x")
