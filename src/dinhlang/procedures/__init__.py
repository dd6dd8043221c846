"""Administrative procedures (thủ tục hành chính): what they ask, since when, and where they hang.

Nouns: procedure with its national code, version with its validity, decision that announces, amends, replaces or
abolishes, event (one row of a decision, with its own effective day), place of posting, posting. Used by the clerk
who receives dossiers and by everyone who reads the public pages.

A commune does not publish decisions on procedures; it posts, as they are, all those whose dossiers it receives
(NĐ 63/2010/NĐ-CP, amended by NĐ 48/2013 and 92/2017). So a body has a catalogue of its own and shows that of its
province where it has none; a national list is never one commune's to change for another.
"""
