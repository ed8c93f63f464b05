"""A view as a document to print and hand round."""

from icc_data.report.brief import policy_area_brief

__all__ = ["policy_area_brief"]
