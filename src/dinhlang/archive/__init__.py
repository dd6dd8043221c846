"""Old documents taken in, and the figures read from them.

Nouns: archived document (văn bản lưu), backfilled fact (số liệu từ văn bản cũ) with its quote. They are
unaudited: a report may compare with them ('cùng kỳ') and always says where they stand.
"""
