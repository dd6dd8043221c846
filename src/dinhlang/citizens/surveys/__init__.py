"""What citizens are asked: surveys of satisfaction, the contest "Tìm hiểu CCHC", tests of trainings, on one engine.

A definition says the questions; it is frozen once somebody answered. A round asks it from a day to a day, by slips with
a code, a poster, the screen at the counter, paper. Answers have no name, no address and no hour, and nothing leads from
them to the code that let them in. Figures carry their method, how many people they rest on and their interval; groups
below ten are not shown (QĐ 1001/QĐ-BNV 2023, QĐ 2640/QĐ-BNV 2017; Luật 91/2025/QH15).
"""
