"""Settings come from the environment, else from a file, else stand as they always did; a wrong one is told in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from icc_data.settings import SETTINGS, SettingsError, read_settings, without_password
from tests.helpers.commands import lines_of, run

ROOT = Path(__file__).parents[2]


def texts(root: Path, **environment: str) -> dict[str, str]:
    return {name: value.text for name, value in read_settings(environment, root).items()}


def test_without_a_word_from_anybody_the_server_is_for_this_machine_alone(tmp_path: Path):
    settings = texts(tmp_path)
    assert (settings["address"], settings["embedding"], settings["metrics"]) == ("127.0.0.1", "none", "off")
    assert {value.origin for value in read_settings({}, tmp_path).values()} == {"default"}


def test_the_file_of_the_project_is_read(tmp_path: Path):
    (tmp_path / "atlas.toml").write_text("port = 9000\nmetrics = true\n", encoding="utf-8")
    settings = read_settings({}, tmp_path)
    assert (settings["port"].text, settings["metrics"].text) == ("9000", "on")
    assert settings["port"].origin == str(tmp_path / "atlas.toml")


def test_another_file_may_be_named(tmp_path: Path):
    file = tmp_path / "other.toml"
    file.write_text('embedding = ["https://www.example.org", "https://*.example.com"]\n', encoding="utf-8")
    assert texts(tmp_path, ATLAS_SETTINGS=str(file))["embedding"] == "https://www.example.org https://*.example.com"


def test_the_environment_is_stronger_than_the_file(tmp_path: Path):
    (tmp_path / "atlas.toml").write_text("port = 9000\n", encoding="utf-8")
    value = read_settings({"ATLAS_PORT": "9001"}, tmp_path)["port"]
    assert (value.text, value.origin) == ("9001", "ATLAS_PORT")


def test_a_path_in_the_file_is_taken_from_the_folder_of_the_file(tmp_path: Path):
    (tmp_path / "atlas.toml").write_text('data = "tables"\n', encoding="utf-8")
    assert texts(tmp_path)["data"] == str(tmp_path / "tables")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("port = 70000", "port is “70000”. Expected: a whole number from 1 to 65535."),
        ("port = 1.5", "port is “1.5”. Expected: a text in quotes."),
        ('address = "all of them"', "address is “all of them”. Expected: an address of this machine"),
        (
            'embedding = "everybody; script-src *"',
            "embedding is “everybody; script-src *”. Expected: none, self,",
        ),
        (
            'public_address = "atlas.example.org"',
            "public_address is “atlas.example.org”. Expected: an address as",
        ),
        ('contact = "javascript:alert(1)"', "contact is “javascript:alert(1)”. Expected: a mail address, or"),
        ('metrics = "yes"', "metrics is “yes”. Expected: on or off."),
        ("adress = 1", "there is no setting “adress”. Did you mean “address”?"),
        ("colour = 1", "there is no setting “colour”. There are: data, "),
        ('port = "0085011"', "port is “0085011”. Expected: a whole number from 1 to 65535."),
        ('public_address = "http://[x"', "public_address is “http://[x”. Expected: an address as"),
        (
            'public_address = "https://example.org:99999"',
            "public_address is “https://example.org:99999”. Expected: an address as",
        ),
        # A header cannot hold them: every answer of the server would have failed.
        ('public_address = "https://łódź.example.org"', "Expected: an address as people type it, such as"),
        ('embedding = "https://łódź.example.org"', "Expected: none, self, or sites"),
        ('public_address = "https://example.org/\\r\\nX-Header: x"', "Expected: an address as"),
        ('public_address = "https://example.org/a b"', "Expected: an address as"),
        ('public_address = "https://name:word@example.org"', "Expected: an address as"),
        ('contact = "https://["', "contact is “https://[”. Expected: a mail address, or"),
        ('contact = "https://"', "contact is “https://”. Expected: a mail address, or"),
        ('send_to = "https://example.org/\\nnext"', "Expected: a mail address, or"),
        ("port 9000", "is no TOML"),
        (f"port = {'[' * 5000}", "is no TOML"),
    ],
)
def test_a_wrong_setting_is_told_with_its_file_and_what_was_expected(tmp_path: Path, written: str, told: str):
    (tmp_path / "atlas.toml").write_text(written, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings({}, tmp_path)
    assert str(error.value).startswith(str(tmp_path / "atlas.toml"))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("public_address", "https://example.org:8443/atlas-2/icc"),
        ("public_address", "HTTPS://[::1]:8443"),
        ("public_address", "https://xn--d-uga0v8h.example.org"),
        ("embedding", "https://xn--d-uga0v8h.example.org http://*.example.org:8080"),
        ("contact", "https://example.org/contact?to=atlas&lang=fr#form"),
        ("contact", "atlas@example.org"),
    ],
)
def test_addresses_of_every_usual_kind_may_stand(tmp_path: Path, setting: str, value: str):
    assert texts(tmp_path, **{f"ATLAS_{setting.upper()}": value})[setting] == value


def test_a_file_that_is_named_and_missing_is_told(tmp_path: Path):
    with pytest.raises(SettingsError, match="cannot be read"):
        texts(tmp_path, ATLAS_SETTINGS=str(tmp_path / "missing.toml"))


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(SettingsError, match="cannot be read: it is no file but a pipe or a device"):
        texts(tmp_path, ATLAS_SETTINGS=str(tmp_path / "pipe.toml"))


def test_a_command_tells_a_wrong_setting_in_one_line():
    command = [sys.executable, "-m", "icc_data", "check"]
    told = subprocess.run(command, cwd=ROOT, env=os.environ | {"ATLAS_PORT": "x"}, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "ATLAS_PORT: port is “x”. Expected: a whole number from 1 to 65535.\n"


def test_the_command_settings_says_every_one_and_where_it_comes_from():
    told = {line["setting"]: line for line in lines_of(run("settings", "--json").stdout)}
    assert list(told) == [setting.name for setting in SETTINGS]
    assert (told["data"]["from"], told["port"]["from"]) == ("ATLAS_DATA", "default")
    assert told["database"]["value"].endswith("atlas.duckdb")
    assert "port = 8501  (default)" in run("settings").stdout


LAKE = "ducklake:postgres:dbname=atlas host=db password='it\\'s se cret' user=reader"


def test_a_lake_is_named_instead_of_a_database(tmp_path: Path):
    assert texts(tmp_path, ATLAS_DATABASE=LAKE)["database"] == LAKE


def test_the_file_of_a_lake_is_taken_from_the_folder_of_the_settings(tmp_path: Path):
    (tmp_path / "atlas.toml").write_text('database = "ducklake:lake/catalogue"\n', encoding="utf-8")
    assert texts(tmp_path)["database"] == f"ducklake:{tmp_path}/lake/catalogue"


@pytest.mark.parametrize("lake", ["ducklake:", "ducklake:postgres:", "ducklake:mysql:host=db", "md:atlas"])
def test_a_lake_that_cannot_be_used_is_refused(tmp_path: Path, lake: str):
    with pytest.raises(SettingsError, match=r"ATLAS_DATABASE: database is .*\. Expected: "):
        read_settings({"ATLAS_DATABASE": lake}, tmp_path)


@pytest.mark.parametrize("name", ["data", "published", "snapshots"])
def test_a_server_of_a_lake_has_no_data_of_its_own(tmp_path: Path, name: str):
    with pytest.raises(SettingsError, match=f"{name} is “.*elsewhere”. Expected: nothing, as a server of a lake shows"):
        read_settings({"ATLAS_DATABASE": LAKE, f"ATLAS_{name.upper()}": "elsewhere"}, tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LAKE, "ducklake:postgres:dbname=atlas host=db password=… user=reader"),
        ("postgres:PASSWORD = secret dbname=a", "postgres:PASSWORD = … dbname=a"),
        ("postgresql://reader:se@db/atlas", "postgresql://reader:…@db/atlas"),
        ("postgresql://reader@db/atlas?password=secret&user=a", "postgresql://reader@db/atlas?password=…&user=a"),
        ("ducklake:/srv/atlas/catalogue", "ducklake:/srv/atlas/catalogue"),
    ],
)
def test_a_password_is_told_nobody(text: str, told: str):
    assert without_password(text) == told


def test_the_command_for_settings_tells_no_password(monkeypatch: pytest.MonkeyPatch):
    for name in ("ATLAS_DATA", "ATLAS_PUBLISHED", "ATLAS_SNAPSHOTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATLAS_DATABASE", LAKE)
    for form in ([], ["--json"]):
        told = run("settings", *form).stdout
        assert "password=… user=reader" in told
        assert "cret" not in told
