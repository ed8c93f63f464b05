"""The addresses of the tables for programs: a description by OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from typing import Any

from icc_data.analysis.parameters import LANGUAGE
from icc_data.files.export import FORMATS
from icc_data.files.views import FOLDER, FORMS, VIEWS, View
from icc_data.queries.selection import FACETS, SELECTION_PARAMS
from icc_data.serving.open_data.asked import VERSION, languages

_ERRORS = {
    "400": "A parameter or a value that there is not, or that is needed and lacks.",
    "403": "More practices than one answer may have, or nobody has signed in where that is asked for.",
    "404": "No such table, form or version.",
    "405": "Another method than GET, HEAD or OPTIONS; Allow names these.",
    "414": "An address that is too long.",
    "500": "Something went wrong; the log of the server has it.",
    "503": "Too many ask at once, it takes too long, or there is no database; Retry-After says for how many seconds.",
}
_ERROR_HEADERS = {"405": ("Allow",), "503": ("Retry-After",)}
_SELECTION: dict[str, tuple[str, dict[str, Any]]] = {
    "q": ("Words that the practices hold, as in the search box.", {"type": "string", "maxLength": 200}),
    "from": ("The first year.", {"type": "integer", "minimum": 1850, "maximum": 2100}),
    "to": ("The last year.", {"type": "integer", "minimum": 1850, "maximum": 2100}),
    "years": (
        "Whether practices were active or started in these years.",
        {"type": "string", "enum": ["active", "started"], "default": "active"},
    ),
    "undated": ("Whether practices without a start year are in it.", {"default": "yes"}),
    "ongoing": ("Whether only practices are in it that say that they go on.", {"default": "no"}),
    "bare": ("Whether years that stand alone, and may not be the start, count.", {"default": "yes"}),
    "said": ("Whether practices count as active for as long as they are said to go on.", {"default": "yes"}),
}


def _parameter(name: str, about: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": schema, **more}


def _shared() -> dict[str, dict[str, Any]]:
    """The parameters that every table takes, by name."""
    several = {"type": "array", "items": {"type": "string"}}
    shared = {
        name: _parameter(
            name,
            f"{facet.label}: identifiers or names; several are joined by “or”.",
            several,
            style="form",
            explode=True,
        )
        for name, facet in FACETS.items()
    }
    flag = {"type": "string", "enum": ["yes", "no"]}
    shared |= {
        name: _parameter(name, about, schema if "type" in schema else flag | schema)
        for name, (about, schema) in _SELECTION.items()
    }
    spoken = {"type": "string", "enum": languages(), "default": "en"}
    shared[LANGUAGE] = _parameter(LANGUAGE, "The language of names and of what a file says of itself.", spoken)
    about = "A snapshot by its name, data version or date; “now” for the data as it is."
    shared[VERSION] = _parameter(VERSION, about, {"type": "string", "default": "now"})
    return shared


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _responses(form: str) -> dict[str, Any]:
    # What it holds is bytes or text of its own format, except for JSON.
    schema: dict[str, Any] = {"$ref": "#/components/schemas/Table"} if form == "json" else {}
    content = {FORMATS[form].mime: {"schema": schema} if schema else {}}
    held = ("ETag", "Link", "Atlas-Licence", "Atlas-Version", "Atlas-Date", "Atlas-Unused")
    errors = {status: {"$ref": f"#/components/responses/Error{status}"} for status in _ERRORS}
    return {
        "200": {
            "description": "The rows.",
            "headers": _headers("Content-Disposition", "Atlas-Rows", *held),
            "content": content,
        },
        "304": {"description": "Nothing has changed since the answer with this ETag.", "headers": _headers(*held)},
        **errors,
    }


def _operation(view: View, form: str) -> dict[str, Any]:
    own = [
        _parameter(choice.name, choice.about, {"type": "string", "enum": [*choice.values], "default": choice.values[0]})
        for choice in view.choices
    ]
    several = {"type": "array", "items": {"type": "string"}}
    own += [
        _parameter(one.name, one.about, several, style="form", explode=True)
        if one.several
        else _parameter(one.name, one.about, {"type": "string"}, required=one.needed and not one.unless)
        for one in view.parameters
    ]
    shared = [name for name in _shared() if name not in SELECTION_PARAMS or name in view.filters]
    return {
        "operationId": f"{view.name}_{form}",
        "summary": view.title(view.defaults),
        "description": f"{view.about} The page “{view.page}” shows the same.",
        "tags": [view.name],
        "parameters": [*({"$ref": f"#/components/parameters/{name}"} for name in shared), *own],
        "responses": _responses(form),
    }


def _components() -> dict[str, Any]:
    error = {
        "type": "object",
        "required": ["errors"],
        "properties": {
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message"],
                    "properties": {
                        "message": {"type": "string"},
                        "parameter": {"type": "string"},
                        "value": {"type": "string"},
                        "possible": {"type": "array", "items": {"type": "string"}},
                    },
                },
            }
        },
    }
    table = {
        "type": "object",
        "required": ["about", "columns", "rows"],
        "properties": {
            "about": {"type": "object", "description": "Title, selection, sources, licence and version of the data."},
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "object"}},
        },
    }
    header_words = {
        "ETag": "Changes with the rows; send it back in If-None-Match.",
        "Content-Disposition": "A name for the file that says what is in it.",
        "Link": "The licence, and this description.",
        "Atlas-Licence": "The licence, in words.",
        "Atlas-Version": "The data version.",
        "Atlas-Date": "The day up to which the data speaks.",
        "Atlas-Rows": "How many rows there are.",
        "Atlas-Unused": "Parameters of pages that have no bearing on these rows.",
        "Allow": "The methods that are answered.",
        "Retry-After": "In how many seconds to try again.",
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}}
    return {
        "parameters": _shared(),
        "headers": {name: {"description": words, "schema": {"type": "string"}} for name, words in header_words.items()},
        "schemas": {"Errors": error, "Table": table},
        "responses": {
            f"Error{status}": {
                "description": words,
                "headers": _headers(*_ERROR_HEADERS.get(status, ())),
                "content": content,
            }
            for status, words in _ERRORS.items()
        },
    }


def description(root: str) -> dict[str, Any]:
    """The description, in English whatever the language in use.

    Args:
        root: where the atlas is, with a slash at its end.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The Intercultural Cities Atlas",
            "summary": "Lists and figures of the pages, as tables.",
            "description": "Each table takes the filters of the pages, in the same words: an address of a page gives "
            "the rows that the page lets download. Parameters of pages that have no bearing on the rows are passed "
            "over and named in Atlas-Unused; all others that a table does not know are refused.",
            "version": "1",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": root.rstrip("/") or "/"}],
        "paths": {
            f"/{FOLDER}{view.name}.{form}": {"get": _operation(view, form)} for view in VIEWS.values() for form in FORMS
        },
        "components": _components(),
    }
