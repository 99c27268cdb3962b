"""Small sources for tests of the local web app: a folder in YAML with comments, a CSV and a workbook."""

from pathlib import Path

from raportti import api

REPORT = """\
# Kokouksen raportti
otsikko:
  fi: Arviointi
  sv: Bedömning
kieli: fi
strategiat:
  - a.yaml
  - b.yaml
"""
A = """\
nimi: {fi: Strategia A, sv: Strategi A}
linjaukset:
  - nimi: {fi: Linjaus yksi, sv: Riktlinje ett}
    tavoitteet:
      # Ensimmäinen tavoite
      - tunnus: H1.1
        tavoite:
          fi: Asukkaat voivat hyvin.
          sv: Invånarna mår bra.
        alatavoitteet:
          - {fi: Palvelut löytyvät, sv: Servicen hittas}
          - {fi: Jonot lyhenevät, sv: Köerna blir kortare}
        vastuutaho: Palvelut
        saavutettu: KYLLÄ   # hallitus 12.5.
        arviointi: 4
        sanallinen_arviointi:
          fi: >-
            Työ on edennyt suunnitelman mukaan
            kaikissa kunnissa.
          sv: >-
            Arbetet har framskridit enligt planen
            i alla kommuner.

      # Toinen tavoite
      - tunnus: H1.2
        tavoite: Henkilöstö pysyy.
        saavutettu: OSITTAIN
        arviointi: 3
        sanallinen_arviointi: Vaihtuvuus on pienentynyt hieman vuodessa.
  - nimi: Linjaus kaksi
    tavoitteet:
      - tunnus: H2.1
        tavoite: Talous on kunnossa.
"""
B = """\
# Toinen strategia
nimi: Strategia B
linjaukset:
  - nimi: Talous
    tavoitteet:
      - tunnus: P1.1
        tavoite: Budjetti pitää.
        saavutettu: EI ARVIOITU
      - tunnus: P1.2
        tavoite: Hankinnat kilpailutetaan.
        saavutettu: EI
        arviointi: 1
        sanallinen_arviointi: Kilpailutukset ovat myöhässä kaikilla aloilla.
"""
CSV = """\
Strategia;Linjaus;Tunnus;Tavoite;Tavoite saavutettu?;Arviointi (1-5);Sanallinen arviointi (tiivistelmä)
Strategia A;Linjaus yksi;H1.1;Asukkaat voivat hyvin.;KYLLÄ;4;Työ on edennyt suunnitelman mukaan.
Strategia A;Linjaus yksi;H1.2;Henkilöstö pysyy.;OSITTAIN;3;Vaihtuvuus on pienentynyt hieman.
Strategia B;Talous;P1.1;Budjetti pitää.;;;
"""
CSV_SV = """\
Beteckning;Strategi;Riktlinje;Mål;Har målet uppnåtts?;Bedömning (1-5);Skriftlig bedömning (sammanfattning)
H1.1;Strategi A;Riktlinje ett;Invånarna mår bra.;JA;4;Arbetet har framskridit enligt planen.
H1.2;Strategi A;Riktlinje ett;;;;
"""


def yaml_source(folder: Path) -> Path:
    """Write a report in two languages as a folder of YAML files."""
    source = folder / "raportti"
    source.mkdir()
    for name, text in {"raportti.yaml": REPORT, "a.yaml": A, "b.yaml": B}.items():
        (source / name).write_text(text, encoding="utf-8")
    return source


def csv_source(folder: Path) -> Path:
    """Write a report as a CSV, with the texts in Swedish beside it."""
    path = folder / "arviointi.csv"
    path.write_text(CSV, encoding="utf-8")
    path.with_name("arviointi.sv.csv").write_text(CSV_SV, encoding="utf-8")
    return path


def workbook_source(folder: Path) -> Path:
    """Write the report of the YAML files as a workbook."""
    path = folder / "arviointi.xlsx"
    api.export(yaml_source(folder), path)
    return path
