"""The names of a source's keys, columns and labels, each with the field of the model that it fills.

Does not know how they are read or written.
"""

from collections.abc import Mapping
from types import MappingProxyType

from raportti.report.characters import composed

REPORT_FILE = "raportti.yaml"
SHEET = "Tavoitteet"
REST_SHEET = "Raportti"
"""The sheet of a workbook with all that is not in its rows of goals."""

REPORT: Mapping[str, str] = MappingProxyType(
    {
        "otsikko": "title",
        "organisaatio": "organisation",
        "kieli": "language",
        "kokous": "meeting",
        "päivämäärä": "date",
        "asianumero": "case_number",
        "liitenumero": "attachment_number",
        "arviointiasteikko": "scale",
        "strategiat": "strategies",
    }
)
SCALE: Mapping[str, str] = MappingProxyType({grade: grade for grade in "54321"})
STRATEGY: Mapping[str, str] = MappingProxyType(
    {
        "nimi": "name",
        "yläkulma": "tag",
        "asteikon_otsikko": "scale_title",
        "yhteenvedon_otsikko": "summary_title",
        "yhteenvedon_lause": "summary_sentence",
        "taulukon_otsikko": "table_title",
        "linjaukset": "guidelines",
    }
)
GUIDELINE: Mapping[str, str] = MappingProxyType({"nimi": "name", "julkaistu": "published", "tavoitteet": "goals"})
PUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        "tavoitteita": "goals",
        "keskiarvo": "average",
        "kyllä": "yes",
        "osittain": "partly",
        "ei": "no",
        "ei_arvioitu": "not_assessed",
        "poikkeama_hyväksytty": "reason",
    }
)
GOAL: Mapping[str, str] = MappingProxyType(
    {
        "tunnus": "id",
        "tavoite": "text",
        "alatavoitteet": "subgoals",
        "vastuutaho": "responsible",
        "saavutettu": "achieved",
        "arviointi": "score",
        "sanallinen_arviointi": "assessment",
        "sivunvaihto_ennen": "break_before",
    }
)
SUBGOAL: Mapping[str, str] = MappingProxyType({"teksti": "text", "kohdat": "items"})
BOTH = "molemmat"
"""The key of a text that says the same in both languages."""

TRANSLATED = frozenset(
    {
        "title", "organisation", "meeting", "name", "tag", "scale_title", "summary_title", "summary_sentence",
        "table_title", "text", "subgoals", "assessment", *SCALE,
    }
)  # fmt: skip
"""The fields that are in each language; all others are one for both."""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "Strategia": "strategy",
        "Linjaus": "guideline",
        "Tunnus": "id",
        "Tavoite": "text",
        "Alatavoitteet": "subgoals",
        "Tavoite saavutettu?": "achieved",
        "Arviointi (1-5)": "score",
        "Sanallinen arviointi (tiivistelmä)": "assessment",
        "Vastuutaho": "responsible",
    }
)
SWEDISH_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "Strategi": "strategy",
        "Riktlinje": "guideline",
        "Beteckning": "id",
        "Mål": "text",
        "Delmål": "subgoals",
        "Har målet uppnåtts?": "achieved",
        "Bedömning (1-5)": "score",
        "Skriftlig bedömning (sammanfattning)": "assessment",
        "Ansvarig instans": "responsible",
    }
)
COLUMNS_IN: Mapping[str, Mapping[str, str]] = MappingProxyType({"fi": COLUMNS, "sv": SWEDISH_COLUMNS})
TEXT_COLUMNS = frozenset({"strategy", "guideline", "text", "subgoals", "assessment"})
"""The fields that have a column for each language; all others have one for both."""
NEEDED_COLUMNS = frozenset({"strategy", "guideline", "id", "text", "achieved", "score", "assessment"})


def by_field(names: Mapping[str, str]) -> Mapping[str, str]:
    """Turn name → field into field → name."""
    return MappingProxyType({field: name for name, field in names.items()})


def same_form(name: str) -> str:
    """Bring a name to the form in which names are compared, without white space around it."""
    return composed(name).strip()


REST_HEADINGS = ("Kohta", "Tieto")
"""What the sheet is known by; after them come columns of values."""
VALUES: Mapping[str, str | None] = MappingProxyType({"Sisältö": None, "Suomeksi": "fi", "Ruotsiksi": "sv"})
"""The columns of values, with the language of each; None is the report's own."""
PARTS: Mapping[str, str] = MappingProxyType({"Raportti": "report", "Strategia": "strategy", "Linjaus": "guideline"})
SCALE_PART, PUBLISHED_PART = "scale", "published"
"""Parts whose fields are named ``scale/5``."""


def _labels(keys: Mapping[str, str], *, without: tuple[str, ...] = ()) -> Mapping[str, str]:
    return {_in_words(key): field for key, field in keys.items() if field not in without}


def _in_words(key: str) -> str:
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _within(label: str, part: str, keys: Mapping[str, str]) -> Mapping[str, str]:
    return {f"{label}: {key.replace('_', ' ')}": f"{part}/{field}" for key, field in keys.items()}


LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "report": {
            **_labels(REPORT, without=("scale", "strategies")),
            **_within("Arviointiasteikko", SCALE_PART, SCALE),
        },
        "strategy": _labels(STRATEGY, without=("guidelines",)),
        # The ids of the goals in their order, and of those that begin a page.
        "guideline": {
            "Nimi": "name",
            "Tavoitteet": "goals",
            "Sivunvaihto ennen": "break_before",
            **_within("Julkaistu", PUBLISHED_PART, PUBLISHED),
        },
    }
)
"""Part → its labels, each with its field."""


def is_translated(field: str) -> bool:
    """Return whether a field of the sheet is a text that each language has of its own."""
    part, _, own = field.rpartition("/")
    return part != PUBLISHED_PART and own in TRANSLATED
