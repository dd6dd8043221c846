"""A kind of line for what the community digital team does."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0001_squashed_0010_sums_in_one_row'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[('radio', 'Đài truyền thanh cấp xã'), ('board', 'Bảng tin công cộng'), ('bulletin', 'Bản tin thông tin cơ sở'), ('leaflet', 'Tài liệu không kinh doanh'), ('speaker', 'Tuyên truyền viên trực tiếp'), ('website', 'Cổng, trang thông tin điện tử'), ('social', 'Mạng xã hội, ứng dụng nhắn tin'), ('message', 'Tin nhắn viễn thông'), ('meeting', 'Hội nghị, cuộc họp'), ('guidance', 'Hướng dẫn tại nơi tiếp nhận hồ sơ'), ('training', 'Tập huấn, bồi dưỡng'), ('contest', 'Cuộc thi tìm hiểu'), ('posting', 'Niêm yết thủ tục hành chính'), ('onestop', 'Kết quả tiếp nhận, giải quyết hồ sơ'), ('support', 'Hỗ trợ dịch vụ công trực tuyến')], max_length=12, verbose_name='loại hoạt động'),
        ),
    ]
