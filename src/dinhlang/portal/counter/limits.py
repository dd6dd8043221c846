"""How often a dossier may be looked up with wrong digits, counted as the limits of feedback are (`voices.limits`).

Four digits are guessed in ten thousand tries: ten a day of one code, from wherever they come, take years. The number on the
receipt is counted apart, so whoever guesses at a telephone does not shut out who has the paper.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from dinhlang.onestop.looking_up import Proof
from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.sign_in.limits import address_of

MOST_WRONG, _HOUR = 20, timedelta(hours=1)
MOST_WRONG_OF_A_CODE, _DAY = 10, timedelta(days=1)


def may_look(request: HttpRequest, unit: str, code_key: str, proof: Proof | None) -> bool:
    """Whether code and digits may be tried: not after many wrong ones from one address, nor of one code from anywhere."""
    from_here = was_too_often(f"dossier:wrong:{address_of(request)}", most=MOST_WRONG)
    of_code = was_too_often(_of_code(unit, code_key, proof), most=MOST_WRONG_OF_A_CODE)
    return not (from_here or of_code)


def note_wrong(request: HttpRequest, unit: str, code_key: str, proof: Proof | None) -> None:
    """Count one wrong try, of a code that is there as of one that is not."""
    is_too_often(f"dossier:wrong:{address_of(request)}", most=MOST_WRONG, within=_HOUR)
    is_too_often(_of_code(unit, code_key, proof), most=MOST_WRONG_OF_A_CODE, within=_DAY)


def _of_code(unit: str, code_key: str, proof: Proof | None) -> str:
    return f"dossier:wrong-digits:{unit}:{code_key}:{proof}"
