"""What kinds of documents, findings and grades are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dinhlang.officialdoc.check import FindingKind, Severity
from dinhlang.officialdoc.model import Kind

KINDS: Mapping[str, str | Promise] = {
    Kind.REPORT: _("báo cáo"),
    Kind.PLAN: _("kế hoạch"),
    Kind.DECISION: _("quyết định"),
    Kind.NOTICE: _("thông báo"),
    Kind.LETTER: _("công văn"),
    Kind.SUBMISSION: _("tờ trình"),
    Kind.RESOLUTION: _("nghị quyết"),
    Kind.DIRECTIVE: _("chỉ thị"),
    Kind.GUIDANCE: _("hướng dẫn"),
    Kind.PROGRAMME: _("chương trình"),
    Kind.REGULATION: _("quy chế"),
    Kind.MINUTES: _("biên bản"),
    Kind.OTHER: _("văn bản khác"),
}

SEVERITIES: Mapping[Severity, str | Promise] = {
    Severity.ERROR: _("Phải sửa"),
    Severity.WARNING: _("Nên xem lại"),
    Severity.INFO: _("Gợi ý"),
}

FINDING_KINDS: Mapping[FindingKind, str | Promise] = {
    FindingKind.BLANK_NUMBER: _("số để trống"),
    FindingKind.BLANK_DATE: _("ngày để trống"),
    FindingKind.STALE_YEAR: _("năm cũ sót lại"),
    FindingKind.PERIOD_MISMATCH: _("kỳ không khớp"),
    FindingKind.IMPOSSIBLE_DATE: _("ngày không có thật"),
    FindingKind.WRONG_AUTHORITY: _("sai thẩm quyền"),
    FindingKind.OBSOLETE_TERM: _("từ đã thay"),
    FindingKind.ABOLISHED_BODY: _("cơ quan không còn"),
    FindingKind.MISSING_DENOMINATOR: _("tỷ lệ thiếu số gốc"),
    FindingKind.SUM_MISMATCH: _("cộng không khớp"),
    FindingKind.PERCENT_MISMATCH: _("tỷ lệ không khớp"),
    FindingKind.NUMBERING: _("đánh số"),
    FindingKind.HEADING_JUMP: _("nhảy cấp đề mục"),
    FindingKind.MISSING_ELEMENT: _("thiếu thành phần"),
    FindingKind.SIGNATURE_FORM: _("thể thức ký"),
    FindingKind.SYMBOL_FORM: _("số, ký hiệu"),
    FindingKind.REFERENCE_FORM: _("viện dẫn"),
    FindingKind.SPELLING: _("chính tả"),
    FindingKind.PUNCTUATION: _("dấu câu, dấu cách"),
    FindingKind.CAPITALISATION: _("viết hoa"),
    FindingKind.TONE_STYLE: _("cách đặt dấu thanh"),
    FindingKind.REPETITION: _("lặp"),
    FindingKind.LAYOUT: _("trình bày"),
    FindingKind.OTHER: _("khác"),
}
