"""Invented documents of other shapes than the five real ones: letterheads, kinds, tables, blanks."""

from __future__ import annotations

TWO_COLUMNS = """\
ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ HÒA BÌNH                     Độc lập - Tự do - Hạnh phúc
   -------                          ---------------
 Số: 15/BC-UBND            Hòa Bình, ngày 05 tháng 01 năm 2026

                          BÁO CÁO
     Kết quả công tác cải cách hành chính quý IV năm 2025

Thực hiện Công văn số 1234/SNV-CCHC ngày 10/12/2025 của Sở Nội vụ về việc báo cáo công tác cải cách hành chính quý IV năm 2025, Ủy ban nhân dân xã Hòa Bình báo cáo như sau:

I. KẾT QUẢ
1. Công tác tuyên truyền
- Trong quý, xã đã tổ chức 12 cuộc với 339 lượt người tham dự.
- Phát 1.250 tờ rơi, 10 buổi phát thanh trên hệ thống loa truyền thanh, treo 14 băng rôn.
- Trang thông tin điện tử có hơn 3.500 lượt truy cập.
2. Giải quyết thủ tục hành chính
- Tiếp nhận 2.265 hồ sơ, trong đó trực tuyến 2.007 hồ sơ; tỷ lệ hồ sơ trực tuyến đạt 88,6%.
- Đã giải quyết 2.200 hồ sơ, đúng hạn 2.190 hồ sơ, quá hạn 10 hồ sơ.
- Mức độ hài lòng của người dân đạt 98,5%.
II. TỒN TẠI, HẠN CHẾ
Một số công chức còn chưa chủ động.
III. KIẾN NGHỊ, ĐỀ XUẤT
Đề nghị Sở Nội vụ tổ chức tập huấn.
IV. NHIỆM VỤ TRỌNG TÂM QUÝ I NĂM 2026
1. Tiếp tục tuyên truyền, phấn đấu đạt 100% kế hoạch.
2. Duy trì chuyên mục cải cách hành chính.
Trên đây là báo cáo của Ủy ban nhân dân xã./.

Nơi nhận:                               TM. ỦY BAN NHÂN DÂN
- Sở Nội vụ (để b/c);                        KT. CHỦ TỊCH
- TT Đảng ủy, TT HĐND xã;                   PHÓ CHỦ TỊCH
- Lưu: VT, VHXH.
                                          (Đã ký)

                                         Trần Văn Mẫu
"""

SO_BESIDE = """\
UBND HUYỆN NAM SÁCH
UBND XÃ NAM TRUNG
Số: 15/BC-UBND                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                               Độc lập – Tự do – Hạnh phúc
                               Nam Trung, ngày 14 tháng 6 năm 2024
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính;
Căn cứ Quyết định số 468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ phê duyệt Đề án đổi mới.
UBND xã Nam Trung báo cáo như sau:
1. Kết quả
1.1. Tuyên truyền
Xã đã đăng 20 tin, bài trên Trang thông tin điện tử, 15 bài trên fanpage và nhóm Zalo.
1.2. Tập huấn
Tổ chức 02 lớp tập huấn cho khoảng 80 người.
2. Phương hướng
- Tiếp tục thực hiện kế hoạch.
./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Thị Ví Dụ
"""

THONG_BAO = """\
ỦY BAN NHÂN DÂN
PHƯỜNG TÂN LẬP
Số: 07/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Lập, ngày 03 tháng 3 năm 2025

THÔNG BÁO
Về việc niêm yết công khai thủ tục hành chính thuộc thẩm quyền giải quyết của UBND phường

Thực hiện Quyết định số 145/QĐ-UBND ngày 20/02/2025 của Chủ tịch UBND tỉnh về công bố danh mục thủ tục hành chính, UBND phường Tân Lập thông báo như sau:
1. Niêm yết công khai 145 thủ tục hành chính thuộc 12 lĩnh vực tại Bộ phận một cửa.
2. Mọi phản ánh, kiến nghị gửi về số điện thoại 0220 3789 123.
Vậy thông báo để các tổ chức, cá nhân biết./.
Nơi nhận:
- Đảng ủy phường (để b/c);
- Các tổ dân phố (t/h);
- Lưu: VT.
CHỦ TỊCH

Lê Thị Thử
"""

