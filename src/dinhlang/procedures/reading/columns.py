"""Which part of a sheet a heading names: a column of a table, a label of a printed sheet, a key of a JSON object."""

from __future__ import annotations

import re

from dinhlang.procedures.reading.glued import channel_of
from dinhlang.procedures.rules import Channel
from dinhlang.work.rules import plain

# By folded words without punctuation. The first of a part is how we write it ourselves.
_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("ma thu tuc", "ma tthc", "ma so tthc", "ma so thu tuc", "ma thu tuc hanh chinh", "ma so", "ma", "code", "ma qg", "ma so ho so tthc", "ma ho so", "so ho so tthc", "so ho so", "ma ho so tthc", "so ho so thu tuc hanh chinh"),
    "name": ("ten thu tuc", "ten tthc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "ten dich vu cong", "ten", "name", "tthc", "thu tuc"),
    "field": ("linh vuc", "field", "ten linh vuc", "linh vuc thuc hien"),
    "levels": ("cap thuc hien", "cap giai quyet", "level", "cap", "cap co tham quyen"),
    "kind": ("loai thu tuc", "loai tthc", "type", "loai thu tuc hanh chinh"),
    "decision": ("so quyet dinh", "quyet dinh cong bo", "decision number", "so qd", "qd cong bo", "so quyet dinh cong bo"),
    "steps": ("trinh tu thuc hien", "steps", "trinh tu", "cac buoc thuc hien", "quy trinh thuc hien"),
    "methods": ("cach thuc thuc hien", "submission methods", "hinh thuc nop", "cach thuc", "phuong thuc thuc hien", "hinh thuc thuc hien", "muc do dvc", "muc do dich vu cong truc tuyen", "dich vu cong truc tuyen"),
    "time_limit": ("thoi han giai quyet", "thoi gian giai quyet", "thoi han", "thoi gian", "thoi han giai quyet ho so"),
    "fees": ("phi le phi", "phi le phi neu co", "le phi", "phi", "phi va le phi", "muc phi le phi", "phi le phi dong"),
    "papers": ("thanh phan ho so", "papers", "thanh phan so luong ho so", "ho so gom", "thanh phan giay to"),
    "sets": ("so luong ho so", "so bo ho so", "so luong bo ho so", "so luong"),
    "applicants": ("doi tuong thuc hien", "applicants", "doi tuong", "doi tuong thuc hien thu tuc hanh chinh", "doi tuong thuc hien tthc"),
    "decided_by": ("co quan co tham quyen", "competent authority", "co quan co tham quyen quyet dinh", "tham quyen quyet dinh", "co quan quyet dinh", "tham quyen giai quyet"),
    "carried_out_by": ("co quan thuc hien", "implementing agency", "co quan giai quyet", "co quan thuc hien thu tuc hanh chinh", "co quan thuc hien tthc", "co quan truc tiep thuc hien", "don vi thuc hien", "co quan giai quyet thu tuc hanh chinh", "co quan giai quyet tthc"),
    "authorised": ("co quan duoc uy quyen", "authorized agency", "co quan duoc uy quyen phan cap"),
    "cooperating": ("co quan phoi hop", "coordinating agency", "co quan phoi hop neu co"),
    "reception": ("dia chi tiep nhan ho so", "receiving address", "dia diem thuc hien", "dia chi tiep nhan hs", "dia chi tiep nhan", "noi tiep nhan", "dia diem tiep nhan", "co quan tiep nhan", "noi tiep nhan ho so", "dia diem"),
    "results": ("ket qua thuc hien", "result", "results", "ket qua", "ket qua thuc hien thu tuc hanh chinh", "ket qua giai quyet", "ket qua thuc hien tthc"),
    "conditions": ("yeu cau dieu kien thuc hien", "conditions", "yeu cau dieu kien", "yeu cau dieu kien thuc hien thu tuc hanh chinh", "yeu cau dieu kien thuc hien tthc", "yeu cau hoac dieu kien"),
    "legal": ("can cu phap ly", "legal basis", "can cu phap ly cua thu tuc hanh chinh", "can cu phap ly cua tthc", "van ban quy dinh", "co so phap ly"),
    "related": ("thu tuc lien quan", "related procedures", "thu tuc hanh chinh lien quan"),
    "keywords": ("tu khoa", "keywords"),
    "summary": ("mo ta", "summary", "mo ta thu tuc"),
    "forms": ("ten mau don to khai", "mau don to khai", "bieu mau"),
    "effective": ("ngay co hieu luc", "hieu luc tu", "ngay hieu luc", "thoi diem co hieu luc", "hieu luc tu ngay", "ngay hieu luc thi hanh", "hieu luc", "effective on"),
    "source_act": ("ten vbqppl quy dinh noi dung sua doi bo sung", "ten vbqppl quy dinh viec bai bo", "vbqppl quy dinh viec bai bo thu tuc hanh chinh", "ten vbqppl quy dinh viec bai bo tthc", "van ban quy dinh viec bai bo", "van ban quy dinh noi dung sua doi", "ten vbqppl quy dinh noi dung sua doi", "ten vbqppl quy dinh noi dung thay the", "noi dung sua doi bo sung", "can cu bai bo", "ten van ban quy dinh noi dung sua doi bo sung thay the", "ten vbqppl quy dinh noi dung sua doi bo sung thay the"),
    "event": ("tinh trang", "trang thai", "noi dung cong bo", "loai cong bo", "hinh thuc cong bo"),
    "replaced_name": ("ten thu tuc hanh chinh thay the", "ten tthc thay the", "thu tuc hanh chinh thay the"),
    "replaced_code": ("ma thu tuc thay the", "ma tthc thay the"),
    "number": ("stt", "tt", "so tt", "so thu tu", "no"),
    "note": ("ghi chu", "note"),
}  # fmt: skip
_PART_OF = {name: part for part, names in _NAMES.items() for name in names}
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def part_of(heading: str) -> str | None:
    """The part that a heading names, `None` for one that names none of ours."""
    said = plain(_IN_BRACKETS.sub(" ", heading).replace("_", " "))
    if said in _PART_OF:
        return _PART_OF[said]
    if said.startswith(("ten vbqppl", "ten van ban quy pham phap luat", "van ban qppl", "vbqppl")):
        return "source_act"
    return next(
        (
            _PART_OF[name]
            for name in _LONG_ENOUGH
            if said.startswith(name + " ") and len(said) <= len(name) + 40
        ),
        None,
    )


