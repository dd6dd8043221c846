"""The newsroom (Ban biên tập): items that a commune publishes, and the way of each from a draft to the public page.

An author (cộng tác viên, công chức) writes, the culture officer looks it through, the approver (lãnh đạo UBND, trưởng
Ban biên tập) approves; then it is published at once or at an appointed moment. In an emergency the culture officer
publishes first and approval follows. What is published writes its line in the ledger; what is withdrawn takes it back
and says why. Behind it: NĐ 42/2022/NĐ-CP on pages and portals of state bodies (Ban biên tập, corrections), from 01/7/2026 NĐ
224/2026/NĐ-CP; NQ 76/NQ-CP on reform, of which every item may name one field.
"""
