"""One report being drafted: its figures, its tables, and the words an outline may use."""

from dinhlang.reports.drafting.figures import WHICH, Missing
from dinhlang.reports.drafting.report import Drafting, plan_of

__all__ = ["WHICH", "Drafting", "Missing", "plan_of"]
