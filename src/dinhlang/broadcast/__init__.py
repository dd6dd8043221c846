"""The commune's loudspeakers and every other way a word goes out: what is said, when, and what was really heard.

Nouns: bulletin (bản tin) with its editions and its script, slot (khung giờ phát) that comes back by a rule, programme
of a month (chương trình tháng), session (buổi phát) with its running order, air log (sổ nhật ký phát thanh) in which
planned, sent and aired are three facts with a witness each. Used by the radio operator, who writes, plans and ticks;
by the culture officer, who looks through; by the leader of the editorial board, who approves before anything is aired.

NĐ 49/2024/NĐ-CP names the station of a commune among eight forms of grassroots information and puts it under the
People's Committee of the commune; TT 39/2020/TT-BTTTT says what stations on IP and 4G need. How often, when and how long a
station may speak is local: decisions of provinces and communes, kept as data with their days and their legal basis.
"""
