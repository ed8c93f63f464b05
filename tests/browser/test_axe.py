"""axe-core finds nothing on any page, and no name is two things', in both languages and both colour schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.conftest import UNMOVED, Complaints
from tests.browser.helpers import PATIENCE, go_within, settled, watch

PAGES: Final = (
    "/",
    "/review",
    "/map",
    "/timeline",
    "/topics",
    "/policy_area?policy_area=education",
    "/practices",
    "/practice?practice=for-diversity-pedestrian-walk-in-the-city-of",
    "/city?my_city=bergen",
    "/benchmark?my_city=bergen",
    "/index?my_city=bergen",
    "/audit?my_city=bergen",
    "/audit?my_city=bergen&step=borrow",
    "/partners?my_city=bergen",
    "/data",
    "/sql",
    "/contribute",
    "/accessibility",
)

# What is left: rule, where, and why it stands.
LEFT: Final = (
    ("empty-table-header", 'aria-colindex="1"', "Streamlit's table gives the column in which rows are chosen no name"),
)

# Links and buttons as they are told, each with where it leads: a link to its address, of a button nobody knows.
# What stands in a named group is told with it.
_TOLD = """() => {
  axe.setup(document);
  const told = [...document.querySelectorAll("a[href], button, summary, [role=button], [role=link]")]
    .filter((one) => axe.commons.dom.isVisibleToScreenReaders(one))
    .map((one, number) => {
      const group = one.closest("[role=group][aria-label], [role=radiogroup], [role=toolbar]");
      const name = [group, one].filter(Boolean).map((part) => axe.commons.text.accessibleText(part)).join(" ");
      return [axe.commons.aria.getRole(one), name.trim(), one.href ?? `button ${number}`];
    });
  axe.teardown();
  return told;
}"""

_RUN = """async () => {
  const result = await axe.run(document, { resultTypes: ["violations"] });
  return result.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, target: node.target.join(" "), html: node.html.slice(0, 200), why: node.failureSummary,
  })));
}"""


@pytest.fixture
def open_to_scripts(browser: Browser, server: str, complaints: Complaints) -> Iterator[Page]:
    """A page in a context of its own, into which a test may load a script that the atlas's policy would refuse."""
    context = browser.new_context(
        base_url=server, locale="en-GB", bypass_csp=True, viewport={"width": 1440, "height": 900}, **UNMOVED
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    watch(page)
    complaints.listen(page)
    yield page
    context.close()


def _alike(told: list[list[str]]) -> dict[str, int]:
    """Names of links and buttons, with how many different things they lead to where that is more than one."""
    leads: dict[str, set[str]] = {}
    for role, name, where in told:
        leads.setdefault(f"{role} “{name}”", set()).add(where)
    return {name: len(where) for name, where in leads.items() if len(where) > 1}


def _ours(found: dict[str, Any]) -> bool:
    return not any(found["rule"] == rule and part in found["html"] for rule, part, _why in LEFT)


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "fr")])
def test_no_page_has_a_violation_that_is_ours_or_calls_different_things_the_same(
    open_to_scripts: Page, complaints: Complaints, scheme: Any, language: str
):
    page = open_to_scripts
    page.emulate_media(color_scheme=scheme)
    violations, alike = [], {}
    for number, address in enumerate(PAGES):
        asked = f"{address}{'&' if '?' in address else '?'}lang={language}"
        if number:
            go_within(page, asked)
        else:
            page.goto(asked)
            settled(page)
            page.add_script_tag(content=AXE_SCRIPT)
        found = [one for one in page.evaluate(_RUN) if _ours(one)]
        violations += [f"{address}: {one['rule']} at {one['target']}\n{one['html']}\n{one['why']}" for one in found]
        alike[address] = _alike(page.evaluate(_TOLD))
    assert {address: names for address, names in alike.items() if names} == {}
    assert not violations, "\n\n".join(violations)
    assert not complaints.found
