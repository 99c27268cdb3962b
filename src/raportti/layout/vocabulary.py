"""What a layout's folder has to name: the keys that pages ask for. Knows no values."""

from raportti.model import SCORES
from raportti.plan import PageKind, Role

LANGUAGES = ("fi", "sv")
PAGES = tuple(kind.value for kind in PageKind)
PLACEHOLDERS = (*(role.value for role in Role), "table")

STYLES = (
    "cover_title",
    "cover_list",
    "cover_bullet",
    "cover_colophon",
    "title",
    "title_part",
    "tag",
    "sentence",
    "grade",
    "scale",
    "table_head",
    "table_text",
    "bullet",
    "continued",
    "yes",
    "partly",
    "no",
    "not_assessed",
    "score",
    "summary_head",
    "summary_text",
    "summary_average",
    "legend_title",
    "legend",
    "legend_grade",
    "continuation",
    "footer",
    "number",
)
FILLS = ("cover", "head", "disc", "panel", "yes", "partly", "no", "not_assessed")
GROUNDS = {
    "cover_title": "cover",
    "cover_list": "cover",
    "cover_bullet": "cover",
    "cover_colophon": "cover",
    "grade": "disc",
    "table_head": "head",
    "summary_head": "head",
    "legend_title": "panel",
    "legend": "panel",
    "legend_grade": "panel",
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "not_assessed": "not_assessed",
}
"""Style → the fill that it stands on; the others stand on white paper."""
BOXES = (
    "cover_title",
    "cover_strategies",
    "cover_colophon",
    "title",
    "tag",
    "sentence",
    "body",
    "scale",
    "summary",
    "legend",
    "footer",
    "continuation",
    "number",
)
GAPS = (
    "below_title",
    "cover_hang",
    "disc",
    "disc_text",
    "grades",
    "bullet_hang",
    "legend_padding",
    "legend_items",
    "below_sentence",
)
WITHOUT_SUBGOALS = "without_subgoals"
WITH_SUBGOALS = "with_subgoals"
SUMMARY = "summary"
COLUMN_SETS = {
    "goals": {
        WITHOUT_SUBGOALS: ("goal", "achieved", "score", "assessment"),
        WITH_SUBGOALS: ("goal", "subgoals", "achieved", "score", "assessment"),
    },
    "summary": {SUMMARY: ("guideline", "goals", "average", "yes", "partly")},
}
WORDS = (
    "language",
    "goal",
    "subgoals",
    "achieved",
    "score",
    "assessment",
    "yes",
    "partly",
    "no",
    "not_assessed",
    "no_score",
    "continues",
    "continued",
    "guideline",
    "goals",
    "average",
    "completed",
    "summary_yes",
    "summary_partly",
    "legend_title",
    "scale_title",
    "summary_title",
    "summary_sentence",
    "not_assessed_sentence",
    "table_title",
    "date",
    "case_number",
    "attachment_number",
    "one_goal",
    "several_goals",
    "one_guideline",
    "several_guidelines",
    "table_description",
    "table_part_description",
    "summary_description",
    "summary_part_description",
    "subject",
    *(f"scale_{score}" for score in SCORES),
)
FILLED_IN = {
    "scale_title": ("strategia",),
    "summary_title": ("strategia",),
    "summary_sentence": ("tavoitteita",),
    "not_assessed_sentence": ("arvioimatta",),
    "table_title": ("linjaus",),
    "date": ("päivä", "kuukausi", "vuosi"),
    "case_number": ("asianumero",),
    "attachment_number": ("liitenumero",),
    "one_goal": ("tavoitteita",),
    "several_goals": ("tavoitteita",),
    "one_guideline": ("linjauksia",),
    "several_guidelines": ("linjauksia",),
    "table_description": ("linjaus", "määrä"),
    "table_part_description": ("linjaus", "x", "n", "määrä"),
    "summary_description": ("strategia", "määrä"),
    "summary_part_description": ("strategia", "x", "n", "määrä"),
}
"""Word → the names in braces that are filled in; the other words have none."""
MAY_BE_EMPTY = frozenset({"subject"})
