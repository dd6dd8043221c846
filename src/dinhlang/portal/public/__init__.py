"""What the house shows to all: the web twin of an issued report.

Nouns: publication (báo cáo công khai), twin (bản web của báo cáo), public line (nội dung công khai của hoạt động).

The twin says what was issued, word for word. Every figure opens to the lines that were pinned at issue, but of a line
only what concerns the public is shown: day, kind, counts, links to pages that are public themselves, and its title when
nothing in it is personal or an officer decided so. Files, photos, notes, captions and who recorded what stay inside;
of a file the start of its SHA-256 is shown, so that anyone can check later that it was not exchanged
(Luật 91/2025/QH15 on personal data; Luật Tiếp cận thông tin 01/2026/QH16, Điều 17).
"""
