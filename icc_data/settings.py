"""What an operator may set: where things lie, who reaches the atlas, and how.

A setting comes from the environment (``ATLAS_DATA`` for ``data``), else from the file ``atlas.toml`` in the project or
the file that ``ATLAS_SETTINGS`` names, else it is as it always was. Python reads both formats by itself: a library for
settings took 0.17 s and 34 MB of every process, those included that have little of both.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from icc_data.errors import AtlasError
from icc_data.regular import file_bytes

ROOT = Path(__file__).parent.parent
PREFIX = "ATLAS_"
FILE_VARIABLE = f"{PREFIX}SETTINGS"
FILE = "atlas.toml"
LAKE = "ducklake:"
"""What a database begins with that several machines share: a DuckLake, whose catalogue the rest names."""
POSTGRES = "postgres:"

# Headers and links hold addresses as they travel (RFC 3986): no spaces, lines or letters beyond ASCII.
_ORIGIN = re.compile(r"https?://(\*\.)?[\w.-]+(:\d+)?", re.ASCII)
_MAIL = re.compile(r"[^@\s<>()]+@[\w.-]+\.\w+")
_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[\w.~:/?#\[\]!$&'()*+,;=%-]+", re.ASCII | re.IGNORECASE)
_TRAVELS = "with a name beyond ASCII as it travels, xn--…"
_OTHER_CATALOGUE = re.compile(r"(?!postgres:)[A-Za-z]\w+:")
# As the two forms of a connection to PostgreSQL have it: “password=…” and “://user:…@”.
_PASSWORD = re.compile(r"""(\bpassword\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&"]+)""", re.IGNORECASE)
_PASSWORD_OF_USER = re.compile(r"(://[^:/@\s]*:)[^@\s]+(?=@)")


class _WrongError(ValueError):
    """What a value should have been."""


def _place(value: str) -> str:
    if "\0" in value:
        raise _WrongError("the path of a folder or file")
    return value


def is_lake(database: str) -> bool:
    """Whether the setting ``database`` names a lake that several machines share, and no file of this one."""
    return database.startswith(LAKE)


def without_password(text: str) -> str:
    """A text that may hold a connection to PostgreSQL, for a screen or a log."""
    return _PASSWORD_OF_USER.sub(r"\1…", _PASSWORD.sub(r"\1…", text))


def _database(value: str) -> str:
    if value.startswith("md:"):
        raise _WrongError("a file, or ducklake:…; what can be done with MotherDuck is said in docs/scale.md")
    catalogue = value.removeprefix(LAKE).strip()
    if is_lake(value) and (catalogue in ("", POSTGRES) or _OTHER_CATALOGUE.match(catalogue)):
        raise _WrongError("ducklake:postgres: and a connection, such as dbname=atlas host=db, or ducklake: and a file")
    return _place(value)


def lake_address(text: str) -> str:
    """The address of a lake that somebody typed, its file by a whole path.

    Raises:
        SettingsError: it is none.
    """
    try:
        if not is_lake(text):
            raise _WrongError("ducklake:postgres: and a connection, or ducklake: and a file")
        return _placed(Path(), _database(text))
    except _WrongError as wrong:
        raise _wrong("--to", "the lake", text, str(wrong)) from None


