"""What `dinhlang doctor` says of Tesseract: what it is for, what does not work without it, how to get it."""

from __future__ import annotations

import pytest

from dinhlang.cli import doctor


@pytest.mark.parametrize(
    ("program", "languages", "begins"),
    [
        (None, "", "thiếu  Tesseract: "),
        (
            "/usr/bin/tesseract",
            "List of available languages (2):\neng\nosd\n",
            "thiếu  Tesseract (chưa có tiếng Việt): ",
        ),
        ("/usr/bin/tesseract", "List of available languages (3):\neng\nosd\nvie\n", "có     Tesseract: "),
    ],
)
def test_doctor_names_tesseract_for_identity_papers(
    program: str | None, languages: str, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: program)
    monkeypatch.setattr(doctor, "_output", lambda *command: languages)
    told = str(doctor._tesseract())
    assert told.startswith(begins)
    assert "căn cước, hộ chiếu trong ảnh và đơn thư quét" in told
    is_missing = begins.startswith("thiếu")
    assert ("sudo apt-get install tesseract-ocr tesseract-ocr-vie" in told) is is_missing
    assert ("người nhận phải tự xem và bỏ ra" in told) is is_missing
