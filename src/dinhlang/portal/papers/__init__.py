"""Official documents as everyone finds them: issued reports, plans, decisions that announce procedures.

Nouns: paper (văn bản, one line of the list), open plan (kế hoạch công khai), decision (quyết định công bố). A report
keeps its own pages (`portal.public`); a plan is opened by a person and read as it was then; a decision is public with
the procedures it announces, as the law has it (NĐ 63/2010/NĐ-CP, art. 13–17).
"""
