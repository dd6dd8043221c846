"""The door of the desk: who comes in, how we know that it is they, and what is remembered of it.

django-allauth brings the steps (password, second factor, passkey, the province's OpenID Connect), django-axes the
lock after too many failures, Django the sessions. What is ours: the rules for a commune, the pages, the trace in the
audit, and that nothing typed is lost when a session ends. Why it is so: docs/decisions/0008.

Nobody signs up by themselves; an administrator makes accounts (`org.actions`). There is no mail relay, so nothing is
ever sent: a forgotten password is replaced by a link that an administrator hands over.
"""
