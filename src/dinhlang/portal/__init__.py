"""The face of the house: the base page of the public site, and the Wagtail shell of the desk.

This is the only room that knows every other one; here menus and landing pages meet.
"""
