"""A sheet that a PDF process keeps is the one that it would draw anew."""

import base64

import pytest

from planning import fonts
from raportti.render.pdf.process import PdfWriter

HTML = """<html lang="fi"><head><title>T</title><style>{style}</style></head><body>{sheets}</body></html>"""
BASE = "@page{size:200pt 100pt;margin:0}.page{height:100pt}.page+.page{break-before:page}"


@pytest.mark.parametrize(
    "style",
    [
        "",
        "body{counter-reset:n}p::before{counter-increment:n;content:counter(n)}",
        ".page:nth-child(2) p{font-size:30pt}",
        ".page+.page p{color:red}",
        ".page~.page p{padding-left:9pt}",
        "@page:left{margin-left:20pt}",
        ".page{height:110pt}",
    ],
)
def test_a_sheet_is_kept_only_where_it_is_the_same_by_itself(style: str) -> None:
    with PdfWriter() as warm:
        for texts in ("abc", "abc", "axc", "xcdc"):
            sheets = "".join(f'<section class="page"><p>{text}</p></section>' for text in texts)
            page = HTML.format(style=font_rule() + BASE + style, sheets=sheets)
            kept = warm.write(page)
        with PdfWriter() as cold:
            assert cold.write(page).data == kept.data


def font_rule() -> str:
    data = base64.b64encode(fonts().fonts[0].data).decode()
    return f"@font-face{{font-family:F;src:url(data:font/ttf;base64,{data})}}body{{font-family:F}}"
