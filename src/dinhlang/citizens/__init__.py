"""What citizens say back, and what becomes of it: feedback with a promised day, an answer that two people stand for.

Nouns: case (phản ánh, kiến nghị; góp ý when nobody can be answered), its standing (nature), its way (state), the clock of
the promised day, answer, publication beside the original, satisfaction. Used by whoever takes a case in (telephone,
counter, letter), by the officer who handles it, by the leader who approves the answer and what is made public of it.

NĐ 20/2008/NĐ-CP (amended by NĐ 48/2013 and NĐ 92/2017) is about feedback on administrative rules and on how officials apply them;
complaints (Luật Khiếu nại) and denunciations (Luật Tố cáo) have their own ways and are led there. How many days a kind of
case may take is local: data with days of validity and a legal basis. Personal data: Luật 91/2025/QH15; every field says what
it is kept for and how long (`personal`).
"""
