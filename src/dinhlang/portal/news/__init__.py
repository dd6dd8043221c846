"""What everyone reads of the newsroom: articles, columns, feeds, pictures.

Only what is shown is found here (`newsroom.queries.public`); a withdrawn item keeps its address and says why. Lists
are by month, so that their addresses stay when something new comes; what is narrowed by a query is computed each time.
"""
