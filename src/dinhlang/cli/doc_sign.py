"""`dinhlang doc sign` and `dinhlang doc verify`: digital signatures of a PDF, without a network."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dinhlang.cli.files import EXISTING, check_writable, read_within, why, write_whole

if TYPE_CHECKING:
    from dinhlang.officialdoc.sign import Signed, Verification

_PASSPHRASE = "DINHLANG_KEY_PASSPHRASE"  # noqa: S105  the name of a variable
_LEDGER_LIMIT = 100 * 1024 * 1024
_SMALL = 1024 * 1024


@click.command(help="Ký số tệp PDF bằng khóa PKCS#12 (.p12, .pfx), trình bày theo Nghị định 30/2020/NĐ-CP.")
@click.argument("source", type=EXISTING, metavar="TỆP.pdf")
@click.option(
    "--key", "key_file", type=EXISTING, required=True, metavar="KHÓA.p12", help="Tệp khóa của người ký."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP_RA.pdf",
    help="Tệp PDF đã ký.",
)
@click.option(
    "--as-person/--as-org",
    "as_person",
    default=True,
    help="Chữ ký của người có thẩm quyền (mặc định), hay của cơ quan, tổ chức.",
)
@click.option(
    "--image",
    type=EXISTING,
    metavar="ẢNH.png",
    help="Hình chữ ký (màu xanh) hoặc con dấu (màu đỏ), nền trong.",
)
@click.option(
    "--at",
    "where",
    type=click.Choice(["foot", "corner"]),
    help="foot: giữa chức vụ và họ tên; corner: góc trên bên phải trang đầu. Không ghi thì chọn theo Nghị định 30.",
)
@click.option(
    "--ledger-digest", metavar="SHA-256", help="Mã băm của sổ theo dõi, để chữ ký bảo vệ cả mã này."
)
@click.option(
    "--ledger",
    type=EXISTING,
    metavar="TỆP",
    help="Tệp sổ theo dõi, hoặc báo cáo .docx mang sổ bên trong: mã băm được tính từ đó.",
)
@click.option(
    "--passphrase-file",
    type=EXISTING,
    metavar="TỆP",
    help=f"Tệp giữ mật khẩu của khóa. Không có thì lấy từ biến {_PASSPHRASE}, không có nữa thì hỏi.",
)
def sign(
    source: Path,
    key_file: Path,
    output: Path,
    as_person: bool,
    image: Path | None,
    where: str | None,
    ledger_digest: str | None,
    ledger: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Adds one signature. The passphrase never stands on the command line, where other programs can read it."""
    from dinhlang.officialdoc.sign import (
        BadKey,
        CannotSign,
        Holder,
        Where,
        appearance,
        keys,
        load_key,
        signing,
    )
    from dinhlang.officialdoc.sign import sign as add_signature

    if ledger and ledger_digest:
        raise click.UsageError("Chỉ dùng một trong hai: --ledger hoặc --ledger-digest.")
    check_writable(output)
    pdf = read_within(source, signing.LIMIT)
    now = datetime.now().astimezone()
    try:
        key = load_key(read_within(key_file, keys.LIMIT), _passphrase(passphrase_file), at=now)
        signed = add_signature(
            pdf,
            key,
            at=now,
            holder=Holder.PERSON if as_person else Holder.AGENCY,
            where=Where(where) if where else None,
            picture=read_within(image, appearance.PICTURE_LIMIT) if image else None,
            about=None if as_person else _number_and_symbol(pdf, source.name),
            ledger_digest=_digest_from(ledger) if ledger else ledger_digest,
        )
    except BadKey as bad:
        raise click.UsageError(f"{key_file.name}: {bad}") from None
    except CannotSign as refused:
        raise click.UsageError(f"{source.name}: {refused}") from None
    try:
        write_whole(output, signed)
    except OSError as error:
        raise click.UsageError(f"Không ghi được “{output}”: {why(error)}. Hãy chọn chỗ khác.") from error
    click.echo(f"Đã ký: {output.name}, người ký {key.name}.")


