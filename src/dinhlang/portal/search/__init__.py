"""Search of the public pages: what can be found, keeping the index up, and the page that asks it.

Nouns: question (câu tìm), found (kết quả), promoted result (kết quả đưa lên đầu), unfound question (câu tìm không có
kết quả). How words are kept and worth is decided is in `dinhlang.search`; here is what of the house goes in (`sources`),
when (`actions.follow`, by the worker), and what comes out (`queries.answer`). A change announces itself by
`kept.changed`; what it names is written down in the same transaction and indexed some seconds later.
"""
