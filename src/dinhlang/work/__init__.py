"""Plans and the work done on them: tasks, occurrences, the ledger, concepts and facts.

Nouns: plan (kế hoạch), task (nhiệm vụ), occurrence (kỳ thực hiện), activity (hoạt động: one line of the
ledger, sổ theo dõi), evidence (minh chứng), concept (chỉ tiêu), fact (số liệu).
Used by the culture officer, the office clerk, the radio operator and hamlet heads. Channels follow
NĐ 49/2024/NĐ-CP; the counting of completed tasks follows the commune reform index.
"""
