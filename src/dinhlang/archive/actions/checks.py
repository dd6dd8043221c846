"""A document is checked: it comes in, is held for an hour, and goes. Nothing of it is stored.

The audit says that somebody checked a document, of which format and size; never its name or a word of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from dinhlang.archive import held, rules
from dinhlang.archive.checking import Checked, Stage, State
from dinhlang.archive.leaves import Leaves
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.check import Layout, layout_of
from dinhlang.officialdoc.model import Kind
from dinhlang.officialdoc.read import Limits, read_with_places
from dinhlang.officialdoc.read.decode import LIMIT, PAGED
from dinhlang.officialdoc.read.pages.drawn import picture_of
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused

STATE, FILE, PAGES, LEAVES = "state", "file", "pages", "leaves"
_SHORTEST_REASON = 5
_READS_HELD = "dinhlang.archive.tasks.read_held"


def begin_check(*, data: bytes, name: str, by: Person, at: datetime) -> str:
    """Take a document in to be checked and give the token of its address. What takes long waits for the worker.

    Raises `Refused` when there is nothing to read, too much of it, or a format that cannot be read.
    """
    _check_readable(data, name)
    form = rules.form_of(data, name)
    token = held.begin(at)
    held.put(token, FILE, data)
    state = State(by.pk, rules.shown_name(name), form)
    if not rules.takes_long(form, len(data)):
        state, _leaves = _read(state, data)
        if state.stage is Stage.FAILED:
            held.end(token)
            raise Refused(state.told)
    held.put(token, STATE, state.to_bytes())
    _note(form, len(data), by, at)
    if state.stage is Stage.WAITING:
        from dinhlang.archive import tasks

        tasks.read_held.enqueue(held.sealed(token))
    return token


@transaction.atomic
def _note(form: str, size: int, by: Person, at: datetime) -> None:
    homes = org.home_units(by, localdate(at))
    detail = {"form": form, "size": size}
    audit(by=by, at=at, action="document.check", target=by, unit=homes[0] if homes else None, detail=detail)


def _check_readable(data: bytes, name: str) -> None:
    if not data.strip():
        raise Refused(_("Không có chữ nào để kiểm tra. Chọn tệp khác hoặc dán lại nội dung."))
    if len(data) > LIMIT:
        raise Refused(
            _("Tệp nặng %(size)s MB, tối đa %(most)s MB. Tách văn bản thành nhiều tệp rồi kiểm tra từng tệp.")
            % {"size": -(-len(data) // 1048576), "most": LIMIT // 1048576}
        )
    if rules.needs_password(data):
        raise Refused(_("Tệp có mật khẩu nên không đọc được. Mở tệp, bỏ mật khẩu, lưu lại rồi chọn tệp đó."))


def _read(
    state: State, data: bytes, progress: Callable[[int, int], None] | None = None
) -> tuple[State, Leaves | None]:
    reading = read_with_places(data, state.name, progress=progress)
    document = reading.document
    if not reading.text.strip():
        told = next((one.message for one in document.problems), "")
        failed = replace(
            state,
            stage=Stage.FAILED,
            told=_("Không đọc được chữ nào trong tệp. %(told)s")
            % {"told": told or _("Kiểm tra lại tệp đã chọn.")},
        )
        return failed, None
    read = replace(state, stage=Stage.READ, told="", read=codec.to_json(document), text=reading.text)
    return read, Leaves.of(reading)


def read_held(*, sealed: str, at: datetime) -> None:
    """Read what waits under a sealed token. Does nothing when it is gone, or read already."""
    try:
        token = held.unsealed(sealed)
        with held.changing(token):
            state = _state(token, at)
            if state.stage not in (Stage.WAITING, Stage.READING):
                return
            state = replace(state, stage=Stage.READING)
            held.put(token, STATE, state.to_bytes())
        read, leaves = _read(
            state,
            held.get(token, FILE, at),
            lambda done, of: held.put(token, PAGES, f"{done}/{of}".encode()),
        )
        if leaves is not None:
            held.put(token, LEAVES, leaves.to_bytes())
        with held.changing(token):
            held.put(token, STATE, read.to_bytes())
    except held.Gone:
        return


def check_of(token: str, by: Person, at: datetime) -> State:
    """What is held under the token. Raises `held.Gone`, also for whoever did not bring it."""
    state = _state(token, at)
    if state.person != by.pk:
        raise held.Gone(_("Bản kiểm tra này đã hết giờ giữ hoặc đã xóa. Chọn lại tệp để kiểm tra lại."))
    return state


def _state(token: str, at: datetime) -> State:
    return State.from_bytes(held.get(token, STATE, at))


def checked(token: str, by: Person, at: datetime) -> Checked:
    """The document as it is judged. Raises `held.Gone`, also while it is not read yet."""
    state = check_of(token, by, at)
    if state.stage is not Stage.READ:
        raise held.Gone(_("Văn bản này chưa đọc xong. Mở lại trang kiểm tra rồi đợi thêm."))
    leaves = _leaves(token, at) if state.form in PAGED else None
    today = localdate(at)
    near = tuple(dict.fromkeys(org.body_of(post.unit, today) for post in org.positions(by, today)))
    return Checked(state, today, _layout(token, state.form, leaves, at), leaves, near)


def _leaves(token: str, at: datetime) -> Leaves | None:
    """The pages of a file that has some; `None` while nobody kept any, as for a page without a word."""
    try:
        return Leaves.from_bytes(held.get(token, LEAVES, at))
    except held.Gone:
        return None


def _layout(token: str, form: str, leaves: Leaves | None, at: datetime) -> Layout | None:
    if form == "docx":
        return layout_of(held.get(token, FILE, at), form)
    return layout_of(b"", form, leaves.sheets) if leaves else None


def picture(token: str, number: int, by: Person, at: datetime) -> bytes | None:
    """A page of the file as WebP, counted from 1; `None` when there is no such page. Raises `held.Gone`.

    Drawn when it is asked for, then held as the file is: encrypted, for as long.
    """
    state = check_of(token, by, at)
    if state.form not in PAGED or not 1 <= number <= Limits.from_environment().pages:
        return None
    return held.kept(
        token, f"page-{number}", lambda: picture_of(held.get(token, FILE, at), state.form, number), at
    )


def pages_read(token: str, at: datetime) -> tuple[int, int] | None:
    """How many pages of how many the worker has read; `None` before the first."""
    try:
        done, _slash, of = held.get(token, PAGES, at).decode().partition("/")
    except held.Gone:
        return None
    return int(done), int(of)


def file_of(token: str, by: Person, at: datetime) -> bytes:
    """The file as it came. Raises `held.Gone`."""
    check_of(token, by, at)
    return held.get(token, FILE, at)


def judge_as(
    *, token: str, as_of: date | None, kind: Kind | None, is_draft: bool, by: Person, at: datetime
) -> None:
    """Judge the document on another day, as another kind, or as a draft. Raises `held.Gone`."""
    with held.changing(token):
        state = replace(
            check_of(token, by, at),
            as_of=as_of.isoformat() if as_of else None,
            kind=kind.value if kind else None,
            is_draft=is_draft,
        )
        held.put(token, STATE, state.to_bytes())


def decide(*, token: str, key: str, do: str, reason: str = "", by: Person, at: datetime) -> None:
    """Take the fix of a finding ('accept') or take it back ('undo'); leave it with a reason ('leave') or not ('remind').

    Saying the same twice changes nothing. Raises `Refused` for what cannot be done, `held.Gone`.
    """
    with held.changing(token):
        judged = checked(token, by, at)
        if key not in judged.findings:
            raise Refused(_("Điều này không còn trong danh sách. Tải lại trang để xem danh sách mới."))
        held.put(token, STATE, _decided(judged, key, do, reason).to_bytes())


def _decided(judged: Checked, key: str, do: str, reason: str) -> State:
    state = judged.state
    left = {known: why for known, why in state.left.items() if known != key}
    accepted = tuple(known for known in state.accepted if known != key)
    match do:
        case "accept":
            if key not in state.accepted and not judged.may_accept(key):
                raise Refused(_("Không sửa nhanh được chỗ này: chưa có cách sửa, hoặc đã có sửa khác ở đó."))
            return replace(state, accepted=(*accepted, key), left=left)
        case "undo":
            return replace(state, accepted=accepted)
        case "leave":
            reason = " ".join(reason.replace("\0", "").split())[:300]
            if len(reason) < _SHORTEST_REASON:
                raise Refused(
                    _("Chưa ghi lý do để nguyên. Ghi ngắn gọn vì sao, ví dụ “tên riêng của đề án”.")
                )
            return replace(state, accepted=accepted, left={**left, key: reason})
        case "remind":
            return replace(state, left=_without(judged, key))
    raise Refused(_("Không rõ cần làm gì. Tải lại trang rồi thử lại."))


def _without(judged: Checked, key: str) -> dict[str, str]:
    """The reasons but those of the same rule and words: one reason answers all of them."""
    one = judged.findings[key]
    same = {
        other
        for other, finding in judged.findings.items()
        if (finding.rule, finding.quote_hash) == (one.rule, one.quote_hash)
    }
    return {known: why for known, why in judged.state.left.items() if known not in same}


def end_check(*, token: str, by: Person, at: datetime) -> None:
    """Delete what is held, at once. Raises `held.Gone`."""
    check_of(token, by, at)
    held.end(token)


def sweep_checks(*, at: datetime) -> int:
    """Delete what is held too long, and what the worker's queue still says of readings that are done."""
    DBTaskResult.objects.filter(task_path=_READS_HELD, finished_at__isnull=False).delete()
    return held.sweep(at)
