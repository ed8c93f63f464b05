"""A view as a document to print and hand round."""

from icc_data.files.report.action_list import printed_action_list
from icc_data.files.report.action_list_word import word_action_list
from icc_data.files.report.action_list_workbook import action_workbook
from icc_data.files.report.brief import policy_area_brief
from icc_data.files.report.city_profile import printed_city_profile

__all__ = ["action_workbook", "policy_area_brief", "printed_action_list", "printed_city_profile", "word_action_list"]
