"""What a commune does with the steps of guides: it writes its own words, checks them, goes back to the house's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.actions.looking import LONGEST_LOOK, shows_identity_paper
from dinhlang.officialdoc.read.pages import ocr
from dinhlang.onestop import permissions
from dinhlang.onestop.models import StepVersion
from dinhlang.onestop.models.steps import ALTERNATIVE_LENGTH, NOTE_LENGTH, WORDS_LENGTH
from dinhlang.onestop.support import own
from dinhlang.onestop.support.guides import Guide, guide_named
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work import blobs, photos
from dinhlang.work.rules import FileEvidence


class Beside(StrEnum):
    """What stands beside the words of a step."""

    DRAWING = "drawing"
    PICTURE = "picture"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """What a step is to say. `picture` is a new one that is held (`hold_picture`), '' keeps that of `seen`, the version that the
    writer had before them.
    """

    words: str
    note: str = ""
    beside: str = Beside.DRAWING
    picture: str = ""
    alternative: str = ""
    seen: int | None = None


def hold_picture(*, data: bytes, name: str, at: datetime) -> str:
    """Make a picture fit to keep and give its hash, so that nobody has to choose it again when the form cannot be taken yet.

    What is never taken is swept (`work.actions.sweep_files`). Raises `Unfit` for what is no picture or shows an identity paper,
    `Refused` for a broken one.
    """
    if not photos.is_photo(blobs.sniff(data)):
        raise Unfit(
            _("Tệp “%(name)s” không phải là ảnh. Chọn ảnh JPG, PNG hoặc WEBP.") % {"name": name[:80]}, "file"
        )
    return work.hold_file(FileEvidence(data, name), at, look=_keep_papers_out).sha256


def _keep_papers_out(photo: photos.Photo) -> None:
    """Everyone will see it, and no identity paper is kept. Without tesseract, and where it is too slow to read the picture, the
    writer's promise is all."""
    if ocr.is_there() and shows_identity_paper(photo.data, seconds=LONGEST_LOOK):
        raise Unfit(
            _(
                "Ảnh có giấy tờ tùy thân nên không giữ lại. Cắt bỏ hoặc che kín phần giấy tờ rồi chọn lại ảnh."
            ),
            "file",
        )


def write(*, unit: Unit, guide: str, step: str, said: Said, by: Person | None, at: datetime) -> StepVersion:
    """Say it in the commune's own words from now on; who writes has looked at the real screen, so it counts as checked.

    Raises `Unfit` with the field to mend, `Refused` when somebody else wrote meanwhile or nothing is new, `NotAllowed`.
    """
    permissions.check_can_write_guides(by, unit, localdate(at))
    words, note = _line(said.words, WORDS_LENGTH, "words"), _line(said.note, NOTE_LENGTH, "note")
    alternative = ""
    if not words:
        raise Unfit(_("Chưa có lời hướng dẫn. Viết một, hai câu: bấm vào đâu, nhập gì."), "words")
    picture = None
    if said.beside == Beside.PICTURE:
        alternative = _line(said.alternative, ALTERNATIVE_LENGTH, "alternative")
        if not alternative:
            raise Unfit(
                _("Ảnh chưa có mô tả. Ghi ảnh cho thấy gì, để người không nhìn được vẫn biết."), "alternative"
            )
        picture = _picture(unit, guide, step, said)
    with transaction.atomic():
        stands = _locked(unit, guide, step)
        if (stands.pk if stands else None) != said.seen:
            raise Refused(_("Có người vừa sửa bước này. Xem bản mới ở trên rồi sửa tiếp."))
        told = {
            "words": words,
            "note": note,
            "is_drawn": said.beside == Beside.DRAWING,
            "picture_id": picture,
            "alternative": alternative,
        }
        if _is_the_same(stands, guide, step, told):
            raise Refused(_("Chưa có gì khác bản đang dùng nên chưa lưu."))
        return _add(unit, guide, step, by=by, at=at, action="guide.write", is_checked=True, **told)


