"""The contest "Tìm hiểu CCHC": weeks of timed questions, a ranking with shortened names, lots drawn so that anyone can check them.

The culture officer writes rules, prizes and weeks; the leader approves them, and from then on nobody changes them. Questions
come from a bank, which is a form of `citizens.surveys` with right answers. Citizens take part on a phone without an account,
once a week for each telephone number; the server keeps the time. Names and numbers are sealed and go half a year after a week
has ended (Luật 91/2025/QH15). A finished week writes a line of the ledger. docs/contests.md says how points, ties and lots work.
"""
