"""What everyone does about their own data on a commune's pages: read what is kept and why, ask, follow, take the answer away.

As with feedback (`portal.voices`, whose tickets and limits stand here too): no account, no cookie, every page works without
JavaScript. What must hold of a request is the room `privacy`.
"""