def _passphrase(file: Path | None) -> str:
    if file is not None:
        try:
            return read_within(file, _SMALL).decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            raise click.UsageError(f"Tệp mật khẩu “{file.name}” không phải chữ UTF-8.") from None
    known = os.environ.get(_PASSPHRASE)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"Chưa có mật khẩu của khóa: đặt biến {_PASSPHRASE}, dùng --passphrase-file, hoặc chạy lệnh ở cửa sổ dòng lệnh."
        )
    return str(click.prompt("Mật khẩu của khóa", hide_input=True, default="", show_default=False))


def _digest_from(file: Path) -> str:
    """The digest of a ledger in a file of its own, or inside a report that came as .docx."""
    import hashlib

    from dinhlang.officialdoc.write import sidecar

    content = read_within(file, _LEDGER_LIMIT)
    if file.suffix.lower() == ".docx":
        inside = sidecar.extract(content)
        if inside is None:
            raise click.UsageError(
                f"“{file.name}” không mang sổ theo dõi bên trong. Hãy chọn báo cáo do Đình Làng lập."
            )
        content = inside
    return hashlib.sha256(content).hexdigest()


def _number_and_symbol(pdf: bytes, name: str) -> str | None:
    """What an agency's signature says of the document, when it can be read."""
    from dinhlang.officialdoc.read import read

    document = read(pdf, name)
    return f"{document.number}/{document.symbol}" if document.number and document.symbol else None


@click.command(
    help="Kiểm tra chữ ký số của tệp PDF: còn nguyên không, ai ký, khi nào, có bị sửa sau khi ký không."
)
@click.argument("source", type=EXISTING, metavar="TỆP.pdf")
@click.option(
    "--trust",
    multiple=True,
    type=EXISTING,
    metavar="CA.pem",
    help="Chứng thư gốc được tin cậy (.pem, .cer); dùng được nhiều lần.",
)
@click.option("--ledger", type=EXISTING, metavar="TỆP", help="So mã băm trong tệp đã ký với sổ theo dõi này.")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
def verify(source: Path, trust: Sequence[Path], ledger: Path | None, as_json: bool) -> None:
    """Says what each signature is worth. Exit status 1 when there is none, or one has a fault."""
    from dinhlang.officialdoc.sign import BadTrust, CannotSign, verifying
    from dinhlang.officialdoc.sign import verify as judge

    wanted = _digest_from(ledger) if ledger else None
    try:
        found = judge(
            read_within(source, verifying.LIMIT),
            at=datetime.now().astimezone(),
            trust=[read_within(one, _SMALL) for one in trust],
        )
    except (BadTrust, CannotSign) as bad:
        raise click.UsageError(f"{source.name}: {bad}") from None
    matches = None if wanted is None else {one.ledger_digest for one in found.signatures} == {wanted}
    if as_json:
        click.echo(json.dumps(_as_json(source.name, found, matches), ensure_ascii=False))
    else:
        click.echo("\n".join(_told(source.name, found, matches)))
    if not found.is_good or matches is False:
        raise SystemExit(1)


def _told(name: str, found: Verification, matches: bool | None) -> list[str]:
    if not found.signatures:
        return [f"{name}: chưa có chữ ký số nào."]
    lines = [f"{name}: {len(found.signatures)} chữ ký số."]
    for number, one in enumerate(found.signatures, 1):
        lines += [f"{number}. {_who(one)}", *(f"   {line}" for line in _about(one))]
    if matches is not None:
        lines.append(
            f"Sổ theo dõi đưa vào so: {'khớp' if matches else 'KHÔNG KHỚP'} với mã băm trong tệp đã ký."
        )
    return [*lines, _conclusion(found, matches)]


