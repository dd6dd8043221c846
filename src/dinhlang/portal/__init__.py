"""The face of the house: the public sites, the newsroom behind them, and the first pages of the desk.

This is the only room that knows every other one; here menus and landing pages meet.
"""
