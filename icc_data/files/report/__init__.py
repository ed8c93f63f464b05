"""Documents to print and to work on."""

from icc_data.files.report.action_list import printed_action_list
from icc_data.files.report.action_list_word import word_action_list
from icc_data.files.report.action_list_workbook import action_workbook

__all__ = ["action_workbook", "printed_action_list", "word_action_list"]
