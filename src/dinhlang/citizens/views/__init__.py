"""How the web reaches this room."""

from dinhlang.citizens.views.cases import case_detail, case_list

__all__ = ["case_detail", "case_list"]
