"""Surveys as citizens meet them: the page of a slip or a poster, the screen at the counter, published results.

No account, no name, no session: the only cookie says when this device answered last, so that an early second answer can be
flagged. A page on which one answers is about one round and one moment; what a site tells of rounds (`told`, `opendata`) is
remembered until one of them changes.
"""
