"""Given and middle names with their marks: what a word written small after 'chị' or 'nguyễn' must be to count as a name."""

from __future__ import annotations

from dinhlang.vietnamese.redaction.line import bare
from dinhlang.vietnamese.text import house_style

_GIVEN = """
    an ân ái anh ánh ảnh ba bách bạch bắc bảo bằng bảy béo bền bích biên biển bình bính bống bông bưởi ca cam cảnh cát cần cẩm cầm cẩn châu chi chí chiến chiêu
    chinh chính chiều chuyên chung chương chuẩn cảm công cúc cương cường cử cừ dần danh dân dậu diễm diễn diện diệp diệu din dinh dịu doan doanh duẩn dục dung dũng duy duyên
    dư dự dương dưỡng đa đại đam đan đang đào đạo đạt đăng đằng đậu điềm điền điệp điệu đình đỉnh định đoan đoàn đô đông đồng độ đôn đức đường được
    em én gái gấm gia giang giáp giàu giảng hà hạ hạc hải hai hán hàn hạnh hào hảo hảnh hằng hân hậu hiên hiền hiển hiến hiếu hiệp hiệu hinh hoa hoà hòa hoài hoàn hoan hoán
    hoàng hoạt hoạch hồ hồi hội hồng hợi hợp hơn huân huấn huệ hùng huy huyên huyền huỳnh hưng hương hường hưởng hướng hữu hựu kha khá khai khải khang khanh khánh
    khảo khâm khiêm khiết khoa khoái khoan khoát khôi khuê khuyên khương kiên kiểm kiệm kiệt kiều kim kính kỳ kỷ lạc lài lam lãm lan lành lâm lân lập lê lệ lễ len lên liêm liên liễu
    linh lĩnh loan loát lộc lôi lợi lơn luân luận luật lụa luyến luyện lư lực lưu lương lượng lượt ly lý mai mại mãn mạnh mão mẫn mận mầu mậu mây mến mị miên miền
    minh mỉnh mơ mùi mừng mười mỹ my na nam năm năng nết nga ngà ngạn ngân nghi nghị nghĩa nghiêm nghiệp ngoan ngọ ngọc ngọt ngôn ngộ nguyên nguyện nguyệt nhã nhài nhàn nhạn
    nhân nhẫn nhật nhi nhị nhiên nhiệm nhỏ như nhu nhung nhuận nhường nhượng nhựt ninh nương nữ oanh pha phát phẩm phận phi phong phổ phú phúc phùng phụng phước phương phượng
    quang quảng quân quế quốc quy quý quyên quyền quyết quyến quỳnh sa sách san sang sáng sanh sáu sâm sen siêng sim sinh song sơn sử sửu sự sương sướng tá tài tám tạo tâm tân tấn
    tầm tần tập tèo tế thạch thái tham thanh thành thao thảo thạo thắm thăng thắng thân thật thế thể thêm thêu thi thìn thịnh thoa thoan thoại thoại thoả thọ thơ thơm
    thông thống thơi thời thu thuận thuần thuật thuỳ thùy thuỷ thủy thuý thúy thuyên thuyết thư thức thực thương thường thưởng thước tỉnh tình tính tĩnh tiên tiến tiếp tiệp tín tịnh tiệm toàn toán toại toản
    tố tốt tới trà trang tráng trạch trâm trầm trân trấn trí trinh trình trọng trúc trung truyền trực trường trưởng trượng tú tụ tuân tuấn tuất tuế tuệ tùng tuy tuyên tuyến tuyền tuyết tư từ
    tứ tường tưởng tửu tỵ tý tỷ uyên uy út vàng vạn vân văn vị việt viên viễn viết vinh vĩnh vịnh vọng vũ vui vượng vương vỹ vy xa xanh xoan xoa xuân xuyên xuyến xương ý yên yến yêm
    long sỹ sĩ pành khuê ngữ kiêm khởi thiện thiên thiệu triết vĩ vỹ tuyển tích toán trinh hỷ nụ nhâm ất bính ngần nhiễu thiềng tươi ươm vóc xoài đảm đềm đính đượm hơn ri ry
    tiêm thiếu thiết ngát ngoạn lự nhạc hoằng hoành khoát khuynh lăng mẫn nhuệ phấn phiên quát sắc sầm soạn tảo thẩm thuyền trác tri trứ ước xứng khuyên nguyên kỳ lựu mận đào hảo
    bốn chín tẹo tí tít cún bin bo ken su bom bi tôm thoảng thỏa nhàng nhẹ nghề tằm hến hĩm chuột cò tũn bé tồn huề bờm miến khuyến nhớn nuôi lớn gạo thóc chanh quất mít na ổi
    thược nhứt quới đởm ngoạt rạng huê nhành nhơn bửu dzũng khiển lượm mỵ muồi khoẳn
"""
_MIDDLE = """
    văn thị đình đức hữu quang minh ngọc xuân thanh thành quốc công bá duy mạnh trọng huy hồng kim thu bích mỹ phương tuấn anh hoàng gia bảo đăng nhật hải khánh
    tiến trung thế thái viết sỹ sĩ phúc phước tấn như diệu tường cẩm lan mai thùy thúy thuỳ thuý hoài hà vĩnh việt nguyên tố trúc diễm kiều yến quỳnh khắc doãn danh chí ánh
    bùi lê trần phạm ái a seo páo láo mí thúy bảo tú tuyết hương thảo hạnh hiền thiên đan gia an ân y
"""


def _both_styles(words: str) -> frozenset[str]:
    given = words.split()
    return frozenset(given) | frozenset(house_style(word) for word in given)


GIVEN = _both_styles(_GIVEN)
MIDDLE = _both_styles(_MIDDLE)
BARE_GIVEN = frozenset(bare(word) for word in GIVEN)
BARE_MIDDLE = frozenset(bare(word) for word in MIDDLE)
NUMBERS = frozenset(("hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "út", "cả"))
