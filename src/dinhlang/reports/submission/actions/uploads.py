"""A package comes from a commune's own box: part by part, taken up where it was cut, checked whole, taken in once."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.rules import Refused
from dinhlang.org.rules.invitations import token_hash
from dinhlang.periods.window import numeric_date
from dinhlang.reports import rules
from dinhlang.reports.duties.queries.standing import obligation_of as obligation_of_unit
from dinhlang.reports.models import Obligation, Request, Submission, SubmissionKey, Upload
from dinhlang.reports.submission import answering, queries
from dinhlang.reports.submission.actions.submitting import MEDIA_TYPE
from dinhlang.reports.submission.entering import Incoming, enter, step
from dinhlang.reports.submission.figures import figures_of
from dinhlang.reports.submission.rules import coming, package
from dinhlang.reports.submission.rules.package import Manifest, Package
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.work import blobs

LARGEST_PART = 1024 * 1024
KEPT_FOR = timedelta(days=7)
MOST_AT_ONCE = 5
_HEX = frozenset("0123456789abcdef")


class NoKey(Refused):
    """The key is none, or no more."""


class NoUpload(Refused):
    """There is no such upload of this key."""


class WrongOffset(Refused):
    """The part does not follow what is there; `offset` says where to go on."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Begun:
    """Either the submission that this package already is, or the upload to go on with."""

    upload: Upload | None = None
    submission: Submission | None = None


def key_of(secret: str, at: datetime) -> SubmissionKey:
    """The key behind a secret, in force, of a unit in being. Raises `NoKey`, `coming.CannotSubmit`."""
    key = SubmissionKey.objects.select_related("unit", "made_for").filter(key_hash=token_hash(secret)).first()
    if key is None:
        raise NoKey(_("Khóa nộp báo cáo không đúng. Kiểm tra lại khóa, hoặc xin cấp trên cấp khóa mới."))
    if key.revoked_at is not None and key.revoked_at <= at:
        raise NoKey(_("Khóa nộp báo cáo đã bị thu hồi. Xin cấp trên cấp khóa mới."))
    unit, on = key.unit, localdate(at)
    coming.check_alive(org.title_of(unit, on), unit.starts_on, unit.ends_on, on)
    return key


@transaction.atomic
def begin_upload(*, key: SubmissionKey, digest: str, size: int, at: datetime) -> Begun:
    """Begin a package, or go on with it; one that was taken in already gives its submission.

    Raises `package.BadPackage` for what nobody would take, `NoUpload` when too many are open.
    """
    if len(digest) != 64 or not set(digest) <= _HEX:
        raise package.BadPackage(_("Mã băm phải là SHA-256 viết bằng 64 chữ số, chữ cái thường."))
    package.check_size(size)
    same = taken_in(key, digest)
    if same is not None and same.state != State.TAKEN_BACK:
        return Begun(submission=same)
    lock(key.unit)
    _sweep(key, at)
    upload = Upload.objects.filter(key=key, digest=digest).first()
    if upload is not None and upload.size != size:
        _drop(upload)
        upload = None
    if upload is None:
        if Upload.objects.filter(key=key).count() >= MOST_AT_ONCE:
            raise NoUpload(_("Đang gửi dở quá nhiều gói. Gửi xong các gói trước rồi gửi tiếp."))
        upload = Upload.objects.create(
            key=key, token=secrets.token_urlsafe(24), digest=digest, size=size, begun_at=at, moved_at=at
        )
    SubmissionKey.objects.filter(pk=key.pk).update(used_at=at)
    return Begun(upload=upload)


def upload_of(key: SubmissionKey, token: str) -> Upload:
    """An upload of this key. Raises `NoUpload`."""
    found: Upload | None = Upload.objects.filter(key=key, token=token).first()
    if found is None:
        raise NoUpload(_("Không có gói nào đang gửi với mã này. Gửi lại từ đầu."))
    return found


