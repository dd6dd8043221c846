"""The one-stop desk on a site's public pages: a dossier looked up by its code, results, how many were in time.

Nobody is named here, and the register itself is the room `onestop`; how it looks from outside is docs/onestop.md.
"""
