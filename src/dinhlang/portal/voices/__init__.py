"""What everyone does with feedback on a commune's own pages: sending it, following it, reading what was answered.

Nouns: form with its ticket (biểu mẫu), receipt (phiếu nhận), pair (câu hỏi và câu trả lời đã công khai). Users: a citizen on a
phone, without an account; whoever looks for what was asked before; programs (Open311 GeoReport v2, feeds, open data). What
must hold of a case is the room `citizens`; here is how the web reaches it, and what keeps machines away without keeping people
away: no cookie, no third party, every page works without JavaScript.
"""
