"""Plans and the work done on them: tasks, occurrences, the ledger, concepts and facts.

Nouns: plan (kế hoạch), task (nhiệm vụ), occurrence (kỳ thực hiện), activity (hoạt động: one line of the ledger,
sổ theo dõi), evidence (minh chứng), concept (chỉ tiêu), fact (số liệu).

Used by the culture officer, the office clerk, the radio operator and hamlet heads; `reports` and `archive` build
on its facts. Where to look:

- `rules`: what a line may say, its hash, where an occurrence stands, when a task is completed;
- `concepts`: the figures a report can take, and which activity counts what;
- `actions`: propose, confirm and edit a plan, record, bring evidence, reverse, take in a table, rebuild the facts;
- `queries`: the ledger, figures with the lines behind them, progress of a plan, what is due;
- `plan_reading`, `sheets`, `rows`: documents and tables from outside, made into plans and lines;
- `plan_values`, `proposal`, `plan_merge`: a plan as people write it, before it is confirmed, when two edit it;
- `rollover`, `years`, `bodies`: next year's plan, what a number is a year, bodies that have ended (`data/`);
- `schedule_words`, `year_picture`, `plan_document`, `plan_table`, `calendars`: a plan in words, as a picture, as a
  document, a workbook, a calendar;
- `folds`: daily facts, kept up in the transaction that writes the ledger (ADR 0005); `blobs`: files by content.

Law and practice: the channels are those of NĐ 49/2024/NĐ-CP; the six contents of reform those of NQ 76/NQ-CP of
15/7/2021; completed tasks are counted, with evidence, as commune reform indexes ask (e.g. QĐ 5666/QĐ-UBND of Hà Nội,
17/11/2025). On-time is a share of resolved dossiers, online a share of received ones.
"""