def _address(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise _WrongError("an address of this machine, such as 127.0.0.1 or 0.0.0.0")
    return value


def _port(value: str) -> str:
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= 65535):
        raise _WrongError("a whole number from 1 to 65535")
    return value


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        # A port beyond all ports is noticed when it is asked for.
        return bool(_WEB_ADDRESS.fullmatch(value) and parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _public_address(value: str) -> str:
    if value and (not _is_web_address(value) or "?" in value or "#" in value):
        raise _WrongError(
            f"an address as people type it, such as https://atlas.example.org or https://example.org/atlas ({_TRAVELS})"
        )
    return value.rstrip("/")


def _contact(value: str) -> str:
    if value and not _MAIL.fullmatch(value) and not _is_web_address(value):
        raise _WrongError(f"a mail address, or the address of a page such as https://example.org/contact ({_TRAVELS})")
    return value


def _embedding(value: str) -> str:
    sites = value.split()
    if value in ("none", "self") or (sites and all(map(_ORIGIN.fullmatch, sites))):
        return value
    raise _WrongError(f"none, self, or sites with spaces between them, such as https://www.example.org ({_TRAVELS})")


def _switch(value: str) -> str:
    if value not in ("on", "off"):
        raise _WrongError("on or off")
    return value


@dataclass(frozen=True)
class Setting:
    """One thing that can be set.

    Attributes:
        name: in the file; in the environment, in capitals after ``ATLAS_``.
        default: what holds where nobody says anything, as a text; empty for what follows from other settings.
        meaning: what it does.
        read: gives a value that may stand, or says what was expected.
        is_place: a path, which is taken from the file's folder or, in the environment, from where one stands.
    """

    name: str
    default: str
    meaning: str
    read: Callable[[str], str]
    is_place: bool = False

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("data", "", "Folder with the CSV files.", _place, is_place=True),
    Setting("database", "", "The DuckDB file built from them, or a lake: ducklake:….", _database, is_place=True),
    Setting("published", "", "Where the whole tables are published for scripts.", _place, is_place=True),
    Setting("snapshots", "", "Folder for the snapshots that are made here.", _place, is_place=True),
    Setting("copies", "", "Folder for what this machine keeps of a lake.", _place, is_place=True),
    Setting("address", "127.0.0.1", "Address of this machine that the server listens on; 0.0.0.0: all.", _address),
    Setting("port", "8501", "Port that the server listens on.", _port),
    Setting("public_address", "", "Where people find the atlas; https:// keeps them to TLS.", _public_address),
    Setting("send_to", "", "Mail or page to which practices go that Contribute has checked.", _contact),
    Setting("contact", "", "Mail or page of whoever runs the atlas, for those who cannot use it.", _contact),
    Setting("embedding", "none", "Sites that may show the atlas within a page: none, self, or a list.", _embedding),
    Setting("metrics", "off", "Whether Streamlit's figures on itself are open to everybody.", _switch),
    Setting("sign_in", "off", "Whether people have to sign in (Streamlit's st.login).", _switch),
    Setting("pseudo_language", "off", "Whether lang=en-XA shows what is not translated, for tests.", _switch),
)


@dataclass(frozen=True)
class Value:
    """What a setting is, and where that comes from."""

    setting: Setting
    text: str
    origin: str


class SettingsError(AtlasError):
    """A setting is none that can be used."""


def _wrong(origin: str, name: str, value: object, expected: str) -> SettingsError:
    return SettingsError(f"{origin}: {name} is “{without_password(str(value))}”.", f"Expected: {expected}.")


def _file(environment: Mapping[str, str], root: Path) -> Path | None:
    named = environment.get(FILE_VARIABLE)
    if named:
        return Path(named).absolute()
    return root / FILE if (root / FILE).exists() else None


def _written(file: Path) -> dict[str, Any]:
    try:
        written = tomllib.loads(file_bytes(file).decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.", f"Check {FILE_VARIABLE}.") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{file} is no TOML: {error}.", 'Write lines such as: address = "127.0.0.1"') from None
    names = [setting.name for setting in SETTINGS]
    for name in written:
        if name not in names:
            near = get_close_matches(name, names, 1)
            meant = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(names)}."
            raise SettingsError(f"{file}: there is no setting “{name}”.", meant)
    return written


def _value(setting: Setting, environment: Mapping[str, str], file: Path | None, written: Mapping[str, Any]) -> Value:
    origin, text, folder = "default", setting.default, Path()
    if environment.get(setting.variable):
        origin, text = setting.variable, environment[setting.variable]
    elif file is not None and setting.name in written:
        origin, folder = str(file), file.parent
        text = _text(setting, written[setting.name], origin)
    try:
        text = setting.read(text)
    except _WrongError as wrong:
        raise _wrong(origin, setting.name, text, str(wrong)) from None
    return Value(setting, _placed(folder, text) if setting.is_place and text else text, origin)


def _placed(folder: Path, text: str) -> str:
    if is_lake(text):
        catalogue = text.removeprefix(LAKE)
        return text if catalogue.startswith(POSTGRES) else LAKE + str((folder / catalogue).absolute())
    return str((folder / text).absolute())


def _text(setting: Setting, value: Any, origin: str) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    if isinstance(value, str | int):
        return str(value)
    raise _wrong(origin, setting.name, value, "a text in quotes")


def read_settings(environment: Mapping[str, str] = os.environ, root: Path = ROOT) -> dict[str, Value]:
    """Every setting by its name.

    Args:
        environment: variables and what they are.
        root: the folder in which ``atlas.toml`` may lie.

    Raises:
        SettingsError: a value cannot be used; says where it stands, what it is and what was expected.
    """
    file = _file(environment, root)
    written = _written(file) if file else {}
    settings = {setting.name: _value(setting, environment, file, written) for setting in SETTINGS}
    if is_lake(settings["database"].text):
        for name in ("data", "published", "snapshots"):
            if settings[name].text:
                expected = "nothing, as a server of a lake shows what was published there, and keeps no data of its own"
                raise _wrong(settings[name].origin, name, settings[name].text, expected)
    return settings
