"""What people ask about their own data (to see, copy, correct, erase it), and what went wrong with data that were entrusted to the office.

Nouns: data request (yêu cầu về dữ liệu cá nhân) with its kind, its clock and the matters it is about; breach (vi phạm) with its 72 hours
and its notice (thông báo); step (bước); outcome (kết quả), proposed by one person and decided by another. Users: whoever's data it is,
without an account; the clerk in charge; the leader who decides. The law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Nghị định 356/2025/NĐ-CP. docs/personal-data.md
"""
