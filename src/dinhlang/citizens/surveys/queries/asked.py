"""Rounds by their codes, what they say, and how it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from dinhlang.citizens.models import Survey, SurveyRemark, SurveyRound, SurveyToken, SurveyVersion
from dinhlang.citizens.surveys.rules import kept, results, rounds
from dinhlang.citizens.surveys.rules.codec import from_plain
from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.citizens.surveys.rules.results import Point, Results, trends
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.rules.suppression import LEAST, hidden
from dinhlang.org.models import Unit
from dinhlang.org.sealed import fingerprint

_SLIP_PLACE = "citizens.survey.slip"


def definition_of(version: SurveyVersion) -> Definition:
    """What a version asks. Its digest tells whether it was read before."""
    return _read(version.digest, version.pk)


@lru_cache(maxsize=64)
def _read(digest: str, pk: int) -> Definition:
    # The digest is in the key because a version is written in until it is asked.
    return from_plain(SurveyVersion.objects.values_list("definition", flat=True).get(pk=pk))


class Standing(StrEnum):
    """What a list of forms is narrowed to."""

    OPEN = "dang-mo"
    CLOSED = "da-dong"
    PUBLISHED = "da-cong-khai"
    UNASKED = "chua-mo"


def listed(unit: Unit, fits: Callable[[str], bool], standing: str = "") -> list[Survey]:
    """The forms of a unit, the newest first, with how many rounds they have and how many of these run.

    A unit has some dozens of forms and rounds: their titles are looked through here, without marks.
    """
    found = Survey.objects.filter(unit=unit).annotate(
        rounds=Count("versions__rounds"),
        open=Count("versions__rounds", filter=Q(versions__rounds__closed_at=None)),
        published=Count("versions__rounds", filter=Q(versions__rounds__published_at__isnull=False)),
    )
    if standing == Standing.OPEN:
        found = found.filter(open__gt=0)
    elif standing == Standing.CLOSED:
        found = found.filter(rounds__gt=F("open"))
    elif standing == Standing.PUBLISHED:
        found = found.filter(published__gt=0)
    elif standing == Standing.UNASKED:
        found = found.filter(rounds=0)
    titles: dict[int, list[str]] = defaultdict(list)
    for survey, title in SurveyRound.objects.filter(unit=unit).values_list("version__survey", "title"):
        titles[survey].append(title)
    return [one for one in found.order_by("-pk") if fits(" ".join([one.title, *titles[one.pk]]))]


def rounds_of(surveys: Collection[Survey]) -> dict[int, list[SurveyRound]]:
    """The rounds of some forms by the form, the newest first."""
    found: dict[int, list[SurveyRound]] = defaultdict(list)
    rows = SurveyRound.objects.filter(version__survey__in=surveys)
    for one in rows.select_related("version").order_by("-opens_on", "-pk"):
        found[one.version.survey_id].append(one)
    return found


def round_by_code(code: str) -> SurveyRound | None:
    """The round of the code that stands on a poster."""
    found = SurveyRound.objects.select_related("unit", "version__survey")
    return found.filter(code=rounds.typed_token(code)).first()


def round_by_token(token: str) -> tuple[SurveyRound, SurveyToken] | None:
    """The round that a slip's code lets in to."""
    found = SurveyToken.objects.select_related("round__unit", "round__version__survey")
    held = found.filter(mark=rounds.mark_of(rounds.typed_token(token))).first()
    return (held.round, held) if held is not None else None


def open_round_of(unit: Unit, on: date) -> SurveyRound | None:
    """The round that the kiosk of a unit asks today: the one that began last."""
    found = SurveyRound.objects.filter(
        unit=unit, by_kiosk=True, closed_at=None, opens_on__lte=on, closes_on__gte=on
    )
    return found.select_related("unit", "version__survey").order_by("-opens_on", "-pk").first()


