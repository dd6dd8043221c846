"""Official documents (văn bản hành chính), in plain Python: read, hold, check, write.

`model` is the immutable document; `read` makes one from text; `check` says what is
wrong with it; `write` makes a .docx or a PDF in the legal
layout of Nghị định 30/2020/NĐ-CP. Used by `dinhlang doc …` without a database, and by the rooms above.
"""
