"""Units, people, positions, and who may see what.

Nouns: unit (đơn vị) with dated names, dated placement and succession; reporting line (tuyến báo cáo);
person (cán bộ) and position (chức vụ) that gives a role; audit entry (nhật ký thao tác).
Both tiers of local government hold, by date: three until 30/6/2025, two since 1/7/2025
(Luật Tổ chức chính quyền địa phương 72/2025/QH15; NQ 1669/NQ-UBTVQH15 for Hải Phòng).
"""
