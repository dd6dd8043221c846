"""Words that tell a private person's name from an office, a body or a place. Small; with marks or, where it is said, without."""

from __future__ import annotations

from dinhlang.vietnamese import surnames


def words_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_words = words_of


def _phrases(text: str) -> frozenset[str]:
    """What stands between commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


# The rarer ones beside the usual.
SURNAMES = surnames.SURNAMES | _words("vừ khúc tiết thiều ngụy đậu lỗ chế ong mang nhâm")

# Of these, the ones that also begin places and common words: alone with one more word they prove nothing.
DOUBTFUL = SURNAMES - _words(
    "nguyễn trần lê phạm huỳnh bùi đỗ ngô võ trịnh nghiêm khuất giàng phùng vừ sùng thào"
)

# Without marks a name of three words is sure with one of these, and only where nothing else has marks either.
BARE_SURNAMES = _words(
    "nguyen tran pham huynh hoang phan vu vo dang bui do ngo duong dinh trinh doan luong le"
)

# Written small, two or three of its words prove a name with one of these; others begin too many common words.
# Of these 'văn', 'thị' or another sure middle name is asked for.
MORE_SURNAMES = SURNAMES - _words("hồ lại tiêu vì bàn cứ lầu đôi then ma âu")
SURE_SURNAMES = _words(
    "nguyễn trần phạm huỳnh bùi đỗ đặng ngô võ phan vũ trịnh hoàng lê dương đinh đoàn trương lương hồ lò giàng sùng vàng thào vừ"
)
SURE_BARE = _words(
    "nguyen tran pham huynh hoang le bui do dang ngo vo phan vu trinh duong dinh doan truong luong"
)
# 'đang thi công', 'le phi', 'do van hanh': without marks these need 'văn' or 'thị' and no word of work after it.
DOUBTFUL_BARE = _words("le bui do dang ngo vo phan vu duong dinh doan truong luong trinh")

# 'văn hóa', 'thị trấn': here the middle name is no name.
NOT_AFTER_MIDDLE = _words(
    """hóa hoá phòng bản kiện thư học nghệ trấn xã trường hành hiện sát phần uỷ ủy chính bằng hoa phong ban kien hoc nghe tran truong hanh hien sat
    cong dua diem thuc dong chuyen khai nop lam de tai vat phan con chua xay dung nghiep giao minh"""
) - _words("hoa phong ban kien hien dung minh giao hanh cong truong tai")
BARE_NOT_NAMED = _phrases(
    """nguyen nhan, van hoa xa, van ban, van phong, van de, van dong, van chuyen, van hanh, van chua, van con, van khong, van phai, van xa, van do, van dang, van minh, thi cong, thi hanh, thi truong, thi tran, thi xa, thi diem,
    thi dua, thi phan, thi thuc, thi sat, van hoc, van nghe, van bang, van thu, van tai"""
)

# Whoever is called so is a person: what follows with a capital letter is the name.
CALLED = _words(
    "ông bà anh chị em cô chú bác dì cậu mợ thím cụ cháu bé thầy mẹ má bố vợ chồng con thằng sếp dượng mụ mự ổng bả mệ mế ả bạn"
)
SHORT_CALLED = _words("a c e ô b")
BARE_CALLED = _words(
    "ong ba anh chi em co chu bac di cau mo thim cu chau be thay me vo chong con thang a c e"
)
# After these a name written small is likely; after the others ('em', 'con') a verb is.
OF_OTHERS = _words("ông bà anh chị cô chú bác dì cậu mợ thím cụ thằng thg thầy sếp dượng mụ mự a c ô")
BARE_OF_OTHERS = _words("ong anh chi bac thim thang thg chu a c")
NUMBERED = _words("ong ba chu co di cau bac thim mo")
BETWEEN = _words(
    "giáo giao bé cháu cụ bà ông hàng xóm tên là trai gái dâu rể ruột họ nội ngoại re be chau cu ba ong ten la tên:"
)

# Who signs, owns, asks: a name may follow. Without marks.
CUES = (
    r"(?:ho va ten|ho ten|ten(?: (?:em|e|toi|minh|chau|con|con toi|con em|that|day du|me|bo|vo|chong|chu ho|khai sinh|cua (?:toi|em|chau|con)))?(?: la)?|"
    r"(?:toi|em|e|minh|chau|me|bo|vo|chong|con|no|con re|con dau|con nuoi|hang xom|biet danh|thuong goi|cha|day|chu quan|chu nha|chu xe|ba|ong|t|tui|chu tk|nguoi \w{2,6})(?: (?:toi|em|e|minh|chau|no|day))?(?: ten)? la|"
    r"nguoi (?:nop|yeu cau|gui|phan anh|nhan|duoc cap|lam don|viet don|bi hai|viet|khieu nai|to cao|lien he|mua|ban)(?: ho so| don| hang)?|"
    r"(?:con trai|con gai|em trai|em gai|anh trai|chi gai|chong|vo|bo|me|con|chau|ba ngoai|ong ngoai|ba noi|ong noi|hang xom)(?: cua)? (?:toi|em|e|minh|tui)|chu (?:(?:tiem|quan|vua|dai ly|xuong|lo|sap|shop|ghe|tau|vuon|trai)(?: [^\W\d_]{2,6})?|ho so|co so|ho|tk|tai khoan|dat|nha|xe|quan|sdt|tro|thau|hang|kiot|thua dat)|dai dien ho|ky ten|ky|dung ten|gui boi|kinh don|nick|fb|facebook|zalo|gap|lien he|(?:cho|xin|muon|toi|em|e) hoi|chao|cam on|trao doi voi|"
    r"(?:hs|ho so|don|so do|giay khai sinh|ket qua|hinh anh|gdinh|gia dinh|gd|dat|nha) (?:cua|cho|gia dinh|mang ten|ten|nha|ho)|cua|cho|ho|nha|gia dinh|gd)\s*[:\-]?\s*$"
)
# Here a family name must follow: 'công dân Nguyễn Lan', but also 'người dân Bến Trúc'.
# 'bà Sen là Quốc Anh': two given names at least.
OFTEN_CALLED = r"(?:bank|vcb|bidv|vietcombank|acb|agribank|tpbank|mb|stk|liet si|liet sy|thuong binh|anh hung|cuu chien binh|dang vien|ho|gia dinh|gd|ho kinh doanh|cong dan|nguoi dan|dong chi|d/c|hoc sinh|sinh vien|con|nan nhan|benh nhan|va|voi|chu ho)\s*:?\s*$"

# 'Bác Hồ', 'Bà Rịa', 'Cô Tô': together they name somebody of history, or a place.
NOT_CALLED = _phrases(
    """
    chi minh, bac si, bac tai, bac sy, bac ho, ba trieu, ba ria, ba trung, co to, ba na, ba den, ong ich khiem, ba dinh, co giang, ba vi, anh son, con cuong, ba be,
    ba thuoc, ba to, ba che, bo trach, bo ha, bac ai, ba chieu, bac ton, thay giao, ba chua, ba diem, ong dia, anh hung, me viet, ong lanh, ong trang
    """
)

# Written small these say something else: 'anh hưởng', 'chị em', 'cô đơn', 'chi phí' in a line without marks.
NOT_CALLED_SMALL = _phrases(
    """
    anh huong, anh sang, anh chup, anh em, anh chi, anh nay, anh ho, chi phi, chi tiet, chi nhanh, chi dao, chi tra, chi thi, chi tieu, chi hoi, chi bo, chi doan,
    chi can, chi em, chi so, chi cuc, chi duong, chi gioi, chi thuong, chi toan, chi trach, chi mong, chi nhan, chi thay, ba con, ba ngay, ba thang, ba nam, ba lan, ba tuan, ba muoi, ba noi, ba ngoai, ba gac, ba bau,
    co the, co nhieu, co quan, co so, co hieu, co hien, co trach, co tinh, co dinh, co phan, co hoi, co quyen, co duong, co dien, co hang, co an, co sinh, co don,
    co ca, co ba, co hai, co nam, co may, co tien, co thu, co su, co tu, co tai, co cong, co thong, co van, co viec, co luc, co the, co giao, co chu, co long, co ly, co anh, co hop, co loi, co mot,
    co sang, co hung, co phuong, co huong, co thanh, co dong, co bao, co bien, co ich, co mo, co toan, co kiem, co tin, co y, co nguy, co le, co dien, co hoa don, co dang, co gi, co xa, co ngoc,
    chu nhat, chu tich, chu dau, chu ho, chu yeu, chu y, chu truong, chu nha, chu xe, chu quan, chu dong, chu the, chu ky, chu lo, chu chuong, bac si, bac ninh, bac giang, bac kan, bac bo, bac nam, bac cau,
    ong nuoc, ong cong, ong dan, ong ba, be tong, be boi, be mac, be nho, em be, em gai, em trai, em xin, em o, con gai, con trai, con so, con duong, con dau, con ho, con nuoi, con nho, con lon, con bo,
    con trau, con ga, con nghe, con em, con cai, con thu, con nguoi, con moi, con tinh, con hen, con nam, con luoi, con khong, con kho, con khoang, con ngo, con doc, con song, con ngoan, con hem, con chau,
    me con, me gia, bo me, vo chong, chong gia, chau be, chau gai, chau trai, chau noi, cu gia, cu the, cu tri, cu nguoi, cu the, cu ngay, cu phai, di chuyen, di lai, di dan, di lam, di hoc, di san, di tich, di duong, di nam, di dong,
    thay doi, thay the, thay van, thay vao, thay rang, thay dong, cau chuyen, cau hoi, cau tra, cau cong, mo mang, mo rong, mo cua, mo hoi, mo ta, mo coi, thang nay, thang truoc, thang nam, thang hai, thang tu, thang ba, thang sau, thang muoi, thang may, thang bay,
    thang tam, thang chin, em dinh, em tinh, em dang, em can, em sinh, em mong, em dinh, em tinh, em cho, em thuong, em hoc, con sinh, chau sinh, anh trai, chi gai, ban hanh, ban an, ban tre, ban bao, ban than, ban dan,
    ban dem, ban hang, ban do, ban chinh, ban ngay, ban cong, ban quan, ban ve, ban giao, ban kinh, ban tin, vo cung, vo tinh, vo trach, vo ly, vo ich, vo hieu, cu tru, cu dan, cu xu, o to, c ho, a di, e xin, e o, e hoi, ca nha, b hai
    """
)
# Two words that are one: whoever 'hoa hồng' follows is not called Hoa.
TWO_WORDS = _phrases(
    """
    dang nhap, thuong pham, mien truy, phan khoi, hoa mat, chong mat, hoi phu, hoi nong, hoi cuu, hoi vien, hoi truong, thu ngan,
    truong thon, truong ap, truong xom, truong ban, truong ca, truong khu, truong phong, truong tram, can bo, pho chu, pho bi, bi thu, chu tich, chu nhiem, cong an,
    thu truong, thieu nhi, thieu nien, nhan dan, hieu truong, hieu pho, sinh nam, sinh ngay, sinh ra, sinh con, hung liet, hung lao, hung luc, tru tai, tru o, nhac to, nhac song, sinh song, sinh hoat, bao ve, bao gio, bao nhieu, bao lau, bao cao,
    thu phi, thu hoi, thanh pho, thanh vien, thanh thao, thanh cong, thanh lap, minh bach, minh hoa, gia dinh, gia han, gia tien, gia hoa, quang cao, quang nam, quang binh, quang tri, quang ninh, quang ngai, hai phong, hai duong,
    quoc lo, quoc gia, quoc phong, quoc khanh, phuong tien, thuy loi, thuy dien, thuy san, hong thuy, anh huong, anh em, anh chi, kim loai, viet nam, xuan nay, hoang mang, khanh thanh, duy tu, duy tri, hien hoc, hien o, hien khong, hien da,
    nam dau, hoc lop, dung may, dung nuoc, dung dien, lan hai, lan ba, nhat ky, vinh vien, tan cong, tan dung, dinh ky, dinh muc, van de, van ban, cong nghe, cong dong, cong tac, cong vien, cong suat, ba con, ba bon, my thuat, chi phi, chi tiet,
    sinh vien, cong nhan, nhan vien, giao vien, quan nhan, thanh nien, hoc sinh, cong an, cong chuc, cong dan, cong ty, cong trinh, cong khai, chinh quyen, chinh sach, phu nu, lao dong, thu tuc, thuong binh, thuong tru, thuong xuyen,
    tam tru, tam than, tam vang, bao hiem, bao ve, bao ke, bao luc, dinh danh, quyen loi, hoa don, hoa mau, mai tang, lam viec, lam sao, nam nay, nam ngoai, nam truoc, nam sau, mai xa, thu tien, thu gom, thu quy, thu nhap, tien dien, tien nuoc, tien dat,
    dien thoai, dien luc, dien nuoc, huong dan, huong dung, hien nay, hien tai, hien dang, hanh chinh, hang xom, hang thang, hang ngay, phuong an, phuong tien, hoan canh, hoan thanh, tinh trang, tinh tien, thanh toan, thanh tra, quan ly, quan tam, quan nhau, quan karaoke,
    doan thanh, duong day, duong pho, duong xa, dong y, dong tien, dong bao, dong dan, an ninh, an toan, an tam, an xin, y te, y kien, toan bo, toan xa, so do, ho tro, ho so, ly hon, ly do, ly lich, ban hang, tai khoan, tai sao, tai san, tai nan,
    cha me, chung toi, chung cu, chung minh, chung thuc, thuong luong, vi tri, vi pham, van hoa, vien chuc, dan toc, dan cu, cong lao, uy ban, uy quyen, hai lan, ba lan, sau khi, sau nay, nam vien, truc tiep, trinh bao, khai sinh, khai tu, khai bao, sang ten, sang nhuong, hieu sai, nghi huu, nghi hoc, nghi viec,
    hang hoa, thang nay, tuan nay, tuan truoc, tuan sau, cuong che, phong chay, phong kham, phong trao, dang ky, dang ki, mong xa, mong muon, sen da, lan chiem, lan can, lan dat, lan truoc, lan nay, lan dau, lan le, dung chan, dung ten, dung so, dung khong, hien lanh, my pham, chi hang xom
    """
)
# Given names that are verbs or common words after 'em', 'con', 'cháu', 'bé': with marks, and without.
MARKED_VERBS = _words(
    "viết tiêm soạn khuyên truyền thương tiếp tuyển hoạt định tính đang đăng cần sinh toàn mai lại theo thường được bảo chính công thật tới năm hai ba tư sáu bảy tám chín mười an thu quyết hướng hiến nên tập thi thêm thực tiếp trình vui yêu tự ty"
)
VERBS = _words(
    """nham lo quen dinh tinh dang can sinh toan mai lai theo quyen hieu hoc cho thuong mong luon len mung biet sau hai ba nam bay tam tu di den o co ca an thu ty uy ban viet sang
    tu thi van thanh tam hoi gui nop lam ve ngoi bi chi chinh hien huong truc bao dam dan doi dong dung giang hop huy khai kien luat nghi ngoan nhan nhat nhieu nhu noi phat hong hu dau
    quy thay thuc tiep tra trinh truong tuan vi vay vui xin xa xanh yen yeu cong cam cung the moi muon gai trai nuoi no it lon nho ra vao ngoai trong mat tot"""
)
# Given names that go on a sentence: after a name they are no part of it.
COMMON = _words(
    """có ở là bị và với cho thì mà hay đã sẽ đang không chưa cũng còn rồi ạ xây xả nuôi bán làm sửa đi đến về ra vào lên xin hỏi gửi nộp mong hẹn nói chờ lấn chiếm mở đổ nhờ
    năm ba hai tư sáu bảy tám chín mười thu ca mai sau nay chính được như tới thường đứng tên dựng hướng hiện sinh an tài đất thật tốt tiếp
    co o la bi va voi thi ma da se dang khong chua cung con roi xay xa nuoi ban lam sua di den ve len hoi gui nop hen noi cho lan chiem mo do nho nam hai tu sau duoc nhu toi sinh ten"""
) - {"lan"}
# Names that are common words as soon as their marks are gone.
BARE_COMMON = _words(
    """tuan nam thang lan hoa hien huyen phuong huong hang dung hieu ban dan dang dat den dien dinh do doan dong duong gia giang hai ha hoan hoi hop khai khoan kien la lai len loi luc luong
    mai mong muon nay nen nghi ngoai nha nhan nhat nhieu nhu noi nuoc phai phan phat phi quan quy quyen ra sau sinh so tai tam tang tap the theo thi thoi thu thua thuc thuong tien tiep tin tinh to toi tot
    tra tren trong truoc truong tu uy van ve vi vien viet vo vu xa xanh xay xin y yeu ba bon bay chin muoi an ban bao bi ca can chi chinh cho chua con cong cung di gi het ho khong lam moi mot ngay nop gui
    o roi thay ten than dau dem doi bien cam chuyen hanh luat ly my thong truc trinh sang don nhung luu ly do chung chuong khi yen y sau tri """
)
BARE_SURELY_CALL = _words("anh chi ong chau be chu bac thim c a")
BARE_NEVER = _words(
    """can nay thi la co o khong chua di den ra vao ve da se bi xin hoi noi gui nop lam xay mong muon phai nen cho ba bon mot moi ngay con cung duoc y ca gi het ho roi thay ten
    phi tiet em chinh tinh toan nhieu so xa nam thang toi ban cong dang theo the thoi the tren trong truoc sau dau dem"""
)
NAMED_BEFORE = _words("con o nha lop bi sinh sn va la hoc")
BARE_NUMBERS = _words("tu bay tam chin muoi sau ut")
# Written small these are verbs after whoever is called.
ALWAYS_VERBS = _words(
    "nuôi chuyên nghề lớn nhẹ bảo định tính cần được lên đường hiểu như toàn theo mới đang hẹn biết mong nhờ thật mai hai ba lại luôn cùng xa"
)
COUNTED = _words(
    """nguoi ngay nam thang lan dua con chau nha ho cai tuoi gio tuan tieng trieu tram nghin ngan muoi phut ki ky kg met m can anh em cay chiec dong thon xa to nay nua roi ngoai cuoi so hom qua kia
    buoi xe noi phia bo va hoac bua mat bien"""
)
BEFORE_A_CONTACT = _words("gap la lh he goi dt sdt alo ten voi cho nhan so cua qua zalo")
NOT_CUED = _words(
    "that nguoi dan cong mot chu xa so ho su viec ngay nhung cac em e toi minh chau con bo me vo chong khong co gi ai dung thu tuc don giay hang day the noi nha hoc sinh sinh vien can bo chua da bi duoc rat"
)
NOT_CUED_CAPITALS = _words(
    "cảnh trường trưởng thống khoản điểm luật nghị thông chính trung giấy công bước văn ngân bộ quyết điều hội bảo kinh tổng thủ ủy chủ tài thuế phó sở"
)
WEAK_CUES = _words("he hoi cua cho nha ho chao zalo fb facebook nick ky gd on voi")
GOES_ON = _words("a o e em xin hoi sn sinh sdt dt nha muon dang ngu tru day va phan can co toi minh")
BARE_FAMILY = _words(
    """nguyen tran le pham huynh hoang phan vu vo dang bui do ngo duong dinh trinh doan truong luong ly cao mai ha dao lo giang sung vang thao vu ho ta lam chu phung ma hau nong be trieu thach danh son kim to thai ta quach lai ninh mac tong lu kieu bach nghiem khuc luc tang luu lam"""
)
# Written small without marks a name of three words is likely with one of these in the middle.
BARE_LIKELY_MIDDLE = _words(
    "van thi duc ngoc quang xuan thanh quoc hoai gia duy hoang minh huu dinh thu bich hong thuy tuan manh nhat hai khanh viet kim cong ba my phuong tien trong chi phuc vinh tan nguyen huy nhu cam nhu"
)
BARE_NOT_LAST = _words(
    """co o la di den ve ra vao cho bi da duoc khong chua dang se thi ma va voi hay nay kia do la len xin hoi noi can phai nen con cung rat moi mot   bon    muoi
    tien so nha nuoc dien dat xa thon   cao    ngay thang tuan gio     nhieu hon tren duoi trong ngoai """
)
# 'dương tính', 'lê la', 'phạm vi', 'trần nhà': written small no names.
NOT_FAMILY = _phrases(
    "mùa thu, mùa xuân, mùa đông, mùa hạ, mùa màng, mùa mưa, thái độ, đào tạo, châu á, lâm nghiệp, mai này, cao nhất, lý do, tô điểm, hà nội, dương tính, lê la, phạm vi, trần nhà, phạm tội, phạm luật, võ thuật, đặng là, hồ sơ, hoàng hôn, dương lịch, lương thực, lương tháng, lương tâm, trương trình, đoàn thanh, đoàn kết, đinh ninh, vũ trang, hồ nước, hồ bơi, phan rang, đỗ xe, bùi ngùi"
)
OF_PEOPLES = _words(
    """zơ tráng chau kon lù lồ lèo lỳ hờ hảng cháng chẻo chớ thền sình phàng pờ voòng chíu sẳm hwing krajan liêng kpuih pinăng néang neang bơnah rơ ksor siu kpă nay rah rmah puih alê pơloong zơrâm bling bríu cơlâu hôih ating tơngôl coor arâl ka điểu bnướch blúp hiên thạch danh sơn kim châu neáng đạo lộ thập đàng quảng bá hứa katơr chamaléa pi
    mấu cao tà xa xồng hạ lầu và vừ mùa thào sùng giàng lý phàn tẩn chảo lò quàng cà vì tòng lường hmok niê mlô ayun êban kbuôr ênuôl buôn byă knul rcom ama ami kră pang ting cil kơ bon đrong lơ mu"""
) - _words("nay buôn và xa hạ quảng bá hiên cao")
NOT_OF_A_PEOPLE = _phrases(
    "y te, a luoi, a vao, y ty, a mu, a doi, a roang, a tuc, a bung, a ngo, a di, a chau, y jut, y ngong, y yen, a lu thon, y phuong"
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
    r"(?:ngã tư|ngã ba|ngã năm|đoạn|giao|vòng xoay|bùng binh|phố đi bộ|đường|phố|ngõ|ngách|hẻm|xã|phường|thị trấn|thị xã|thành phố|tp\.?|quận|huyện|tỉnh|thôn|ấp|bản|(?<!già )làng|xóm|buôn|"
    r"khu|khu phố|khu dân cư|tổ dân phố|tổ|trường|trường học|đại học|cao đẳng|thcs|thpt|th|tiểu học|mầm non|mẫu giáo|chợ|cầu|cống|"
    r"sông|hồ|núi|đảo|đền|chùa|đình|miếu|lăng|tượng đài|công viên|quảng trường|vườn hoa|bệnh viện|trạm y tế|nhà văn hóa|hội trường|"
    r"nhà tưởng niệm|nhà lưu niệm|đền thờ|khu di tích|khu lưu niệm|lễ hội|bia|tượng|bảo tàng|nhà truyền thống|rạp|phà|bến phà|bến xe|thác|hang|rừng|cù lao|sân vận động|công nghiệp|quỹ|giải|giải thưởng|học bổng|công ty|công ty tnhh|công ty cổ phần|doanh nghiệp|"
    r"hợp tác xã|nhà máy|ngân hàng|siêu thị|cửa hàng|nhà xuất bản|nhà trường|nhà thờ|di tích|cụm dân cư|chi bộ|trại|ga|bến|đèo|"
    r"đoàn|liên đội|chi đội|lớp|cuộc thi|phong trào|chương trình|tư tưởng|lăng bác|đập|kênh|vịnh|quần đảo|đặc khu|khối)"
)
# In a line without marks 'cho' is 'cho' before it is a market.
BARE_PLACE_WORDS = (
    r"(?:duong|pho|ngo|ngach|hem|xa|phuong|thi tran|thi xa|thanh pho|tp\.?|quan|huyen|tinh|thon|ap|xom|buon|khu|khu pho|to dan pho|truong|thcs|thpt|"
    r"tieu hoc|mam non|kenh|benh vien|cong ty|cau|san van dong|nga tu|nga ba|nga nam|khu dan cu|cong vien|doan|vong xoay|cong vien|mat tran|chua|dinh|den|cho ba)"
)

# In office nobody is private.
TITLES = (
    r"lanh dao|tram truong|pho truong|(?:pho |quyen |nguyen pho )?(?:chu tich(?: nuoc)?|chu nhiem|bi thu|giam doc|tong giam doc|chanh van phong|chanh thanh tra|"
    r"truong phong|truong ban|truong cong an|truong thon|truong ap|truong ban|truong khu|truong xom|truong tram|truong dai|"
    r"truong bo phan|truong khoa|to truong|hieu truong|chi huy truong|chinh uy|bo truong|thu truong|thu tuong|tong bi thu|vien truong|"
    r"chanh an|uy vien|uy vien|truong doan|truong tieu ban|phu trach|thuong truc)"
    r"|(?:anh|chi|chu|ong|ba|co|em|dong chi) (?:cong an|can bo|dia chinh|tu phap|kiem lam|csgt)|pho ct|ct xa|ct phuong|pct|bi thu|can bo|truong ca|ca xa|ca phuong|canh sat(?: khu vuc| giao thong)?|chien si|cong an (?:xa|phuong|huyen|vien|khu vuc)|csgt|csvk|dai bieu|cong chuc|vien chuc|nhan vien|can bo|chuyen vien|dai bieu|thanh tra vien|phat thanh vien|bien tap vien|bao cao vien|"
    r"tuyen truyen vien|ke toan|thu quy|van thu|tham phan|kiem sat vien|chi cuc truong|cuc truong|vu truong|dieu tra vien|chap hanh vien|cong chung vien|ho giai vien|hoa giai vien|doi truong(?: csgt| canh sat| cong an| quan ly)|cong an vien|giao vien|bac si tram|dang uy vien|thuong ta|"
    r"trung ta|thieu ta|dai uy|thuong uy|trung uy|dai ta|thieu uy"
)

# What may stand between a title and the name of who holds it: the body, never a deed. With marks: 'tài' chính, not 'tại' nhà.
OF_A_BODY = _words(
    """
    xã phường huyện tỉnh quận thị trấn thành phố thôn ấp bản xóm khu tổ dân cư nhân ủy uỷ ban hội đồng công an phòng văn hóa
    thông tin tư pháp hộ tịch địa chính xây dựng tài kế trung tâm phục vụ hành một cửa nữ đoàn thanh niên nông cựu chiến binh
    mặt quốc chi bộ đảng ubnd hđnd mttq ubmttq đ/c kiểm thường trực thuộc nội giáo dục đào tạo khoa học nghệ y tế môi trường
    nước sở phụ trách lĩnh vực quân sự chuyên cấp là lương chủ phó thủ trưởng giám đốc
    trạm trường thcs thpt tiểu mầm non mặt trận phụ chính công tiếp nhận trả kết quả kinh hạ tầng sự nghiệp đô thị khoa hợp tác các bí
    """
)
BODY_PHRASES = (
    r"hoi (?:nguoi cao tuoi|chu thap do|khuyen hoc|lam vuon|dong y|bao tro|nguoi mu|nan nhan chat doc da cam)|bo phan (?:mot cua|tiep nhan va tra ket qua)(?: giai quyet thu tuc hanh chinh)?|tiep nhan va tra ket qua|van hoa va thong tin|van hoa va xa hoi|"
    r"van hoa\s*[-–]\s*xa hoi|hoi dong nhan dan va uy ban nhan dan|hdnd va ubnd|dang uy|uy ban mat tran to quoc(?: viet nam)?|tu phap\s*[-–]\s*ho tich|"
    r"van phong\s*[-–]\s*thong ke|to cong nghe so cong dong|dai truyen thanh|dia chinh\s*[-–]\s*xay dung|kinh te(?: va ha tang)?"
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
    hoang quoc viet, hoang van thu, bui thi xuan, le thanh nghi, nguyen chi thanh, dao duy tu, mac thi buoi, ho ngoc lan, nguyen trung truc, nguyen sinh sac, phan dang luu, nguyen huy tu, truong dinh, nguyen tri phuong, ngo gia tu, tran binh trong, tran quoc toan, tran quang dieu, tran quang khai,
    phan ke binh, tran cao van, huynh thuc khang, nguyen thai hoc, pham hung, vo van kiet, vo chi cong, tran van giau, le van luong, truong chinh, phan huy chu, phan huy ich, nguyen truong to, le lai, dinh cong trang,
    nguyen thong, nguyen khuyen, luong the vinh, le van huu, cao ba quat, ngo thi nham, bui huu nghia, doan thi diem, to ngoc van, nguyen hien, vu a dinh, cu chinh lan, be van dan, phan dinh giot, to vinh dien, la van cau, ly thai tong,
    phung hung, trieu viet vuong, duong dinh nghe, khuc thua du, ngo si lien, nguyen si sach, luong van can, le van tam, nguyen ba ngoc, dang thuy tram,
    """
)

