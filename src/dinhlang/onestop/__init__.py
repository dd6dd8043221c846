"""Where people hand in dossiers and get results back: the register of the commune's one-stop desk.

Nouns: dossier (hồ sơ) with its journey of steps (bước), book (quyển sổ theo dõi) whose numbers have no gaps, slip (phiếu,
mẫu 01–07), counter rules (quy định nơi tiếp nhận) with their days and legal basis. Used by the clerk at the counter, who
receives and returns; by the leader, who signs apologies; by whoever works on a dossier that was handed over.

NĐ 61/2018/NĐ-CP with NĐ 107/2021/NĐ-CP, from 01/7/2025 NĐ 118/2025/NĐ-CP (amended by NĐ 367/2025/NĐ-CP and, from 05/8/2026, NĐ
309/2026/NĐ-CP) say how a one-stop desk works; TT 01/2018/TT-VPCP, from 15/9/2025 TT 03/2025/TT-VPCP, have its forms (docs/law.md). Since 01/7/2025 dossiers are filed online at the national portal alone:
this room takes none in from the public. It keeps the counter's own register and what the official system exports.
"""
