"""Files of a class: material in versions, the signed sheet, photos."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dinhlang.citizens import keeping
from dinhlang.citizens.actions.looking import refuser
from dinhlang.citizens.keeping import Fit
from dinhlang.citizens.models import TrainingClass, TrainingFile
from dinhlang.citizens.training.actions.noting import held, noted
from dinhlang.citizens.training.rules.classes import EVIDENCE, FILE_LENGTH, NotNow, Paper, State
from dinhlang.officialdoc.read.pages import sheets
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work import blobs
from dinhlang.work.models import Blob
from dinhlang.work.photos import Photo
from dinhlang.work.rules import FileEvidence, HeldEvidence

MOST_FILES = 100
_READ = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


def add_file(
    *,
    training: TrainingClass,
    kind: Paper,
    title: str,
    data: bytes,
    name: str,
    by: Person | None,
    at: datetime,
) -> TrainingFile:
    """Keep a file; the same title again is its next version. What goes with the line of the ledger goes there too.

    Raises `Refused` for a file that cannot be kept or shows an identity paper, `NotNow`, and `org.permissions.NotAllowed`.
    """
    # Before the lock: a photo takes a second to read.
    stored = work.hold_file(FileEvidence(data, name), at, look=_keep_papers_out(data))
    return _keep(training=training, kind=kind, title=title, stored=stored, by=by, at=at)


def _keep_papers_out(data: bytes) -> Callable[[Photo], None]:
    """Raises `Refused` for a PDF that shows an identity paper, and gives what looks at a photo once it is fit to keep.

    Whoever is in the class sees the material. A file that cannot be opened, and one of another kind, is not looked at.
    """
    look = refuser()
    if blobs.sniff(data) == keeping.PDF:
        with suppress(sheets.CannotOpen):
            look(keeping.again(data, keeping.PDF))

    def looked(photo: Photo) -> None:
        look(Fit(photo.data, "image/jpeg", 1))

    return looked


@transaction.atomic
def _keep(
    *, training: TrainingClass, kind: Paper, title: str, stored: HeldEvidence, by: Person | None, at: datetime
) -> TrainingFile:
    training = held(training, by=by, at=at)
    if training.state is State.CANCELLED:
        raise NotNow(_("Lớp đã hủy nên không thêm tệp nữa."))
    _check_kind(kind, Blob.objects.get(pk=stored.sha256).media_type)
    if training.files.count() >= MOST_FILES:
        raise NotNow(_("Một lớp nhiều nhất %s tệp. Gộp các tệp lại.") % MOST_FILES)
    title = one_line(title)[:FILE_LENGTH] or one_line(stored.caption)[:FILE_LENGTH] or str(kind.label)
    last = training.files.filter(kind=kind, title=title).aggregate(last=Max("version"))["last"] or 0
    made = TrainingFile.objects.create(
        training=training,
        kind=kind,
        title=title,
        version=last + 1,
        blob_id=stored.sha256,
        name=one_line(stored.caption)[-FILE_LENGTH:] or title,
        added_at=at,
        added_by=by,
    )
    if kind in EVIDENCE and training.line is not None:
        work.add_consequence_evidence(activity=training.line, evidence=stored, by=by, at=at)
    noted(training, "training.file", by=by, at=at, kind=kind, version=made.version)
    return made


def _check_kind(kind: Paper, media_type: str) -> None:
    is_picture = media_type.startswith("image/")
    if kind is Paper.PHOTO and not is_picture:
        raise Refused(_("Ảnh lớp học phải là tệp ảnh. Chọn ảnh khác."))
    if kind is Paper.SHEET and not (is_picture or media_type == "application/pdf"):
        raise Refused(_("Danh sách đã ký phải là ảnh chụp hoặc bản quét PDF."))
    if kind is Paper.MATERIAL and not (is_picture or media_type in _READ):
        raise Refused(
            _(
                "Tài liệu nhận PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx) và ảnh. Hãy lưu lại dạng đó."
            )
        )


@transaction.atomic
def remove_file(*, file: TrainingFile, by: Person | None, at: datetime) -> None:
    """Show a file no more; its row stays. Raises `NotNow` for evidence of a closed class, and `org.permissions.NotAllowed`."""
    training = held(file.training, by=by, at=at)
    if file.kind in EVIDENCE and training.state is State.CLOSED:
        raise NotNow(_("Tệp này là minh chứng của dòng sổ đã chốt. Mở lại lớp trước, rồi bỏ tệp."))
    if training.files.filter(pk=file.pk, removed_at=None).update(removed_at=at):
        noted(training, "training.file-off", by=by, at=at, kind=file.kind)
