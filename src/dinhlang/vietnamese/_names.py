"""Words that tell a private person's name from an office, a body or a place. Folded, unless said otherwise."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    """What stands between commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


# Family names, with their marks: 'Trịnh' is one, 'Trình' begins a sentence.
SURNAMES = _words(
    """
    nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ ngô dương đinh trịnh đoàn vương trương lưu tạ nghiêm khuất giàng
    sùng vàng thào lò quàng hầu châu ma then điểu ksor siu đàm phùng mạc lâm triệu lương quách thạch danh sơn lý hồ cao mai tô
    hà đào thái tống kiều bạch vi lữ lư kha nông hứa chu âu cù khổng thân phí đôi bồ lại tiêu nhữ tăng diệp lục lầu mùa hạng
    cứ hờ chảo tẩn phàn bàn tôn ninh quản giáp mẫn doãn trà bế vì cầm lường tòng quế cấn
    """
)

# Of these, the ones that also begin places and common words: alone with one more word they prove nothing.
DOUBTFUL = SURNAMES - _words("nguyễn trần lê phạm huỳnh bùi đỗ ngô võ trịnh nghiêm khuất giàng phùng")

# Without marks a name of three words is sure with one of these, and only where nothing else has marks either.
BARE_SURNAMES = _words(
    "nguyen tran pham huynh hoang phan vu vo dang bui do ngo duong dinh trinh doan luong le"
)

# Written small, a name is only sure with its middle name.
SMALL = (
    r"(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|đinh|trịnh|đoàn|lương|hà|mai|cao|đào|lý) (?:văn|thị)|"
    r"(?:nguyen|tran|le|pham|huynh|hoang|phan|vu|vo|dang|bui|do|ngo|duong|dinh|trinh|doan|luong) (?:van|thi)"
)

# 'văn hóa', 'thị trấn': here the middle name is no name.
NOT_AFTER_MIDDLE = _words(
    "hóa hoá phòng bản kiện thư học nghệ trấn xã trường hành hiện sát phần uỷ ủy chính bằng"
)

# Whoever is called so is a person: what follows with a capital letter is the name.
CALLED = (
    r"(?:ông|bà|anh|chị|em|cô|chú|bác|dì|cậu|mợ|cụ|cháu|bé|thầy|mẹ|vợ|chồng|chủ hộ|"
    r"(?:họ và tên|họ tên|tên|người nộp(?: hồ sơ)?|người yêu cầu|người gửi|người phản ánh|người nhận|người được cấp|"
    r"chủ hồ sơ|chủ cơ sở|đại diện hộ)\s*:)"
)
# Here a family name must follow: 'công dân Nguyễn Lan', but also 'người dân Bến Trúc'.
OFTEN_CALLED = r"(?:hộ|gia đình|hộ kinh doanh|công dân|người dân|đồng chí|đ/c|học sinh|sinh viên|con|nạn nhân|bệnh nhân)\s*:?"

# 'Bác Hồ', 'Bà Rịa', 'Cô Tô': together they name somebody of history, or a place.
NOT_CALLED = _phrases(
    """
    bac ho, ba trieu, ba ria, ba trung, co to, ba na, ba den, ong ich khiem, ba dinh, co giang, ba vi, anh son, con cuong, ba be,
    ba thuoc, ba to, ba che, bo trach, bo ha, bac ai, ba chieu, bac ton, thay giao, ba chua, ba diem, ong dia, anh hung, me viet, ong lanh, ong trang
    """
)

# What stands after such a word with a capital letter and is nobody's name. With its marks: 'Phường' is none, 'Phượng' is one.
NOT_A_NAME = _words(
    """
    hội đội ủy uỷ ban đảng phòng sở bộ tổ ubnd hđnd mttq thôn xã phường quận huyện tỉnh báo quốc việt mặt khối cụm
    vnpt vneid zalo facebook cchc tthc dvc
    """
)

# After these a name is that of a place, a school, a firm or a prize.
PLACE_WORDS = (
    r"(?:đường|phố|ngõ|ngách|hẻm|xã|phường|thị trấn|thị xã|thành phố|tp\.?|quận|huyện|tỉnh|thôn|ấp|bản|làng|xóm|buôn|"
    r"khu|khu phố|khu dân cư|tổ dân phố|tổ|trường|trường học|đại học|cao đẳng|thcs|thpt|th|tiểu học|mầm non|mẫu giáo|chợ|cầu|cống|"
    r"sông|hồ|núi|đảo|đền|chùa|đình|miếu|lăng|tượng đài|công viên|quảng trường|vườn hoa|bệnh viện|trạm y tế|nhà văn hóa|hội trường|"
    r"sân vận động|công nghiệp|quỹ|giải|giải thưởng|học bổng|công ty|công ty tnhh|công ty cổ phần|doanh nghiệp|"
    r"hợp tác xã|nhà máy|ngân hàng|siêu thị|cửa hàng|nhà xuất bản|nhà trường|nhà thờ|di tích|cụm dân cư|chi bộ|trại|ga|bến|đèo|"
    r"đoàn|liên đội|chi đội|lớp|cuộc thi|phong trào|chương trình|tư tưởng|lăng bác|đập|kênh|vịnh|quần đảo|đặc khu|khối)"
)

