"""What people ask about their own data: to see it, to have a copy, to correct, erase or no longer use it.

Nouns: data request (yêu cầu về dữ liệu cá nhân) with its kind, its clock and the matters it is about; step (bước); outcome
(kết quả), proposed by one person and decided by another. Users: whoever's data it is, without an account; the clerk in charge;
the leader who decides. The law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Nghị định 356/2025/NĐ-CP. docs/personal-data.md
"""
