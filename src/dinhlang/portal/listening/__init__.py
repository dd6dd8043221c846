"""Articles and steps of guides to be heard: each published edition is read aloud once by the worker; the podcast feeds of a site and its columns.

Nouns: the sound of an edition (`models.ItemSound`), what is read of it (`rules.reading_of`), chapters, transcript. Only
what is shown is heard: the sound of an edition that was replaced or withdrawn is served to nobody.
"""
