"""How well the commune serves people in administrative procedures, by the five groups of QĐ 766/QĐ-TTg, from its own registers.

Nouns: scheme (bộ chỉ số, `data/quality.toml`), group (nhóm), part (thành phần), measured (số đo: a count over a count). The score that
counts is the one the national portal computes and shows; this says beforehand, as far as our data go, where points are lost.
"""
