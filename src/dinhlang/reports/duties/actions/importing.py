"""Programmes and regimes come in from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Unit
from dinhlang.reports.duties.catalogue import (
    BadCatalogue,
    Catalogue,
    OutlineSpec,
    RegimeSpec,
    kept_as,
    shipped,
)
from dinhlang.reports.models import Outline, Programme, Regime


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: versions that are new, those that were ended, those that were there, outlines in a new version."""

    new: int
    ended: int
    known: int
    outlines: int = 0


@transaction.atomic
def import_regimes(*, catalogue: Catalogue, at: datetime) -> Imported:
    """Store programmes and regimes that are not there yet, by the operator at the command line or when periods open.

    A version that is there stays as it was, since obligations rest on it; only the day on which it ends may be added, and an outline
    where it had none. An outline that says something else than before is a new version of it: later drafts follow it,
    reports keep the one they were drafted by.
    Raises `BadCatalogue` when a version says something else than the one that is stored, or names what is unknown.
    """
    for number, programme in enumerate(catalogue.programmes):
        Programme.objects.update_or_create(
            pk=programme.id,
            defaults={
                "name": programme.name,
                "short": programme.short,
                "is_drafted": programme.is_drafted,
                "order": number,
            },
        )
    brought = sum(_keep_outline(one, at) for one in catalogue.outlines)
    new = ended = 0
    for spec in catalogue.regimes:
        known = _check_known(spec)
        if known is None:
            _create(spec, at)
            new += 1
            continue
        if known.ends_on is None and spec.ends_on is not None:
            known.ends_on = spec.ends_on
            ended += 1
        known.outline = known.outline or spec.outline
        known.save(update_fields=["ends_on", "outline"])
    if new or ended or brought:
        audit(
            by=None,
            at=at,
            action="duty.import",
            target="reports.regime",
            detail={"rows": new + ended, "outlines": brought},
        )
    return Imported(new, ended, len(catalogue.regimes) - new - ended, brought)


def _keep_outline(spec: OutlineSpec, at: datetime) -> bool:
    """Keep an outline of the file unless its newest version says the same; whether it is new."""
    last = Outline.objects.filter(unit=None, programme=kept_as(spec.id)).order_by("-version").first()
    if last is not None and last.text == spec.text:
        return False
    Outline.objects.create(
        unit=None,
        programme=kept_as(spec.id),
        version=last.version + 1 if last else 1,
        text=spec.text,
        created_at=at,
    )
    return True


def known_outlines() -> set[str]:
    """The names of the outlines that came in from files."""
    kept = Outline.objects.filter(unit=None, programme__startswith=kept_as("")).values_list(
        "programme", flat=True
    )
    return {name.removeprefix(kept_as("")) for name in kept}


@transaction.atomic
def import_shipped(*, at: datetime) -> None:
    """Store what comes with the software, once: one question when it is there."""
    there = {
        (programme, version): drafted
        for programme, version, drafted in Regime.objects.filter(under=None).values_list(
            "programme_id", "version", "programme__is_drafted"
        )
    }
    missing = tuple(one for one in shipped().regimes if (one.programme, one.version) not in there)
    # A programme that the desk learned to write since.
    learned = {one.id for one in shipped().programmes if one.is_drafted} & {
        programme for (programme, _version), drafted in there.items() if not drafted
    }
    if learned:
        Programme.objects.filter(pk__in=learned).update(is_drafted=True)
    if missing:
        # What is there is left alone: an office may have ended a version, and obligations rest on it.
        import_regimes(catalogue=Catalogue(shipped().programmes, missing), at=at)


def _check_known(spec: RegimeSpec) -> Regime | None:
    if not Programme.objects.filter(pk=spec.programme).exists():
        raise BadCatalogue(
            _("Chưa có chương trình “%(programme)s”. Thêm mục [[programme]] cho mã đó.")
            % {"programme": spec.programme}
        )
    if spec.under is not None and not Unit.objects.filter(pk=spec.under).exists():
        raise BadCatalogue(
            _("Không có đơn vị “%(unit)s”. Tra mã bằng lệnh: %(command)s")
            % {"unit": spec.under, "command": "dinhlang unit list"}
        )
    known = Regime.objects.filter(programme=spec.programme, version=spec.version, under=spec.under).first()
    if known is not None and (
        _says(known) != _says(spec) or (known.outline and known.outline != spec.outline)
    ):
        raise BadCatalogue(
            _(
                "Chế độ %(programme)s bản %(version)s đã có và khác với tệp. Bản đã dùng thì không sửa: "
                "ghi until= cho bản cũ rồi thêm bản mới với tên phiên bản khác."
            )
            % {"programme": spec.programme, "version": spec.version}
        )
    return known


def _says(one: Regime | RegimeSpec) -> tuple[object, ...]:
    """What a version says, its last day and its outline left out."""
    rule = {name: value for name, value in one.rule.items() if name != "valid_to"}
    return (one.starts_on, one.legal_basis, rule, one.owed, one.recipients, list(one.concepts))


def _create(spec: RegimeSpec, at: datetime) -> None:
    Regime.objects.create(
        programme_id=spec.programme,
        version=spec.version,
        under_id=spec.under,
        starts_on=spec.starts_on,
        ends_on=spec.ends_on,
        legal_basis=spec.legal_basis,
        rule=spec.rule,
        owed=spec.owed,
        recipients=spec.recipients,
        outline=spec.outline,
        concepts=spec.concepts,
        imported_at=at,
    )
