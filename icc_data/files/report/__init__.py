"""A view as a document to print and hand round."""

from icc_data.files.report.action_list import printed_action_list
from icc_data.files.report.brief import policy_area_brief
from icc_data.files.report.city_profile import printed_city_profile

__all__ = ["policy_area_brief", "printed_action_list", "printed_city_profile"]
