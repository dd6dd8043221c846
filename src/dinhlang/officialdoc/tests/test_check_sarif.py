"""SARIF 2.1.0 as its schema has it (OASIS, sarif-schema-2.1.0): which properties each object may and must have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dinhlang.officialdoc.check import check
from dinhlang.officialdoc.check.rules import RULES
from dinhlang.officialdoc.check.show import CheckedFile, to_sarif
from dinhlang.officialdoc.read import read_with_text

EXAMINED = Path(__file__).parent / "examined"
# By object: what must be there, and what may be there of what we write. The schema refuses every other property.
REQUIRED = {
    "log": {"version", "runs"},
    "run": {"tool"},
    "driver": {"name"},
    "rule": {"id"},
    "result": {"message"},
    "message": {"text"},
    "fix": {"artifactChanges"},
    "artifactChange": {"artifactLocation", "replacements"},
    "replacement": {"deletedRegion"},
    "suppression": {"kind"},
}
ALLOWED = {
    "log": {"$schema", "version", "runs", "inlineExternalProperties", "properties"},
    "run": {"tool", "language", "columnKind", "results", "artifacts", "invocations", "properties"},
    "driver": {"name", "version", "semanticVersion", "language", "rules", "informationUri", "fullName", "properties"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "defaultConfiguration", "help", "helpUri", "properties"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "fixes", "suppressions", "properties"},
    "message": {"text", "markdown", "id", "arguments"},
    "location": {"physicalLocation", "logicalLocations", "message", "id"},
    "physical": {"artifactLocation", "region", "contextRegion"},
    "artifactLocation": {"uri", "uriBaseId", "index"},
    "region": {"startLine", "startColumn", "endLine", "endColumn", "snippet"},
    "logical": {"name", "fullyQualifiedName", "kind", "index"},
    "fix": {"description", "artifactChanges"},
    "artifactChange": {"artifactLocation", "replacements"},
    "replacement": {"deletedRegion", "insertedContent"},
    "suppression": {"kind", "status", "justification", "location"},
}  # fmt: skip
LEVELS = {"none", "note", "warning", "error"}


def holds(name: str, value: Mapping[str, Any]) -> None:
    """The object has what it must have and nothing that the schema does not know."""
    assert REQUIRED.get(name, set()) <= value.keys(), name
    assert value.keys() <= ALLOWED[name], name


def region_holds(region: Mapping[str, Any]) -> None:
    holds("region", region)
    assert all(isinstance(number, int) and number >= 1 for number in region.values())
    assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def artifact_holds(location: Mapping[str, Any]) -> None:
    holds("artifactLocation", location)
    assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/%]*", location["uri"]), "a URI reference (RFC 3986)"


def test_what_is_written_is_what_the_schema_allows() -> None:
    path = EXAMINED / "bao-cao-nam-2025-bai-sao.txt"
    document, text = read_with_text(path.read_bytes(), path.name)
    log = to_sarif([CheckedFile("thư mục/báo cáo.txt", check(document, text=text), text)], "0.0")
    holds("log", log)
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        holds("run", run)
        assert run["tool"].keys() <= {"driver", "extensions", "properties"}
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        driver = run["tool"]["driver"]
        holds("driver", driver)
        assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"]) == len(RULES)
        for rule in driver["rules"]:
            holds("rule", rule)
            holds("message", rule["shortDescription"])
            assert rule["defaultConfiguration"]["level"] in LEVELS
        assert run["results"]
        for result in run["results"]:
            result_holds(result, driver["rules"])


def result_holds(result: Mapping[str, Any], rules: list[dict[str, Any]]) -> None:
    holds("result", result)
    holds("message", result["message"])
    assert result["level"] in LEVELS
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
    for location in result["locations"]:
        holds("location", location)
        holds("physical", location["physicalLocation"])
        artifact_holds(location["physicalLocation"]["artifactLocation"])
        region_holds(location["physicalLocation"]["region"])
        for logical in location["logicalLocations"]:
            holds("logical", logical)
    for fix in result.get("fixes", ()):
        holds("fix", fix)
        for change in fix["artifactChanges"]:
            holds("artifactChange", change)
            artifact_holds(change["artifactLocation"])
            assert change["replacements"], "at least one (minItems)"
            for replacement in change["replacements"]:
                holds("replacement", replacement)
                region_holds(replacement["deletedRegion"])
                assert replacement["insertedContent"].keys() <= {"text", "binary", "rendered", "properties"}
    for suppression in result.get("suppressions", ()):
        holds("suppression", suppression)
        assert suppression["kind"] in ("inSource", "external")
