"""A report that tries a layout: every kind of page, with long and short texts, as the source that a user would write.

Does not know layouts. Its organisation is invented.
"""

NAME = "koe.yaml"
_LONG = (
    "Palvelujen saatavuutta parannettiin kaikissa kunnissa, ja asiakkaiden antama palaute oli vuoden lopussa selvästi "
    "parempaa kuin vuotta aiemmin. Työ jatkuu hyvinvointiaseman ja etäpalvelujen yhteensovittamisella."
)
_SHORT = "Työ on edennyt suunnitelman mukaisesti koko vuoden."
_SCALE = """\
  5: Tavoitteessa edistytty suunnitelman mukaisesti erinomaisin tuloksin
  4: Tavoitteessa edistytty pääosin suunnitelman mukaisesti hyvin tuloksin
  3: Tavoitteessa edistytty kohtalaisesti ja sen saavuttaminen todennäköistä, mutta joitakin haasteita tai viiveitä
  2: Tavoitteessa edistyminen merkittävästi jäljessä suunnitelmasta ja onnistuminen epävarmaa
  1: Ei toteutettu suunnitelman mukaisia toimenpiteitä tavoitteen edistämiseksi
"""
_STATUSES = ("KYLLÄ", "OSITTAIN", "EI", "KYLLÄ", "OSITTAIN", "KYLLÄ")
_SCORES = (5, 3, 1, 4, 2, 5)


def trial_source(*, moved: int = 0) -> str:
    """Write the source; ``moved`` is by how many places its assessments are shifted, for a report before it."""
    return (
        "otsikko: Hyvinvointialueen yhteisten tavoitteiden ja strategisten linjausten arviointi 2025\n"
        "organisaatio: Esimerkkilän hyvinvointialue\nkieli: fi\nkokous: Aluehallitus\npäivämäärä: 2026-02-16\n"
        "asianumero: EHVA/215/2026\nliitenumero: 3\n"
        f"arviointiasteikko:\n{_SCALE}strategiat:\n"
        f"{_strategy('Hyvinvointialuestrategia', 'A', moved, 5)}{_strategy('Palvelustrategia', 'B', moved, 2)}"
    )


def _strategy(name: str, letter: str, moved: int, guidelines: int) -> str:
    inner = "".join(_guideline(f"{letter}{number}", number, moved) for number in range(1, guidelines + 1))
    return f"  - nimi: {name}\n    linjaukset:\n{inner}"


def _guideline(ref: str, number: int, moved: int) -> str:
    long = " ja niiden saatavuuden, laadun ja vaikuttavuuden pitkäjänteinen parantaminen" if number % 2 else ""
    goals = "".join(_goal(f"{ref}.{n}", n + number, moved, has_subgoals=number == 2) for n in range(1, 5))
    return f"      - nimi: Asukkaiden palvelut {ref}{long}\n        tavoitteet:\n{goals}"


def _goal(ref: str, number: int, moved: int, *, has_subgoals: bool) -> str:
    at = (number + moved) % len(_SCORES)
    text = (
        "Kiireettömään hoitoon pääsee kahdessa viikossa kaikilla terveysasemilla" if number % 2 else "Jonot lyhenevät"
    )
    subgoals = (
        "            alatavoitteet:\n              - Palvelupolku on kuvattu\n              - Etäpalvelu on käytössä\n"
    )
    return (
        f"          - tunnus: {ref}\n            tavoite: {text}\n"
        f"{subgoals if has_subgoals else ''}"
        f"            saavutettu: {_STATUSES[at]}\n            arviointi: {_SCORES[at]}\n"
        f"            sanallinen_arviointi: {_LONG if number % 2 else _SHORT}\n"
    )
