"""What axe-core finds on a page, and which of its links and buttons are told alike and are not."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

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
  const result = await axe.run(document, { resultTypes: ["violations"], preload: false });
  return result.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, target: node.target.join(" "), html: node.html.slice(0, 200), why: node.failureSummary,
  })));
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page and is ours to mend, a text each."""
    if not page.evaluate("() => 'axe' in window"):
        # As a developer at the console: the atlas's policy would refuse the script to the page itself.
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE_SCRIPT})
        session.detach()
    ours = [one for one in page.evaluate(_RUN) if _ours(one)]
    return [f"{one['rule']} at {one['target']}\n{one['html']}\n{one['why']}" for one in ours]


def alike(page: Page) -> list[str]:
    """Names by which several links and buttons are told that lead to different places; after ``violations``."""
    leads: dict[str, set[str]] = {}
    for role, name, where in page.evaluate(_TOLD):
        leads.setdefault(f"{role} “{name}”", set()).add(where)
    return [f"{name} leads to {len(where)} places" for name, where in leads.items() if len(where) > 1]


def _ours(found: dict[str, Any]) -> bool:
    return not any(found["rule"] == rule and part in found["html"] for rule, part, _why in LEFT)
