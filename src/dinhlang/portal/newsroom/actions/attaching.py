"""Pictures, documents and recordings of the edition in work."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.read.pages.lettered import is_lettered
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.models import CitedDocument, Edition, EditionPicture, Item
from dinhlang.portal.newsroom import permissions
from dinhlang.portal.newsroom.actions.moving import edition_in_work, locked
from dinhlang.portal.newsroom.rules.states import IN_WORK
from dinhlang.portal.newsroom.rules.text_pictures import looks_like_text
from dinhlang.portal.newsroom.rules.words import Unfit, is_web_address
from dinhlang.work import actions as work
from dinhlang.work import blobs
from dinhlang.work.models import Blob, Picture
from dinhlang.work.rules import FileEvidence, clean, clean_note

MOST_PICTURES = 30
MOST_DOCUMENTS = 30
_ALTERNATIVE_LENGTH = 300


def add_picture(
    *,
    item: Item,
    data: bytes,
    name: str,
    alternative: str,
    caption: str = "",
    credit: str = "",
    words: str = "",
    by: Person | None,
    at: datetime,
) -> EditionPicture:
    """Lay a picture beside the text; what it shows must be said in words.

    It is made upright, small and silent about place and device. Raises `Unfit` without words or for what is no
    picture, `Refused` for a broken one, and `NotAllowed`.
    """
    permissions.check_can_edit(by, item, localdate(at))
    told = _alternative(alternative)
    held = work.hold_file(FileEvidence(data, name), at)
    picture = Picture.objects.filter(blob=held.sha256).first()
    if picture is None:
        raise Unfit(
            _("Tệp “%(name)s” không phải là ảnh. Chọn ảnh JPG, PNG hoặc WEBP.") % {"name": name[:80]}, "file"
        )
    is_text = looks_like_text(blobs.read(picture.blob))
    with transaction.atomic():
        item, edition = _in_work(item, by, at)
        if edition.pictures.count() >= MOST_PICTURES:
            raise Refused(_("Tin đã có %(most)s ảnh. Bỏ bớt ảnh rồi thêm lại.") % {"most": MOST_PICTURES})
        found = EditionPicture.objects.create(
            edition=edition,
            position=_next(edition.pictures.aggregate(last=Max("position"))["last"]),
            blob_id=held.sha256,
            width=picture.width,
            height=picture.height,
            alternative=told,
            caption=clean(caption)[:300],
            credit=clean(credit)[:120],
            words=clean_note(words)[:10_000],
            is_text=is_text,
        )
        _note(item, by, at)
        return found


@transaction.atomic
def change_picture(
    *,
    picture: EditionPicture,
    alternative: str,
    caption: str,
    credit: str,
    words: str,
    by: Person | None,
    at: datetime,
) -> EditionPicture:
    """Change what is said about a picture. Raises `Unfit`, `Refused` and `NotAllowed`."""
    item, _edition = _in_work(picture.edition.item, by, at, of=picture.edition)
    picture.alternative = _alternative(alternative)
    picture.caption, picture.credit = clean(caption)[:300], clean(credit)[:120]
    picture.words = clean_note(words)[:10_000]
    picture.save(update_fields=["alternative", "caption", "credit", "words"])
    _note(item, by, at)
    return picture


@transaction.atomic
def remove_picture(*, picture: EditionPicture, by: Person | None, at: datetime) -> None:
    """Take a picture away from the edition in work. Raises `Refused` and `NotAllowed`."""
    item, _edition = _in_work(picture.edition.item, by, at, of=picture.edition)
    picture.delete()
    _note(item, by, at)


def add_document(
    *,
    item: Item,
    title: str,
    symbol: str = "",
    issued_on: date | None = None,
    url: str = "",
    data: bytes = b"",
    name: str = "",
    transcript: str = "",
    by: Person | None,
    at: datetime,
) -> CitedDocument:
    """Cite a document: by its symbol and subject, with a file or an address when there is one.

    Raises `Unfit`, `Refused` for a file that cannot be kept, and `NotAllowed`.
    """
    permissions.check_can_edit(by, item, localdate(at))
    subject, address = clean(title), clean(url)
    if not subject:
        raise Unfit(_("Văn bản chưa có trích yếu. Ghi văn bản nói về việc gì."), "title")
    if address and not is_web_address(address):
        raise Unfit(_("Đường dẫn phải bắt đầu bằng https:// hoặc http://."), "url")
    held = work.hold_file(FileEvidence(data, name), at) if data else None
    is_scan = data.startswith(b"%PDF-") and is_lettered(data) is False
    with transaction.atomic():
        item, edition = _in_work(item, by, at)
        if edition.documents.count() >= MOST_DOCUMENTS:
            raise Refused(_("Tin đã có %(most)s văn bản. Bỏ bớt rồi thêm lại.") % {"most": MOST_DOCUMENTS})
        found = CitedDocument.objects.create(
            edition=edition,
            position=_next(edition.documents.aggregate(last=Max("position"))["last"]),
            symbol=clean(symbol)[:80],
            issued_on=issued_on,
            title=subject[:500],
            url=address[:1000],
            blob_id=held.sha256 if held else None,
            file_name=held.caption[:255] if held else "",
            transcript=clean_note(transcript)[:100_000],
            is_scan=is_scan,
        )
        _note(item, by, at)
        return found


@transaction.atomic
def remove_document(*, document: CitedDocument, by: Person | None, at: datetime) -> None:
    """Take a cited document away from the edition in work. Raises `Refused` and `NotAllowed`."""
    item, _edition = _in_work(document.edition.item, by, at, of=document.edition)
    document.delete()
    _note(item, by, at)


def set_recording(*, item: Item, data: bytes, name: str, by: Person | None, at: datetime) -> Blob:
    """Lay a recording beside the text, in place of the one before. Raises `Unfit` for what is none, and `NotAllowed`."""
    permissions.check_can_edit(by, item, localdate(at))
    media_type = blobs.sniff(data) or ""
    if not media_type.startswith("audio/"):
        raise Unfit(
            _("Tệp “%(name)s” không phải tệp âm thanh. Chọn tệp MP3, M4A, OGG hoặc WAV.")
            % {"name": name[:80]},
            "file",
        )
    blob = blobs.store(data, media_type, at)
    with transaction.atomic():
        item, edition = _in_work(item, by, at)
        edition.recording = blob
        edition.save(update_fields=["recording"])
        _note(item, by, at)
    return blob


def _in_work(item: Item, by: Person | None, at: datetime, of: Edition | None = None) -> tuple[Item, Edition]:
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    edition = edition_in_work(item)
    if item.state not in IN_WORK or edition.published_at is not None:
        raise Refused(_("Tin không ở bước soạn nên không thêm bớt được. Lấy lại hoặc mở bản mới để sửa."))
    if of is not None and of.pk != edition.pk:
        raise Refused(_("Ảnh hoặc văn bản này thuộc một bản cũ. Hãy tải lại trang."))
    return item, edition


def _alternative(text: str) -> str:
    told = clean(text)
    if not told:
        raise Unfit(
            _("Ảnh chưa có mô tả. Ghi ảnh cho thấy gì, để người không nhìn được vẫn biết."), "alternative"
        )
    return told[:_ALTERNATIVE_LENGTH]


def _next(last: int | None) -> int:
    return 1 if last is None else last + 1


def _note(item: Item, by: Person | None, at: datetime) -> None:
    item.changed_at = at
    item.save(update_fields=["changed_at"])
    audit(by=by, at=at, action="item.edit", target=item, unit=item.unit)
