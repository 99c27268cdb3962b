"""A page in a browser → what axe-core, IBM's engine and HTML_CodeSniffer find wrong with it by WCAG 2.2, level AA."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from judges.needs import ACCESS_JUDGES, node_modules

AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  const said = (rule) => rule.nodes.map((node) => `axe ${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`);
  return found.violations.flatMap(said);
}"""
ACE = """async () => {
  const found = await new ace.Checker().check(document, ["WCAG_2_2"]);
  return found.results.filter((one) => one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
    .map((one) => `ace ${one.ruleId}: ${one.snippet.slice(0, 160)} ${one.message}`);
}"""
HTMLCS = """() => new Promise((done) => {
  const said = (one) => `htmlcs ${one.code.split(".").slice(3).join(".")}: ` +
    `${(one.element.outerHTML ?? "").slice(0, 160)} ${one.msg}`;
  const end = () => done(HTMLCS.getMessages().filter((one) => one.type === HTMLCS.ERROR).map(said));
  HTMLCS.process("WCAG2AA", document, end);
})"""
_CHECKS = {"axe": AXE, "ace": ACE, "htmlcs": HTMLCS}


def violations(page: Page) -> list[str]:
    """Return what the judges find, each with its judge, its rule and its place."""
    return [finding for judge in ACCESS_JUDGES for finding in _findings(page, judge)]


def _findings(page: Page, judge: str) -> Iterator[str]:
    page.evaluate((node_modules() / ACCESS_JUDGES[judge]).read_text(encoding="utf-8") + "\n;undefined")
    found: list[Any] = page.evaluate(_CHECKS[judge])
    yield from map(str, found)
