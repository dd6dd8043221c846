"""Measurements of the project's goals: `make bench-report`."""