# In office nobody is private.
TITLES = (
    r"(?:phó |quyền |nguyên phó )?(?:chủ tịch(?: nước)?|chủ nhiệm|bí thư|giám đốc|tổng giám đốc|chánh văn phòng|chánh thanh tra|"
    r"trưởng phòng|trưởng ban|trưởng công an|trưởng thôn|trưởng ấp|trưởng bản|trưởng khu|trưởng xóm|trưởng trạm|trưởng đài|"
    r"trưởng bộ phận|trưởng khoa|tổ trưởng|hiệu trưởng|chỉ huy trưởng|chính ủy|bộ trưởng|thứ trưởng|thủ tướng|tổng bí thư|viện trưởng|"
    r"chánh án|ủy viên|uỷ viên|trưởng đoàn|trưởng tiểu ban|phụ trách|thường trực)"
    r"|công chức|viên chức|cán bộ|chuyên viên|đại biểu|thanh tra viên|phát thanh viên|biên tập viên|báo cáo viên|"
    r"tuyên truyền viên|kế toán|thủ quỹ|văn thư|thẩm phán|kiểm sát viên|công an viên|giáo viên|bác sĩ trạm|đảng ủy viên|thượng tá|"
    r"trung tá|thiếu tá|đại úy|thượng úy|trung úy|đại tá|thiếu úy"
)

# What may stand between a title and the name of who holds it: the body, never a deed. With marks: 'tài' chính, not 'tại' nhà.
OF_A_BODY = _words(
    """
    xã phường huyện tỉnh quận thị trấn thành phố thôn ấp bản xóm khu tổ dân cư nhân ủy uỷ ban hội đồng công an phòng văn hóa
    thông tin tư pháp hộ tịch địa chính xây dựng tài kế trung tâm phục vụ hành một cửa nữ đoàn thanh niên nông cựu chiến binh
    mặt quốc chi bộ đảng ubnd hđnd mttq ubmttq đ/c kiểm thường trực thuộc nội giáo dục đào tạo khoa học nghệ y tế môi trường
    nước sở phụ trách lĩnh vực quân sự chuyên cấp là lương chủ phó thủ trưởng giám đốc
    """
)
BODY_PHRASES = (
    r"bộ phận (?:một cửa|tiếp nhận và trả kết quả)(?: giải quyết thủ tục hành chính)?|tiếp nhận và trả kết quả|văn hóa và thông tin|văn hóa và xã hội|"
    r"văn hóa\s*[-–]\s*xã hội|hội đồng nhân dân và ủy ban nhân dân|hđnd và ubnd|đảng ủy|ủy ban mặt trận tổ quốc(?: việt nam)?|tư pháp\s*[-–]\s*hộ tịch|"
    r"văn phòng\s*[-–]\s*thống kê|tổ công nghệ số cộng đồng|đài truyền thanh|địa chính\s*[-–]\s*xây dựng|kinh tế(?: và hạ tầng)?"
)

# Nobody's private name any more: they stand for streets, schools, prizes.
OF_HISTORY = _phrases(
    """
    ho chi minh, bac ho, nguyen ai quoc, tran phu, le loi, nguyen trai, nguyen du, le duan, vo nguyen giap, phan boi chau,
    phan chu trinh, phan chau trinh, tran hung dao, quang trung, ngo quyen, ly thuong kiet, le hong phong, nguyen van cu,
    nguyen van linh, nguyen van troi, chu van an, hai ba trung, ba trieu, dinh tien hoang, nguyen thi minh khai, nguyen hue,
    nguyen binh khiem, ton duc thang, hoang dieu, hoang hoa tham, ly thai to, tran nhan tong, le dai hanh, le thanh tong,
    vo thi sau, pham van dong, pham ngu lao, ly tu trong, kim dong, nguyen luong bang, le quy don, ly nam de, mac dinh chi,
    phan dinh phung, nguyen cong tru, nguyen dinh chieu, ho xuan huong, to hieu, to huu, nguyen duc canh, pham hong thai,
    hoang quoc viet, hoang van thu, bui thi xuan, le thanh nghi, nguyen chi thanh, dao duy tu, mac thi buoi, ho ngoc lan,
    """
)

# Provinces, cities and other places that begin like a family name.
PLACES = _phrases(
    """
    ha noi, ha nam, ha tinh, ha giang, ha dong, ha long, ho tay, cao bang, cao lanh, mai chau, ly nhan, ly son, lam dong, lam thao,
    luong son, luong tai, thai nguyen, thai binh, thai thuy, thai lan, bach dang, bach long vi, bach khoa, to quoc, dong nai,
    ho guom, lao cai, dang vien, dang uy, dang bo, quang ninh, quang nam, quang ngai, quang tri, quang binh, quang xuong, son la,
    son tay, thach that, thach ha, chau thanh, chau doc, chau a, chau au, duong lich, truong sa, hoang sa, mai son, tan phu,
    phan rang, phan thiet, vu quang, vu thu, ma cao, vo nhai, doi moi, bo truong, do son, do luong, dinh lang, dinh hoa,
    hoang mai, hoang hoa, hoang su phi, truong son, giang thanh, tran de, tran yen, phung hiep, phu tho, le thuy, lam binh, cao phong,
    cao loc, ha trung, ha hoa, danh muc, duong kinh, an duong, bui xa, tran van thoi, le chan, ngo may, dinh quan, dam doi, lai chau,
    lai vung, vi thanh, vi xuyen, vi thuy, ly hoa, tong cuc, to trinh, cu chi, cu jut, kha nang, dieu le, dieu kien, mac du, nong thon,
    nong dan, nong nghiep, trieu phong, trieu son, tay ninh, dao tao, truong thon, sung suong, chu tich, tang cuong, khong ngung
    """
)
