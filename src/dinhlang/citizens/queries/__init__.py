"""What can be asked of cases."""

from dinhlang.citizens.queries.cases import Asked, cases, cases_for

__all__ = ["Asked", "cases", "cases_for"]
