"""The packages are installed by their digests, and looked at: faults, licences, the list of them all."""

from __future__ import annotations

import re

import pytest

from tools.audit import LOCKED, ROOT, Package, licence_of, locked, narrowed, to_look_at, told

LISTS = ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt")
DIGEST = "a" * 64


@pytest.mark.parametrize("name", LISTS)
def test_every_package_of_a_list_has_digests_and_no_list_says_where_they_come_from(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = locked(text)
    assert len(packages) == len(re.findall(r"^[^ #\n]+==", text, re.MULTILINE)) > 40
    assert [package.name for package in packages if not package.digests] == []
    assert re.search(r"https?:|index-url|find-links|file:", text) is None


def test_a_package_is_read_with_its_version_and_digests():
    text = f"Some_Package==1.2 ; sys_platform == 'win32' \\\n    --hash=sha256:{DIGEST}\n    # via x\nother==3 \\\n"
    assert locked(text) == (Package("some-package", "1.2", (DIGEST,)), Package("other", "3", ()))


def test_a_licence_is_the_expression_or_the_classifiers_or_the_first_line_of_words():
    classifiers = ["License :: OSI Approved :: MIT License", "Topic :: x"]
    assert licence_of({"License-Expression": "BSD-3-Clause"}, classifiers) == "BSD-3-Clause"
    assert licence_of({"License": "long text"}, classifiers) == "MIT License"
    assert licence_of({"License": "ISC\nand more"}, []) == "ISC"


def test_licences_that_ask_for_more_than_a_notice_are_looked_at_and_so_is_silence():
    licences = {"a": "MIT", "b": "GPL-3.0-only", "c": "", "certifi": "MPL-2.0"}
    assert to_look_at(licences) == {"b": "GPL-3.0-only", "c": "says nothing of its licence"}


def test_faults_are_told_with_the_version_that_mends_them_and_what_the_database_does_not_know_apart():
    fault = {"id": "PYSEC-1", "fix_versions": ["1.3"]}
    answer = {
        "dependencies": [
            {"name": "a", "version": "1.2", "vulns": [fault]},
            {"name": "b", "version": "1", "vulns": []},
            {"name": "c", "skip_reason": "unknown"},
        ]
    }
    assert told(answer) == (2, ["a 1.2: PYSEC-1, mended in 1.3"], ["c"])


def test_the_list_of_packages_holds_those_that_run_and_what_they_need_and_no_others():
    name = locked(LOCKED.read_text(encoding="utf-8"))[0]
    components = [
        {"name": name.name, "version": name.version, "bom-ref": "one"},
        {"name": "pytest", "version": "9", "bom-ref": "two"},
    ]
    document = {
        "metadata": {},
        "components": components,
        "dependencies": [{"ref": "one", "dependsOn": ["two"]}, {"ref": "two"}],
    }
    short = narrowed(document, (name,))
    assert [component["name"] for component in short["components"]] == [name.name]
    assert [p["value"] for p in short["components"][0]["properties"]] == list(name.digests)
    assert short["dependencies"] == [{"ref": "one", "dependsOn": []}]
