from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import _suggestions
from dinhlang.vietnamese.legacy import Encoding, detect, to_unicode
from dinhlang.vietnamese.text import house_style

SHARED = Path(__file__).parents[4] / "../shared"
SEEDS = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))}
SOUND = [content for number, content in SEEDS.items() if number != "001"]

# The letters in the order of the old code tables, written down here once more so that the tests do not lean
# on the tables that they test.
SMALL = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
LETTERS = SMALL + SMALL.upper()
TCVN3_BYTES = bytes.fromhex(
    "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4 abe5e6e7e8e9 aceaebecedee"
    "eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe ae"
)
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", bytes.fromhex("a1a2a3a4a5a6a7"), strict=True))
VNI_TABLE = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò oø oû oõ où oï "
    "oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î ñ"
)
VNI = VNI_TABLE.split()


def as_tcvn3(text: str) -> bytes:
    table = dict(zip(SMALL, TCVN3_BYTES, strict=True))
    table |= {letter.upper(): code for letter, code in table.items()} | TCVN3_CAPITALS
    return bytes(table.get(letter) or ord(letter.encode("ascii", "replace")) for letter in text)


def as_vni(text: str) -> bytes:
    table = dict(zip(SMALL, VNI, strict=True))
    table |= {letter.upper(): code.upper() for letter, code in table.items()}
    return "".join(table.get(letter, letter) for letter in text).encode("cp1252", "replace")


def as_windows_1258(text: str) -> bytes:
    written = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        written.append(unicodedata.normalize("NFC", decomposed.replace(tone, "")) + tone if tone else letter)
    return "".join(written).encode("cp1258", "replace")


ENCODERS = {Encoding.TCVN3: as_tcvn3, Encoding.VNI: as_vni, Encoding.WINDOWS_1258: as_windows_1258}


def test_all_134_letters_are_meant() -> None:
    assert len(set(LETTERS)) == 134
    assert len(set(TCVN3_BYTES)) == len(TCVN3_BYTES) == len(SMALL) == len(VNI) == 67


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_survives_vni_and_windows_1258(letter: str) -> None:
    assert to_unicode(as_vni(letter), Encoding.VNI) == letter
    assert to_unicode(as_windows_1258(letter), Encoding.WINDOWS_1258) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_survives_tcvn3_but_for_the_capitals_that_it_does_not_have(letter: str) -> None:
    expected = letter if letter in TCVN3_CAPITALS else letter.lower()
    assert to_unicode(as_tcvn3(letter), Encoding.TCVN3) == expected


@pytest.mark.parametrize(
    ("misread", "encoding", "meant"),
    [
        ("Céng hoµ x· héi", Encoding.TCVN3, "Cộng hòa xã hội"),
        (
            "Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc",
            Encoding.TCVN3,
            "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc",
        ),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", Encoding.TCVN3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Uû ban nh©n d©n x·", Encoding.TCVN3, "Ủy ban nhân dân xã"),
        ("NguyÔn", Encoding.TCVN3, "Nguyễn"),
        ("COÄNG HOØA XAÕ HOÄI", Encoding.VNI, "CỘNG HÒA XÃ HỘI"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", Encoding.VNI, "Độc lập - Tự do - Hạnh phúc"),
        ("Uyû ban nhaân daân xaõ", Encoding.VNI, "Ủy ban nhân dân xã"),
        ("Viê\u0323t Nam đô\u0323c lâ\u0323p", Encoding.WINDOWS_1258, "Việt Nam độc lập"),
        ("Viêòt Nam ðôòc lâòp", Encoding.WINDOWS_1258, "Việt Nam độc lập"),
    ],
)
def test_misread_text_is_recognised_and_put_right(misread: str, encoding: Encoding, meant: str) -> None:
    assert detect(misread) is encoding
    assert to_unicode(misread) == meant
    assert to_unicode(misread.encode("utf-8")) == meant


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("content", SOUND, ids=[number for number in SEEDS if number != "001"])
def test_a_whole_document_comes_back_from_each_code(encoding: Encoding, content: str) -> None:
    plain = content.translate(str.maketrans("“”–…’‘•", "\"\"-.''*"))
    data = ENCODERS[encoding](plain)
    assert detect(data) is encoding
    meant, found = house_style(plain), to_unicode(data)
    if encoding is Encoding.TCVN3:
        meant, found = meant.lower(), found.lower()
    assert found == meant


@pytest.mark.parametrize(
    "sound",
    [
        "",
        "Plain ASCII, khong dau, 100 %",
        "Le comité a été créé à l’école où l’élève français préfère la forêt; déjà vu, naïve, Noël, cœur.",
        "L’arrêté préfectoral précise les modalités d’accès à la bibliothèque près du château.",
        "Señor, ações não são às três; für über straße; Møllers hår är på.",
        "một mét, có bé mè, hòa lính, né thú",
        "Điều 5 § 2 · ± 3 °C × 4",
        "È vero: perciò la città è più bella, così come l’università.",
        *SEEDS.values(),
        *(line for content in SEEDS.values() for line in content.splitlines() if line.strip()),
    ],
)
def test_sound_text_other_languages_and_scanner_damage_are_no_legacy_code(sound: str) -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, sound)
        assert detect(text) is None
        assert to_unicode(text) == unicodedata.normalize("NFC", sound)
        assert detect(text.encode("utf-8")) is None


def test_french_bytes_of_windows_stay_french() -> None:
    french = "Le comité a été créé à l’école où l’élève préfère la forêt"
    assert detect(french.encode("cp1252")) is None
    assert to_unicode(french.encode("cp1252")) == french


@given(st.lists(st.sampled_from(sorted(_suggestions.counts())), max_size=12))
def test_no_row_of_possible_syllables_is_taken_for_a_legacy_code(syllables: list[str]) -> None:
    assert detect(" ".join(syllables)) is None


SENTENCES = st.lists(st.sampled_from(sorted(_suggestions.counts())), min_size=1, max_size=12).map(" ".join)


@given(SENTENCES, st.sampled_from(sorted(ENCODERS)))
def test_any_sentence_survives_a_code_that_is_named(sentence: str, encoding: Encoding) -> None:
    assert to_unicode(ENCODERS[encoding](sentence), encoding) == sentence


@given(SENTENCES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_sentence_survives_the_unicode_encodings(sentence: str, codec: str) -> None:
    assert to_unicode(sentence.encode(codec)) == sentence


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_without_a_mark(codec: str) -> None:
    data = SEEDS["000"].encode(codec)
    assert detect(data) is Encoding.UTF_16
    assert to_unicode(data) == SEEDS["000"]


def test_marks_of_byte_order_are_told_and_taken_away() -> None:
    assert detect(codecs.BOM_UTF8 + b"a") is Encoding.UTF_8_WITH_MARK
    assert detect("ấ".encode("utf-16")) is Encoding.UTF_16
    assert to_unicode(codecs.BOM_UTF8 + b"a") == to_unicode("\ufeffa") == "a"


@given(st.text() | st.binary(), st.none() | st.sampled_from(Encoding))
def test_anything_at_all_becomes_text_in_nfc(source: str | bytes, encoding: Encoding | None) -> None:
    detect(source)
    assert unicodedata.is_normalized("NFC", to_unicode(source, encoding))
