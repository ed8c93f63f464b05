"""What the atlas is made of: known faults of its packages, their licences, and a list of them all.

Usage: ``python tools/audit.py faults|licences|sbom --tools build/audit [--output build/sbom.json]``

``faults`` asks the advisory database about each package of requirements.txt; where it cannot be asked, it says so and
that nothing is known. ``licences`` reads what each installed package says of itself and names those whose licence asks
for more than to be named. ``sbom`` writes the packages, their versions, digests, licences and what needs what as
CycloneDX JSON. Exit codes: 0 nothing to do (or nothing known), 1 a fault or a licence to look at, 2 it could not run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements.txt"
_PACKAGE = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)(?: *; *([^\\]*?))? *\\?$", re.MULTILINE)
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Licences that ask a distributor for no more than to keep the notice; as packages write them.
PERMISSIVE = re.compile(
    r"\b(MIT|MIT-CMU|HPND|BSD|[23]-Clause|0BSD|Apache|ISC|PSF|Python Software Foundation|CNRI-Python|Zlib|Unlicense"
    r"|CC0-1\.0|Zope Public)\b",
    re.IGNORECASE,
)
# Of the others, why each may be used as it is.
CONSIDERED = {
    "certifi": "MPL-2.0: a list of certificates, unchanged and as its own files",
    "tqdm": "MPL-2.0 and MIT: unchanged and as its own files",
}


@dataclass(frozen=True)
class Package:
    """A package of requirements.txt.

    Attributes:
        name: as registries compare names.
        version: the one that is installed.
        digests: SHA-256 of each file that may be installed.
    """

    name: str
    version: str
    digests: tuple[str, ...]


def same_name(name: str) -> str:
    """A package's name as registries compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> tuple[Package, ...]:
    """The packages of a list that ``make lock`` wrote."""
    starts = list(_PACKAGE.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return tuple(
        Package(same_name(start[1]), start[2], tuple(_DIGEST.findall(text[start.end() : end])))
        for start, end in zip(starts, ends, strict=True)
    )


def licence_of(about: Mapping[str, Any], classifiers: list[str]) -> str:
    """What a package says of its licence: an SPDX expression, else its classifiers, else its own words.

    Args:
        about: ``License-Expression`` and ``License`` of its metadata.
        classifiers: all of its classifiers.
    """
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    words = str(about.get("License") or "").strip().split("\n")[0]
    return str(about.get("License-Expression") or "") or ", ".join(n for n in named if n != "OSI Approved") or words


def installed_licences(packages: tuple[Package, ...]) -> dict[str, str]:
    """The licence of each package that is installed here; those for other systems are not."""
    licences = {}
    for package in packages:
        try:
            about = metadata.metadata(package.name)
        except metadata.PackageNotFoundError:
            continue
        fields = {name: about[name] for name in ("License-Expression", "License") if name in about}
        licences[package.name] = licence_of(fields, about.get_all("Classifier") or [])
    return licences


def to_look_at(licences: Mapping[str, str]) -> dict[str, str]:
    """Those of some licences that are neither permissive nor considered."""
    return {
        name: licence or "says nothing of its licence"
        for name, licence in licences.items()
        if name not in CONSIDERED and not PERMISSIVE.search(licence)
    }


def say_licences() -> int:
    """Print what licences there are and which to look at."""
    packages = locked(LOCKED.read_text(encoding="utf-8"))
    licences = installed_licences(packages)
    strange = to_look_at(licences)
    absent = sorted({package.name for package in packages} - set(licences))
    print(f"Licences: {len(licences)} packages say theirs; {len(strange)} to look at.")
    for name, reason in CONSIDERED.items():
        if name in licences:
            print(f"  {name}: {reason}")
    for name, licence in strange.items():
        print(f"  look at {name}: {licence}")
    if absent:
        print(f"  not installed here, so not looked at (for other systems): {', '.join(absent)}")
    return 1 if strange else 0


def told(answer: Mapping[str, Any]) -> tuple[int, list[str], list[str]]:
    """What pip-audit found: how many packages the database answered for, the faults in words, and the unanswered."""
    faults, unanswered, asked = [], [], 0
    for package in answer["dependencies"]:
        if "skip_reason" in package:
            unanswered.append(str(package["name"]))
            continue
        asked += 1
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            faults.append(f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}")
    return asked, faults, unanswered


def say_faults(tools: Path) -> int:
    """Ask the advisory database and print what it says, or that it cannot be asked."""
    command = [str(tools / "bin" / "pip-audit"), "--requirement", str(LOCKED), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    try:
        asked, faults, unanswered = told(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        asked, faults, unanswered = 0, [], []
    if not asked:
        print(
            "The advisory database cannot be reached from here, so whether a fault of a package is known is NOT known."
        )
        print("Run this again on a machine that may ask it.")
        if not unanswered:
            print(f"  pip-audit said: {(done.stderr.strip().splitlines() or ['nothing'])[-1]}")
        return 0
    print(f"Known faults: {len(faults)}, in what the advisory database knows of {asked} packages.")
    for fault in faults:
        print(f"  {fault}")
    if unanswered:
        print(f"  not known to the database: {', '.join(unanswered)}")
    return 1 if faults else 0


def _components(document: Mapping[str, Any], packages: tuple[Package, ...]) -> Iterator[dict[str, Any]]:
    by_name = {(package.name, package.version): package for package in packages}
    for component in document["components"]:
        package = by_name.get((same_name(component["name"]), component["version"]))
        if package:
            # Which of them is installed depends on the system: each is named, none stands for the component.
            digests = [{"name": "atlas:sha256", "value": digest} for digest in package.digests]
            yield {**component, "properties": [*component.get("properties", []), *digests]}


def narrowed(document: Mapping[str, Any], packages: tuple[Package, ...]) -> dict[str, Any]:
    """A list of what is installed, narrowed to what the atlas needs when it runs, with the digests of its files.

    Args:
        document: CycloneDX JSON of an environment.
        packages: those of requirements.txt.
    """
    components = list(_components(document, packages))
    references = {component["bom-ref"] for component in components}
    root = document["metadata"].get("component", {}).get("bom-ref")
    dependencies = [
        {**entry, "dependsOn": [other for other in entry.get("dependsOn", []) if other in references]}
        for entry in document.get("dependencies", [])
        if entry["ref"] in references or entry["ref"] == root
    ]
    return {**document, "components": components, "dependencies": dependencies}


def write_sbom(tools: Path, output: Path) -> int:
    """Write the list of packages and say where it is."""
    command = [str(tools / "bin" / "cyclonedx-py"), "environment", sys.executable, "--output-reproducible"]
    done = subprocess.run([*command, "--of", "JSON"], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        print(f"The packages could not be listed: {done.stderr.strip()}", file=sys.stderr)
        return 2
    packages = locked(LOCKED.read_text(encoding="utf-8"))
    document = narrowed(json.loads(done.stdout), packages)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Wrote {output}: {len(document['components'])} packages, CycloneDX {document['specVersion']}.")
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("what", choices=("faults", "licences", "sbom"), help="what to look at")
    options.add_argument("--tools", type=Path, default=ROOT / "build" / "audit", help="environment of the tools")
    options.add_argument("--output", type=Path, default=ROOT / "build" / "sbom.json", help="where sbom writes")
    return options


def main() -> int:
    """Read the command line and do it."""
    arguments = parser().parse_args()
    if arguments.what == "licences":
        return say_licences()
    if arguments.what == "faults":
        return say_faults(arguments.tools)
    return write_sbom(arguments.tools, arguments.output)


if __name__ == "__main__":
    sys.exit(main())
