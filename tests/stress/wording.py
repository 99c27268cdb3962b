"""The words of random reports: from ordinary Finnish to strings that no line breaker expects.

Every choice is that of a ``random.Random`` that the caller hands in, so the same one gives the same words everywhere.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeAlias

ORIGINAL = Path(__file__).resolve().parents[2] / "source" / "alkuperainen" / "deck.txt"
LONGEST_SENTENCE = 26
OF_TABLES = frozenset({"KYLLÄ", "OSITTAIN", "EI", "Arviointi", "saavu-", "HYVINVOINTIALUESTRATEGIA"})
"""Words of which a sentence in the original's text shows that it runs from one cell into another."""
START = ""
"""What stands before the first word of a sentence in a chain of words."""

Piece: TypeAlias = Callable[[Random], str]

_SWEDISH = (
    "och i på av för som är har att med den det vi till inom om också enligt samt målet planen arbetet tjänsterna "
    "välfärdsområdet invånarna klienterna personalen kommunerna samarbetet utvecklingen verksamheten ekonomin "
    "social- hälsovårdstjänster räddningsväsendet servicestrategin välfärdsområdesstrategin kundupplevelsen "
    "tillgängligheten genomförandet uppföljningen bedömningen beredskapsplanen hälsocentralerna familjecentret "
    "framskridit utvecklats förbättrats genomförts inletts fortsätter pågår stärks främjas planeras delvis "
    "digitalisering produktivitetsprogrammet egenvårdstjänster missbrukarvården åldersgrupper året närservice "
    "läkarmottagningen barnskyddet funktionshinderservice kostnadseffektivitet åtgärdsprogram svenskspråkiga"
)
_CYRILLIC = "благосостояние услуги населения оценка целей стратегия развитие сотрудничество здравоохранения"
_GREEK = "ευημερία υπηρεσίες πληθυσμού αξιολόγηση στόχων στρατηγική ανάπτυξη συνεργασία υγείας"
SWEDISH, CYRILLIC, GREEK = (tuple(text.split()) for text in (_SWEDISH, _CYRILLIC, _GREEK))
HAN = ("福祉サービス地域戦略目標", "目标评估服务战略福利", "日本語の長い文章はどこでも改行できる。", "서비스 평가")
ARABIC = ("خدمات", "الرعاية", "تقييم الأهداف", "שירותי רווחה")
EMOJI = ("👍", "🙂", "👩‍⚕️", "🇫🇮", "👨‍👩‍👧‍👦", "✅", "⚠️", "❤️")
COMMON = (
    *("24.10.2023", "1.1.2025", "2023–2025", "vuosina 2024–2026", "3 %", "12,5 %", "1 250 000 euroa", "48,2 M€"),
    *("mm.", "esim.", "ks. luku 3", "(ks. liite 2)", "§ 12", "sote-keskus", "LUVN/1234/2025", "kl. 8–16", "n. 30"),
    *("sosiaali- ja terveyspalvelut", "yli- tai alikäyttö", "mielenterveys- ja päihdetyö", "digi- ja etäpalvelut"),
    *("suunnitelma/ohjelma", "ja/tai", "”hyvä arki”", "(”make-or-buy”)", "– näin myös jatkossa –", "7/7", "24/7"),
    *("Apotti-järjestelmä", "Tahti-raportointi", "Länsi-Uusimaa", "HUS:n", "WHO:n", "STM:n ja THL:n", "A-klinikka"),
)
QUOTED = ("”{}”", '"{}"', "'{}'", "«{}»", "“{}”", "({})", "[{}]", "{{{}}}", "”({})”", "<b>{}</b>")
DASHES = (*"–—-/…·_+=|&", "\u2011", "\u2010", " – ", " — ", "--", "//", " / ")
SPACES = ("\u00a0", "\u202f", "\u2007", "\u2009", "\u2003", "\u3000")
MARKS = "\u0302\u0303\u0304\u0308\u0323\u0331"


@cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """Return the sentences of the original deck as words."""
    text = re.sub(r"\s+", " ", ORIGINAL.read_text(encoding="utf-8"))
    found = (re.sub(r"[^\w ,:()”/.-]", "", sentence).split() for sentence in re.split(r"(?<=[a-zåäö)])[.] ", text))
    return tuple(tuple(words) for words in found if 3 <= len(words) <= 60 and not OF_TABLES.intersection(words))


@cache
def words() -> tuple[str, ...]:
    """Return the words of the original deck, letters only, each once."""
    plain = (word.strip(",.:()”/-") for sentence in sentences() for word in sentence)
    return tuple(dict.fromkeys(word for word in plain if word.isalpha()))


@cache
def chain() -> Mapping[str, tuple[str, ...]]:
    """Return which words follow which in the original deck."""
    follow: defaultdict[str, list[str]] = defaultdict(list)
    for sentence in sentences():
        for before, after in zip((START, *sentence), sentence, strict=False):
            follow[before].append(after)
    return {word: tuple(after) for word, after in follow.items()}


