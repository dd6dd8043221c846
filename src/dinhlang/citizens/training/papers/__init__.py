"""What is printed of a class: the invitation as an official document, the attendance sheet, the poster and slips of its test."""

from dinhlang.citizens.training.papers.files import File, invitation, invitations, poster, sheet, slips

__all__ = ["File", "invitation", "invitations", "poster", "sheet", "slips"]
