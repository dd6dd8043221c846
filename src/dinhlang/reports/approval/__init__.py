"""Approval of a report inside the unit: the drafter sends, the head of section looks through, the approver issues.

Which steps a unit has is data (`ApprovalPath`). Each step is a row bound to the digest of the exact words and figures
(`Presented`); whoever changes a word afterwards re-opens the report, and the next to decide sees what was touched. The
approver may decide on a phone by a link that works once. Approving is the last act: it takes the number, writes in what
capacity was signed, signs the PDF where there is a key, and closes the report.

NĐ 30/2020/NĐ-CP: art. 12 (who drafts and who heads the section answer for the content), art. 13 (who signs and in what
capacity), art. 15 (number and date), Phụ lục I, II.7 and II.8 (how a signature is written, digital ones too).
"""
