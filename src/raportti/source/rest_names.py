"""The words of the sheet that says what the rows of goals do not, each with the field of the model that it fills.

They are the keys of YAML as an office worker would write them. Knows nothing of how they are read.
"""

from collections.abc import Mapping
from types import MappingProxyType

from raportti.source import names

REST_HEADINGS = ("Kohta", "Tieto")
"""What the sheet is known by; after them come columns of values."""
VALUES: Mapping[str, str | None] = MappingProxyType({"Sisältö": None, "Suomeksi": "fi", "Ruotsiksi": "sv"})
"""The columns of values, with the language of each; None is the report's own."""
PARTS: Mapping[str, str] = MappingProxyType({"Raportti": "report", "Strategia": "strategy", "Linjaus": "guideline"})
SCALE, PUBLISHED = "scale", "published"
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
            **_labels(names.REPORT, without=("scale", "strategies")),
            **_within("Arviointiasteikko", SCALE, names.SCALE),
        },
        "strategy": _labels(names.STRATEGY, without=("guidelines",)),
        # The ids of the goals in their order, and of those that begin a page.
        "guideline": {
            "Nimi": "name",
            "Tavoitteet": "goals",
            "Sivunvaihto ennen": "break_before",
            **_within("Julkaistu", PUBLISHED, names.PUBLISHED),
        },
    }
)
"""Part → its labels, each with its field."""


def is_translated(field: str) -> bool:
    """Tell whether a field of the sheet is a text that each language has of its own."""
    part, _, own = field.rpartition("/")
    return part != PUBLISHED and own in names.TRANSLATED