CONG_VAN = """\
ỦY BAN NHÂN DÂN
XÃ ĐÔNG PHÚ
Số: 121/UBND-VHXH
V/v đẩy mạnh tuyên truyền cải cách
hành chính tháng 9 năm 2024

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đông Phú, ngày 02 tháng 9 năm 2024

Kính gửi:
- Các thôn trên địa bàn xã;
- Đài truyền thanh xã.

Thực hiện Kế hoạch số 05/KH-UBND ngày 12/01/2024 của UBND xã về tuyên truyền cải cách hành chính năm 2024, UBND xã đề nghị:
1. Các thôn tuyên truyền ít nhất 02 lần/tháng trên loa.
2. Đài truyền thanh xã phát 04 bản tin mỗi tuần.
Đề nghị các đơn vị nghiêm túc thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT, VHXH.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Phạm Văn Giả
"""

QUYET_DINH = """\
ỦY BAN NHÂN DÂN
XÃ AN BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/QĐ-UBND An Bình, ngày 20 tháng 02 năm 2025
QUYẾT ĐỊNH
Về việc kiện toàn Ban Chỉ đạo cải cách hành chính xã

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15;
Theo đề nghị của công chức Văn phòng - Thống kê.

QUYẾT ĐỊNH:

Điều 1. Kiện toàn Ban Chỉ đạo cải cách hành chính xã gồm 09 thành viên.
Điều 2. Ban Chỉ đạo có nhiệm vụ:
a) Xây dựng kế hoạch;
b) Kiểm tra, đôn đốc;
đ) Tổng hợp báo cáo.
Điều 3. Quyết định có hiệu lực từ ngày ký./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
Q. CHỦ TỊCH

Đỗ Văn Nháp
"""

APPENDIX_ORDER = """\
KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2024

I. MỤC ĐÍCH
Nâng cao nhận thức.
II. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND: Chủ trì, theo dõi, tổng hợp. Báo cáo định kỳ.
2. Công chức Văn hóa - Xã hội: Tham mưu nội dung tuyên truyền.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Vũ Văn Tạm

PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2024 của UBND xã Minh Tân)

TT Nội dung công việc Thời gian thực hiện Đơn vị chủ trì Đơn vị phối hợp Kết quả

1 Xây dựng kế hoạch tuyên truyền

Tháng 01/2024

Văn phòng UBND xã

Các thôn

Kế hoạch được ban hành

2 Phát bản tin trên loa truyền thanh

Mỗi tuần 02 buổi

Đài truyền thanh xã Các thôn

Bản tin

3 Tổ chức hội nghị đối thoại

Trước ngày 15/6/2024 Văn phòng UBND xã

Biên bản hội nghị
"""

MD_TABLE = """\
# KẾ HOẠCH
## Thực hiện công tác cải cách hành chính năm 2025

**I. MỤC TIÊU**

Đạt 95% hồ sơ đúng hạn.

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian |
|----|----------|-----------------|------------------|----------|-----------|
| 1 | Viết tin, bài | Văn hóa xã | Đoàn thanh niên | 48 tin, bài | Quý I, II, III |
| 2 | Họp giao ban | Văn phòng | | Biên bản | Hằng tháng |

*Nơi nhận:*
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN**
**CHỦ TỊCH**

**Ngô Thị Mẫu**
"""