def finnish(rng: Random, most: int = LONGEST_SENTENCE) -> list[str]:
    """Make a sentence of at most ``most`` words that goes as the original's sentences go."""
    made: list[str] = []
    word = START
    while len(made) < most and word in chain():
        word = rng.choice(chain()[word])
        made.append(word)
    return made


def swedish(rng: Random, most: int = LONGEST_SENTENCE) -> list[str]:
    """Make a string of Swedish words."""
    return [rng.choice(SWEDISH) for _ in range(rng.randint(min(4, most), most))]


def compound(rng: Random) -> str:
    return "".join(rng.choice(words()).lower() for _ in range(rng.randint(2, 6)))


def short_compound(rng: Random) -> str:
    return "".join(rng.choice(words()).lower() for _ in range(2))


def link(rng: Random) -> str:
    parts = [rng.choice(words()).lower() for _ in range(rng.randint(1, 6))]
    end = rng.choice(("", "/", ".html", f"?id={rng.randint(1, 9999)}&sivu=2", "#osa-3", "_v2.pdf"))
    return f"https://www.{parts[0]}.fi/{rng.choice('/-').join(parts[1:])}{end}"


def mail(rng: Random) -> str:
    return f"{rng.choice(words()).lower()}.{rng.choice(words()).lower()}@{rng.choice(words()).lower()}.fi"


def unbreakable(rng: Random) -> str:
    letters = rng.choice(("x", "abcdefghij", "0123456789", "A_", "WM", "il", "äö"))
    return "".join(rng.choice(letters) for _ in range(rng.choice((20, 40, 60, 120))))


def glued(rng: Random) -> str:
    """Make words with spaces between them at which no line may end, or some may."""
    space = rng.choice(SPACES) if rng.random() < 0.4 else "\u00a0"
    return space.join(rng.choice(words()) for _ in range(rng.randint(2, 6)))


def softened(rng: Random) -> str:
    word = compound(rng)
    places = sorted(rng.sample(range(1, len(word)), min(rng.randint(1, 5), len(word) - 1)), reverse=True)
    for at in places:
        word = f"{word[:at]}\u00ad{word[at:]}"
    return word


def zero_width(rng: Random) -> str:
    return rng.choice("\u200b\u200b\u2060\u200d").join(rng.choice(words()) for _ in range(rng.randint(2, 6)))


def combining(rng: Random) -> str:
    return "".join(letter + (rng.choice(MARKS) if rng.random() < 0.3 else "") for letter in rng.choice(words()))


def quoted(rng: Random) -> str:
    inside = " ".join(rng.choice(words()) for _ in range(rng.randint(1, 4)))
    return rng.choice(QUOTED).format(inside)


def dashed(rng: Random) -> str:
    return rng.choice(DASHES).join(rng.choice(words()) for _ in range(rng.randint(2, 5)))


def number(rng: Random) -> str:
    value = rng.randint(1, 10**9)
    forms = (f"{value:,}".replace(",", "\u00a0"), f"{value:,}".replace(",", " "), f"{value / 7:.2f}", f"-{value} €")
    return rng.choice((*forms, f"{value}%", f"+{value}/{value}", f"({value})", f"≈{value}", f"{value}–{value + 9}"))


def capitals(rng: Random) -> str:
    return rng.choice(words()).upper()


def joined(rng: Random) -> str:
    """Make words with marks that fonts draw as one sign."""
    return rng.choice(("{}->{}", "{}=>{}", "{}--{}", "ffi{}fl{}", "{}...{}", "{}:{}", "({}):{};", "{}!{}?")).format(
        rng.choice(words()), rng.choice(words())
    )


def common(rng: Random) -> str:
    return rng.choice(COMMON)


ODD: Mapping[str, Piece] = {
    "compound": compound,
    "link": link,
    "mail": mail,
    "unbreakable": unbreakable,
    "glued": glued,
    "softened": softened,
    "zero-width": zero_width,
    "combining": combining,
    "quoted": quoted,
    "dashed": dashed,
    "number": number,
    "capitals": capitals,
    "joined": joined,
    "common": common,
    "cyrillic": lambda rng: rng.choice(CYRILLIC),
    "greek": lambda rng: rng.choice(GREEK),
    "han": lambda rng: rng.choice(HAN),
    "arabic": lambda rng: rng.choice(ARABIC),
    "emoji": lambda rng: rng.choice(EMOJI),
}
RARE = frozenset({"han", "arabic", "emoji"})
"""What hardly any report has: no font of a layout has them, and what is drawn is another font's."""


def as_loaded(text: str) -> str:
    """Bring a text to the form in which a report has it: NFC, single spaces."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip(" ")
