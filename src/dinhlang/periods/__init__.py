"""Periods, windows, deadlines, working days and schedules, in plain Python.

`identifier` names a reporting period ('2023-H1'); `regimes` gives its counting window and deadline by law
(NĐ 09/2019/NĐ-CP art. 12 and local rules, versioned data); `calendar` counts working days (Bộ luật Lao động
2019 art. 112, with the yearly swaps); `clock` says when a dossier or feedback is due that was stopped, went on or was
set anew; `schedule` reads a plan's own words ('Mỗi tháng 01 kỳ') and prints
them back with `render`. `window` holds the days that count; `phrase` the plain form that readers of phrases share.
"""
