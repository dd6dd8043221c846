"""Contests as citizens meet them: rules, a trial, joining, a question at a time, results, lots that anyone draws again.

No account and no session. Whoever joins gets an address of their own; the only cookie holds it, so that a page that was closed is
found again. Time is the server's: these pages show what is left and change nothing by being looked at.
"""