TO_TRINH = """\
UBND XÃ HƯNG ĐẠO
VĂN PHÒNG
Số: 03/TTr-VP
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hưng Đạo, ngày 8 tháng 2 năm 2025

TỜ TRÌNH
Về việc đề nghị cấp kinh phí tuyên truyền cải cách hành chính

Kính gửi: Ủy ban nhân dân xã Hưng Đạo

Văn phòng kính trình UBND xã xem xét cấp 25 triệu đồng để in 2.000 tờ gấp và 20 pa nô.
Nơi nhận:
- Như kính gửi;
- Lưu: VP.
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Bùi Thị Nháp
"""

PAGES = """\
ỦY BAN NHÂN DÂN
XÃ TÂN TIẾN
Số: 88/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Tiến, ngày 12 tháng 9 năm 2024
BÁO CÁO
Kết quả tuyên truyền cải cách hành chính 9 tháng năm 2024
và phương hướng nhiệm vụ 3 tháng cuối năm

Thực hiện Kế hoạch số 30/KH-UBND ngày 25 tháng 01 năm 2024 của Uỷ ban nhân dân
\f2
huyện Gia Lộc về tuyên truyền cải cách hành chính năm 2024; UBND xã báo cáo:
I. Kết quả
Đã phát 120 phút phát thanh, đăng 60 tin bài, hướng dẫn trực tiếp cho gần 900 lượt
người tại Bộ phận một cửa. Tiếp nhận 06 phản ánh, kiến nghị.
II. Khó khăn
Kinh phí còn hạn hẹp.
III. Phương hướng, nhiệm vụ 3 tháng cuối năm
1. Công tác chỉ đạo
- Ban hành kế hoạch năm 2025.
2. Công tác tuyên truyền
- Đăng thêm 20 tin bài.
- Mở 01 hội nghị.
Nơi nhận:
- UBND huyện;
- Lưu: VT.
T/M ỦY BAN NHÂN DÂN
CHỦ TỊCH
Hoàng Văn Thử
"""

NGHI_QUYET = """\
HỘI ĐỒNG NHÂN DÂN
XÃ BÌNH MINH
Số: 09/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 18 tháng 12 năm 2024
NGHỊ QUYẾT
Về nhiệm vụ cải cách hành chính năm 2025
HỘI ĐỒNG NHÂN DÂN XÃ BÌNH MINH
KHÓA XX, KỲ HỌP THỨ 10
Xét Tờ trình số 45/TTr-UBND ngày 10 tháng 12 năm 2024 của UBND xã về nhiệm vụ cải cách hành chính;
QUYẾT NGHỊ:
Điều 1. Mục tiêu
1. Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 98%.
2. Có 02 mô hình dân vận khéo.
Điều 2. Tổ chức thực hiện
Giao UBND xã thực hiện.
TM. HỘI ĐỒNG NHÂN DÂN
CHỦ TỊCH
Mai Văn Ví
Nơi nhận:
- TT HĐND huyện;
- Lưu: VT.
"""

BLANK_DOTS = """\
ỦY BAN NHÂN DÂN
THỊ TRẤN THANH MIỆN
Số: ......./KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thanh Miện, ngày ...... tháng 01 năm 2024
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2024 trên địa bàn thị trấn
Thực hiện Kế hoạch số ...../KH-UBND ngày ...../01/2024 của UBND huyện về kiểm soát thủ tục hành chính; UBND thị trấn xây dựng kế hoạch như sau:
I. MỤC ĐÍCH
- Thực hiện giai đoạn 2021-2025, mức độ 3, mức độ 4 và Điều 12 Nghị định.
"""

LEGAL_TERMS = """\
BÁO CÁO
Công tác cải cách hành chính tháng 7 năm 2025

UBND xã Kim Xuyên báo cáo như sau:
I. KẾT QUẢ
Căn cứ khoản 2 Điều 15 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư, xã thực hiện 03 giải pháp trong giai đoạn 2021 - 2030, từ ngày 01/7/2025 đến ngày 31/7/2025; trong 7 tháng đầu năm có 5 thôn đạt 100% chỉ tiêu. Dịch vụ công mức độ 3, 4 được duy trì. Quý I có 2 cuộc họp.
"""
