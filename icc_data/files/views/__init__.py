"""The lists and figures of the pages as tables that an address gives, and what can be asked of each."""

from icc_data.files.views.audit import AUDIT_VIEWS
from icc_data.files.views.benchmark import BENCHMARK_VIEWS
from icc_data.files.views.comparing import COMPARING_VIEWS
from icc_data.files.views.index import INDEX_VIEWS
from icc_data.files.views.links import FOLDER, FORMS, PERMALINK, data_address, permalink, with_permalinks
from icc_data.files.views.model import Choice, Parameter, Question, UnusableError, View, Wrong
from icc_data.files.views.partners import PARTNERS_VIEWS
from icc_data.files.views.review import REVIEW_VIEWS
from icc_data.files.views.selections import BY_VOCABULARY, SELECTION_VIEWS
from icc_data.files.views.words import WORDS_VIEWS

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        *SELECTION_VIEWS,
        *COMPARING_VIEWS,
        *WORDS_VIEWS,
        *INDEX_VIEWS,
        *BENCHMARK_VIEWS,
        *AUDIT_VIEWS,
        *PARTNERS_VIEWS,
        *REVIEW_VIEWS,
    )
}
"""Every table by its name."""

__all__ = [
    "BY_VOCABULARY",
    "FOLDER",
    "FORMS",
    "PERMALINK",
    "VIEWS",
    "Choice",
    "Parameter",
    "Question",
    "UnusableError",
    "View",
    "Wrong",
    "data_address",
    "permalink",
    "with_permalinks",
]
