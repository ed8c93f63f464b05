"""When practices started, how long they run, what words they hold by year, and when cities joined: a section each."""

from __future__ import annotations

from icc_data.i18n import translate as _
from pages.parts.timeline_areas import areas_section
from pages.parts.timeline_comparison import comparison_panel
from pages.parts.timeline_joining import joining_section
from pages.parts.timeline_spans import spans_section
from pages.parts.timeline_survival import survival_section
from pages.parts.timeline_words import words_section
from pages.parts.timeline_years import years_section
from pages.shared.comparing import comparing
from pages.shared.figures import page_title
from pages.shared.filter_bar import empty_selection
from pages.shared.sections import Section, section, section_ahead
from pages.shared.session import enter

enter()
SECTIONS = {
    "years": Section(
        _("Years"),
        years_section,
        ("count", "per", "split", "scale", "panels", "years_a_period", "show", "base"),
        ("by-year", "by-year-lines", "rates", "rates-by-size", "rates-by-country"),
    ),
    "areas": Section(_("Policy areas"), areas_section, ("count",), ("area-by-year",)),
    "practices": Section(_("Each practice"), spans_section, ("page",), ("spans",)),
    "lasting": Section(_("How long they last"), survival_section, ("lasting",), ("survival",)),
    "words": Section(_("Words"), words_section, ("count", "words", "word", "together"), ("words", "typical-words")),
    "joining": Section(_("Cities joining"), joining_section, (), ("joining",)),
}
compared, part = comparing(), section_ahead(SECTIONS)
said = _("When practices started and ran, and when cities joined")
page_title(_("Timeline"), said, part="" if compared else part, filtered=True)
if compared is not None:
    comparison_panel(compared)
elif not empty_selection():
    section(SECTIONS)