def _who(one: Signed) -> str:
    organisation = f" – {one.organisation}" if one.organisation and one.organisation != one.name else ""
    return f"{one.name}{organisation}"


def _about(one: Signed) -> list[str]:
    from dinhlang.officialdoc.sign.rules import shown_time

    when = (
        f"{shown_time(one.at)} (theo đồng hồ của người ký, không có dấu thời gian)" if one.at else "không ghi"
    )
    ended = "" if one.certificate_was_valid else " – KHÔNG còn hạn vào lúc ký"
    lines = [
        f"Toàn vẹn: {'nội dung đã ký còn nguyên' if one.intact else 'KHÔNG, nội dung khác với khi ký'}",
        f"Thời gian ký: {when}",
        f"Sau khi ký: {_CHANGES[one.changes]}",
        f"Chứng thư: do “{one.issuer}” cấp, hạn đến {shown_time(one.certificate_ends_at)}{ended}",
        f"Tin cậy: {_trust(one)}",
    ]
    if one.ledger_digest:
        covered = "được chữ ký này bảo vệ" if one.intact else "KHÔNG được bảo vệ vì nội dung đã khác"
        lines.append(f"Mã băm sổ theo dõi: {one.ledger_digest} ({covered})")
    return lines


_CHANGES = {
    "none": "không có thay đổi nào",
    "signatures": "chỉ có thêm chữ ký khác",
    "other": "ĐÃ BỊ SỬA, không chỉ thêm chữ ký",
}


def _trust(one: Signed) -> str:
    if not one.intact:
        return "không xét, vì nội dung không còn nguyên"
    if one.trusted is None:
        return "chưa xét, vì chưa chỉ ra chứng thư gốc (--trust)"
    if not one.trusted:
        return f"KHÔNG, {one.trust_problem or 'không nối được tới chứng thư gốc đã chỉ ra'}"
    return "có, nối được tới chứng thư gốc đã chỉ ra (chưa hỏi thu hồi vì không nối mạng)"


def _conclusion(found: Verification, matches: bool | None) -> str:
    from dinhlang.officialdoc.sign import Verdict

    verdicts = {one.verdict for one in found.signatures}
    if Verdict.BROKEN in verdicts:
        return "Kết luận: KHÔNG dùng được, có chữ ký không còn đúng với nội dung. Hãy lấy lại tệp từ nơi gửi."
    if Verdict.CHANGED in verdicts:
        return "Kết luận: tệp đã bị sửa sau khi ký. Hãy lấy lại tệp từ nơi gửi."
    if Verdict.UNKNOWN_SIGNER in verdicts:
        return "Kết luận: nội dung còn nguyên nhưng chưa chắc ai ký. Hãy kiểm tra chứng thư của người ký."
    if matches is False:
        return "Kết luận: chữ ký đúng, nhưng số liệu không thuộc sổ theo dõi này."
    if any(one.trusted is None for one in found.signatures):
        return "Kết luận: nội dung còn nguyên như khi ký; người ký chưa được xác nhận."
    return "Kết luận: chữ ký đúng, nội dung còn nguyên như khi ký."


def _as_json(name: str, found: Verification, matches: bool | None) -> dict[str, Any]:
    return {
        "schema": "dinhlang.signatures/1",
        "source": name,
        "good": found.is_good and matches is not False,
        "ledger_matches": matches,
        "signatures": [
            {
                "field": one.field,
                "name": one.name,
                "organisation": one.organisation,
                "issuer": one.issuer,
                "signed_at": one.at.isoformat() if one.at else None,
                "intact": one.intact,
                "changes_after": one.changes,
                "trusted": one.trusted,
                "certificate_ends_at": one.certificate_ends_at.isoformat(),
                "certificate_was_valid": one.certificate_was_valid,
                "ledger_digest": one.ledger_digest,
                "verdict": one.verdict.value,
            }
            for one in found.signatures
        ],
    }
