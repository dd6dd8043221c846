"""Official reports that write themselves from the ledger.

Nouns: outline (đề cương), report (báo cáo), report figure (số liệu trong báo cáo), register (sổ đăng ký văn bản
đi), drift (chênh lệch sau phát hành). Reporting follows NĐ 09/2019/NĐ-CP, layout NĐ 30/2020/NĐ-CP.
"""