@transaction.atomic
def add_part(*, key: SubmissionKey, token: str, offset: int, data: bytes, at: datetime) -> int:
    """Write a part where the last one ended; give how much is there now.

    The bytes are on the disk before the row says so: what a killed process wrote beyond it is written over.
    Raises `NoUpload`, `WrongOffset`, `package.BadPackage`.
    """
    upload_of(key, token)
    upload = Upload.objects.select_for_update().get(key=key, token=token)
    if offset != upload.offset:
        raise WrongOffset(
            upload.offset,
            _("Phần gửi bắt đầu ở byte %(said)s nhưng máy nhận đã có đến byte %(have)s. Gửi tiếp từ đó.")
            % {"said": offset, "have": upload.offset},
        )
    if not data or len(data) > LARGEST_PART or offset + len(data) > upload.size:
        raise package.BadPackage(
            _("Mỗi phần gửi từ 1 byte đến %(most)s KB và không vượt kích thước đã báo.")
            % {"most": LARGEST_PART // 1024}
        )
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    upload.offset, upload.moved_at = offset + len(data), at
    upload.save(update_fields=["offset", "moved_at"])
    return upload.offset


def complete_upload(*, key: SubmissionKey, token: str, at: datetime) -> Submission:
    """Check the whole package and take it in: all of it, or nothing; what was refused is not kept.

    Raises `NoUpload`, `WrongOffset` when parts are missing, and `Refused` with what is wrong with the package.
    """
    upload = upload_of(key, token)
    path = path_of(upload)
    if upload.offset < upload.size or not path.exists():
        # A file that is gone (a restored backup) is sent again.
        have = upload.offset if path.exists() else 0
        Upload.objects.filter(pk=upload.pk).update(offset=have)
        raise WrongOffset(have, _("Gói chưa gửi đủ. Gửi tiếp từ byte %(have)s.") % {"have": have})
    try:
        return _take_in(upload, path.read_bytes()[: upload.size], at)
    except Refused:
        _drop(upload)
        raise


def _take_in(upload: Upload, data: bytes, at: datetime) -> Submission:
    if package.digest_of(data) != upload.digest:
        raise package.BadPackage(
            _(
                "Gói nhận được không khớp mã băm đã báo: dữ liệu hỏng hoặc bị đổi trên đường truyền. Gửi lại từ đầu."
            )
        )
    read = package.read(data)
    key = upload.key
    owed = obligation_of(read, key, at)
    if read.file and rules.request_of(read.manifest.programme) is None:
        raise coming.no_letter()
    document, figures = (
        answering.read_file(read, owed) if read.file else (read.document or {}, list(figures_of(read)))
    )
    blob = blobs.store(data, MEDIA_TYPE, at)
    said = read.manifest
    with transaction.atomic():
        made = enter(
            Incoming(
                obligation=owed,
                way=Submission.Way.NIL if said.is_nil else Submission.Way.API,
                package=blob,
                submitted_at=at,
                received_at=at,
                document_on=said.document_on,
                document=document,
                outline_version=said.outline,
                symbol=rules.printed_number_of(said.number, said.symbol) if said.number else said.symbol,
                subject=said.subject or owed.subject,
                reason=said.reason,
                figures=figures,
                key=key,
            )
        )
        _drop(upload)
    return made


def obligation_of(read: Package, key: SubmissionKey, at: datetime) -> Obligation:
    """The obligation that a package meets: of the key's unit, and written under its regime. Raises `coming.CannotSubmit`."""
    said, on = read.manifest, localdate(at)
    if said.unit != key.unit_id:
        raise coming.CannotSubmit(
            _("Gói này của đơn vị “%(said)s” còn khóa cấp cho “%(mine)s”. Dùng khóa của đúng đơn vị.")
            % {"said": said.unit, "mine": key.unit_id}
        )
    if rules.request_of(said.programme) is not None:
        return _requested(said, key, on)
    owed = obligation_of_unit(key.unit_id, said.programme, said.period)
    if owed is None:
        raise coming.CannotSubmit(
            _(
                "Máy nhận không mở kỳ %(period)s của “%(programme)s” cho %(unit)s. Xem lại kỳ, hoặc nhờ cấp trên mở kỳ."
            )
            % {"period": said.period, "programme": said.programme, "unit": org.title_of(key.unit, on)}
        )
    coming.check_regime(said.regime, owed.regime.version if owed.regime else "", said.programme)
    if said.document_on is not None:
        coming.check_days(said.document_on, on, on, on)
        coming.check_alive(org.title_of(key.unit, on), key.unit.starts_on, key.unit.ends_on, said.document_on)
    return owed


def _requested(said: Manifest, key: SubmissionKey, on: date) -> Obligation:
    """What a letter asked of the key's unit here: known by the letter's own number and day. Raises `coming.CannotSubmit`."""
    letter = said.request
    if letter is None:
        raise coming.CannotSubmit(
            _(
                "Báo cáo đột xuất này chưa ghi số và ngày công văn yêu cầu nên máy nhận không biết là báo cáo nào. "
                "Ghi hai giá trị đó ở yêu cầu rồi gửi lại."
            )
        )
    # What the unit took in itself is not what the level above waits for.
    given = (
        Obligation.objects.filter(
            unit=key.unit, request__dated=letter.dated, request__state=Request.State.CONFIRMED
        )
        .exclude(request__unit=key.unit)
        .select_related("unit", "recipient", "programme", "regime", "request")
    )
    found = [
        one
        for one in given.order_by("-pk")
        if one.request and letter.is_letter(one.request.symbol, one.request.dated)
    ]
    if not found:
        raise coming.CannotSubmit(
            _(
                "Máy nhận không giao công văn số %(symbol)s ngày %(day)s cho %(unit)s. Xem lại số và ngày công văn."
            )
            % {
                "symbol": letter.symbol,
                "day": numeric_date(letter.dated),
                "unit": org.title_of(key.unit, on),
            }
        )
    if said.document_on is not None:
        coming.check_days(said.document_on, on, on, on)
        coming.check_alive(org.title_of(key.unit, on), key.unit.starts_on, key.unit.ends_on, said.document_on)
    return next((one for one in found if one.released_on is None), found[0])


def taken_in(key: SubmissionKey, digest: str) -> Submission | None:
    """The submission of the key's unit that this package is; the last, where it was taken back before."""
    rows = Submission.objects.filter(obligation__unit=key.unit, digest=digest, place="")
    found: Submission | None = rows.select_related("obligation__unit", "recipient").order_by("-pk").first()
    return found


@transaction.atomic
def take_back_by_key(*, key: SubmissionKey, digest: str, at: datetime) -> Submission:
    """What a unit handed in from its own box, taken back while nobody decided. Raises `NoUpload`, `states.WrongState`."""
    lock(key.unit)
    found = taken_in(key, digest)
    if found is None:
        raise NoUpload(_("Chưa nhận gói nào có mã băm này của đơn vị."))
    current = queries.whole(found.pk)
    step(current, Deed.TAKE_BACK, by=None, at=at, key=key)
    audit(
        by=None,
        at=at,
        action="submission.take-back",
        target=current,
        unit=key.unit,
        detail={"obligation": current.obligation_id, "number": current.number, "key": key.pk},
    )
    return current


def path_of(upload: Upload) -> Path:
    """Where the bytes lie until all are there."""
    return Path(settings.DATA) / "uploads" / f"{upload.token}.part"


def _drop(upload: Upload) -> None:
    """Forget an upload; its file goes when that is certain."""
    path = path_of(upload)
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _sweep(key: SubmissionKey, at: datetime) -> None:
    for old in Upload.objects.filter(key=key, moved_at__lt=at - KEPT_FOR):
        _drop(old)
    # Files whose row is gone: their process was killed just then. Their age is told by the file system's clock.
    long_ago = time.time() - KEPT_FOR.total_seconds()
    for file in (Path(settings.DATA) / "uploads").glob("*.part"):
        if file.stat().st_mtime < long_ago and not Upload.objects.filter(token=file.stem).exists():
            file.unlink(missing_ok=True)
