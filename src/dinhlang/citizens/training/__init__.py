"""Classes and meetings at which people learn: who is invited, who came, what they were given, what they knew before and after.

Nouns: class (lớp tập huấn, hội nghị tuyên truyền), guest (người được mời), attendance sheet, material in versions, test before
and after, line of the ledger. Used by the culture officer and the office clerk; guests read the invitation and the material and
sit the test by a code, without an account.

A class that took place is one line of the ledger with the signed sheet as its evidence. Names of guests are sealed and kept two years
(Luật 91/2025/QH15); the test knows no names: who keeps the code of the first answer lets both be laid side by side. The invitation
follows sample 1.6 of NĐ 30/2020/NĐ-CP.
"""