# Provinces, cities and other places that begin like a family name.
PLACES = _phrases(
    """
    ha noi, ha nam, ha tinh, ha giang, ha dong, ha long, ho tay, cao bang, cao lanh, mai chau, ly nhan, ly son, lam dong, lam thao,
    luong son, luong tai, thai nguyen, thai binh, thai thuy, thai lan, bach dang, bach long vi, bach khoa, to quoc, dong nai,
    ho guom, lao cai, dang vien, dang uy, dang bo, quang ninh, quang nam, quang ngai, quang tri, quang binh, quang xuong, son la,
    son tay, thach that, thach ha, chau thanh, chau doc, chau a, chau au, duong lich, truong sa, hoang sa, mai son, tan phu,
    kon tum, kon plong, kon ray, kon dao, kon chu, phan rang, phan thiet, vu quang, vu thu, ma cao, vo nhai, doi moi, bo truong, do son, do luong, dinh lang, dinh hoa,
    hoang mai, hoang hoa, hoang su phi, truong son, giang thanh, tran de, tran yen, phung hiep, phu tho, le thuy, lam binh, cao phong,
    cao loc, ha trung, ha hoa, danh muc, duong kinh, an duong, bui xa, tran van thoi, le chan, ngo may, dinh quan, dam doi, lai chau,
    lai vung, vi thanh, vi xuyen, vi thuy, ly hoa, tong cuc, to trinh, cu chi, cu jut, kha nang, dieu le, dieu kien, mac du, nong thon,
    nong dan, nong nghiep, trieu phong, trieu son, tay ninh, dao tao, truong thon, sung suong, chu tich, tang cuong, khong ngung
    """
)
