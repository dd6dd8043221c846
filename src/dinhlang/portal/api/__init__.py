"""What programs may read of a site: items, procedures, documents and indicators as JSON, described by OpenAPI 3.1.

Read only, open to all, and never more than the pages of the site show. Nouns: operation (một lệnh đọc), page of a list
(trang), example (ví dụ), which a test holds to what is answered. The description speaks Vietnamese in every language,
as documents do.
"""
