"""Exports of the province's system taken into the register: read, compared, written, undone.

Nouns: run (lần nhập: one file), layout (cách hiểu: what the columns of files like it hold), finding (điều cần xem: a row that was not
read, contradicts the register, or is missing). A row's code is the dossier's, in whichever order it is written.

- `columns`, `days`, `table`, `rows`: from the cells of a file to what the system says of each dossier;
- `comparing`: what becomes of such a row beside the register;
- `actions`, `writing`: the run itself, a file of `actions` for each thing that happens to it; `keeping`: its file, sealed, as long as it
  is needed.
"""