def round_after_answers(unit: Unit, on: date) -> SurveyRound | None:
    """The round that asks who was just answered in a unit: the one that began last."""
    found = SurveyRound.objects.filter(
        unit=unit, by_after=True, closed_at=None, opens_on__lte=on, closes_on__gte=on
    )
    return found.order_by("-opens_on", "-pk").first()


def slip_of(unit: Unit, key: UUID) -> tuple[SurveyRound | None, str]:
    """The code of the slip that a form (`key`) asks for, and the round it lets in to; None while it was not given yet."""
    token = rounds.token_from(fingerprint(str(key), _SLIP_PLACE))
    known = round_by_token(token)
    return (known[0] if known is not None and known[0].unit_id == unit.pk else None), token


def round_at_return(unit: Unit, on: date) -> SurveyRound | None:
    """The round that asks whoever is handed the result of a dossier in a unit: the one that began last."""
    found = SurveyRound.objects.filter(
        unit=unit, by_return=True, closed_at=None, opens_on__lte=on, closes_on__gte=on
    )
    return found.select_related("unit", "version__survey").order_by("-opens_on", "-pk").first()


def published_rounds(unit_id: str) -> QuerySet[SurveyRound]:
    """The rounds of a unit whose results everyone may read, the newest first."""
    found = SurveyRound.objects.filter(unit=unit_id, published_at__isnull=False)
    return found.select_related("unit", "version__survey").order_by("-closes_on", "-pk")


def rounds_for_everyone(unit_id: str, on: date) -> QuerySet[SurveyRound]:
    """The rounds that anyone may answer on this day without a code of their own."""
    found = SurveyRound.objects.filter(
        unit=unit_id, by_poster=True, closed_at=None, opens_on__lte=on, closes_on__gte=on
    )
    return found.select_related("version__survey").order_by("closes_on", "pk")


def asked_of(round_: SurveyRound) -> int | None:
    """How many slips were given out, with a code or without; None where a poster or the kiosk asks everyone."""
    if round_.by_poster or round_.by_kiosk:
        return None
    given = round_.tokens.count() + (round_.given_out or 0)
    return given or None


def counted(round_: SurveyRound) -> Results:
    """What the answers of a round say now."""
    rows = list(round_.answers.values_list("values", "flags"))
    return results.results(
        definition_of(round_.version),
        [values for values, _flags in rows],
        method=Method(round_.method),
        asked=asked_of(round_),
        flags=[flags for _values, flags in rows],
    )


def results_of(round_: SurveyRound) -> Results:
    """What a round says: as it was kept when it closed, else as it is now."""
    if round_.results is not None:
        return kept.restored(definition_of(round_.version), round_.results)
    return counted(round_)


def ways_of(round_: SurveyRound) -> list[tuple[str, int]]:
    """How many answers came which way, as far as no small group is told apart or follows from the total: who handed slips out knows
    to whom."""
    rows = dict(round_.answers.values_list("way").annotate(n=Count("pk")))
    if sum(rows.values()) < LEAST:
        return []
    away = hidden({way: (count,) for way, count in rows.items()})
    return [(str(Way(way).label), rows[way]) for way in Way.values if way in rows and way not in away]


def trend_of(survey: Survey, *, is_public: bool) -> dict[Method, tuple[Point, ...]]:
    """The closed rounds of a form, one row for each method; of everyone's page only those that are published."""
    rows = SurveyRound.objects.filter(version__survey=survey).filter(results__isnull=False)
    if is_public:
        rows = rows.exclude(published_at=None)
    told = []
    for one in rows.select_related("version"):
        definition = definition_of(one.version)
        found = results_of(one)
        if found.whole is not None:
            told.append((one.title, one.closes_on, definition, found.whole))
    return trends(told)


def public_remarks(round_: SurveyRound) -> list[str]:
    """What people wrote, in the words that a person let stand for everyone."""
    rows = round_.remarks.filter(state=SurveyRemark.State.PUBLIC).order_by("pk")
    return list(rows.values_list("public_text", flat=True)[:200])