@transaction.atomic
def check(
    *, unit: Unit, guide: str, step: str, seen: int | None, by: Person | None, at: datetime
) -> StepVersion:
    """What stands was compared with the real screen, and is still right: the commune's words or the house's.

    `seen` is the version that was looked at, None where the commune said nothing yet. Raises `Refused` when another stands,
    `NotAllowed`.
    """
    permissions.check_can_write_guides(by, unit, localdate(at))
    stands = _locked(unit, guide, step)
    if (stands.pk if stands else None) != seen:
        raise Refused(_("Bản này không còn dùng. Tải lại trang để xem bản đang dùng."))
    if stands is None or (stands.is_house and stands.house_version != _guide(guide).version):
        # The house's words as they are now: what was checked of an older version says nothing of these.
        return _add(unit, guide, step, by=by, at=at, action="guide.check", is_house=True, is_checked=True)
    stands.checked_at, stands.checked_by = at, by
    stands.save(update_fields=["checked_at", "checked_by"])
    audit(by=by, at=at, action="guide.check", target=stands, unit=unit, detail=_where(stands))
    return stands


@transaction.atomic
def go_back(*, unit: Unit, guide: str, step: str, by: Person | None, at: datetime) -> StepVersion:
    """The house's words again; the commune's are kept. Raises `Refused` when they stand already, `NotAllowed`."""
    permissions.check_can_write_guides(by, unit, localdate(at))
    stands = _locked(unit, guide, step)
    if stands is None or stands.is_house:
        raise Refused(_("Bước này đang dùng bản của hệ thống."))
    return _add(unit, guide, step, by=by, at=at, action="guide.house", is_house=True, is_checked=False)


def _line(text: str, most: int, field: str) -> str:
    line = one_line(text)
    if len(line) > most:
        raise Unfit(
            _("Dài %(length)s chữ, tối đa %(most)s. Viết ngắn lại: chữ in to, đọc một lần là hiểu.")
            % {"length": len(line), "most": most},
            field,
        )
    return line


def _picture(unit: Unit, guide: str, step: str, said: Said) -> str:
    if said.picture:
        return said.picture
    kept = own.versions(unit.pk, guide, step).filter(pk=said.seen or 0).first()
    if kept is None or kept.picture_id is None:
        raise Unfit(_("Chưa chọn ảnh."), "file")
    return kept.picture_id


def _locked(unit: Unit, guide: str, step: str) -> StepVersion | None:
    """The version that stands, with the unit's row held: two who write at once come one after the other."""
    lock(unit)
    return own.versions(unit.pk, guide, step).first()


def _is_the_same(stands: StepVersion | None, guide: str, step: str, told: dict[str, object]) -> bool:
    if stands is not None and not stands.is_house:
        return all(getattr(stands, name) == value for name, value in told.items())
    house = next(one for one in _guide(guide).steps if one.key == step)
    return told["is_drawn"] is True and (told["words"], told["note"]) == (house.words, house.note)


def _guide(name: str) -> Guide:
    found = guide_named(name)
    if found is None:
        raise ValueError(name)
    return found


def _add(
    unit: Unit,
    guide: str,
    step: str,
    *,
    by: Person | None,
    at: datetime,
    action: str,
    is_checked: bool,
    **told: object,
) -> StepVersion:
    made = StepVersion.objects.create(
        unit=unit,
        guide=guide,
        step=step,
        house_version=_guide(guide).version,
        made_at=at,
        made_by=by,
        checked_at=at if is_checked else None,
        checked_by=by if is_checked else None,
        **told,
    )
    audit(by=by, at=at, action=action, target=made, unit=unit, detail=_where(made))
    return made


def _where(version: StepVersion) -> dict[str, str]:
    return {"step": f"{version.guide}:{version.step}"}
