"""News of a commune by mail: for whoever asks for it, in the columns they choose, as long as they want it.

A reader asks, confirms by a link (double opt-in) and leaves by one click (RFC 8058), without an account. Of readers nothing is kept
but the sealed address and the choice; it goes when they leave, when a link is not opened in two days, when mails come back, and after
two years that nobody prolonged (NĐ 13/2023/NĐ-CP: consent, as little as needed, erased when the purpose ends). Mails have no
pictures and no counted links: nobody is told who opened what.
"""
