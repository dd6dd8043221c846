"""Procedures as everyone reads them: by what happens in a life, by field, one by one, and what is new.

The address of a procedure is its national code and never goes away (`/thu-tuc/1.001193/`). A commune explains and
leads to the national portal; it takes no dossiers here.
"""