# A heading may say more than its name ('Thời hạn giải quyết (ngày làm việc) theo quy định'); short names may not.
_LONG_ENOUGH = sorted((name for name in _PART_OF if len(name) >= 12), key=len, reverse=True)


CHANNEL = "channel:"
_WAYS = re.compile(r"^(?:cach thuc thuc hien|hinh thuc nop|hinh thuc thuc hien|cach thuc)\s*", re.IGNORECASE)


def _channel_in(cell: str) -> str:
    """The way of handing in that a column of ticks stands for: 'Cách thức thực hiện Trực tuyến toàn trình'."""
    named = plain(cell)
    bare = _WAYS.sub("", named)
    is_way = channel_of(bare) is not Channel.OTHER and len(bare) <= 40
    return cell.strip()[-len(bare) :] if is_way and len(bare) <= len(cell.strip()) else ""


def headings(cells: list[str]) -> dict[int, str]:
    """The parts by column, when the cells are the head of a table of procedures; empty when they are not.

    Such a head names the procedure and something more. A column of ticks is named 'channel:' and the way it stands for.
    """
    found: dict[int, str] = {}
    for column, cell in enumerate(cells):
        part = part_of(cell) if cell.strip() and len(cell) <= 200 else None
        if way := _channel_in(cell):
            part = f"{CHANNEL}{way}"
        if part is not None and part not in found.values():
            found[column] = part
    parts = set(found.values())
    return found if "name" in parts and len(parts - {"number"}) >= 2 else {}
