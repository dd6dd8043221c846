
import dinhlang.org.sealed
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('broadcast', '0007_prints'),
        ('org', '0010_signature_pictures'),
        ('work', '0010_sums_in_one_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(choices=[('facebook', 'Trang Facebook'), ('zalo', 'Zalo Official Account'), ('copy', 'Chép tay (Mocha, nhóm Zalo…)')], max_length=10, verbose_name='dịch vụ')),
                ('name', models.CharField(max_length=80, verbose_name='tên kênh')),
                ('remote_id', models.CharField(blank=True, max_length=64, verbose_name='mã trang, mã OA')),
                ('remote_name', models.CharField(blank=True, max_length=200, verbose_name='tên trên dịch vụ')),
                ('app_id', models.CharField(blank=True, max_length=64, verbose_name='mã ứng dụng')),
                ('app_secret', dinhlang.org.sealed.SealedTextField(blank=True, default='', editable=False, verbose_name='khóa bí mật của ứng dụng')),
                ('token', dinhlang.org.sealed.SealedTextField(blank=True, default='', editable=False, verbose_name='mã truy cập')),
                ('refresh_token', dinhlang.org.sealed.SealedTextField(blank=True, default='', editable=False, verbose_name='mã làm mới')),
                ('token_until', models.DateTimeField(blank=True, null=True, verbose_name='mã truy cập dùng đến')),
                ('refreshing_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('login_state', models.CharField(blank=True, editable=False, max_length=64)),
                ('login_verifier', dinhlang.org.sealed.SealedTextField(blank=True, default='', editable=False)),
                ('login_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('standing', models.CharField(choices=[('new', 'Chưa kết nối'), ('ready', 'Đang dùng'), ('broken', 'Mất kết nối'), ('closed', 'Thôi dùng')], default='new', max_length=8, verbose_name='trạng thái')),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='vì sao')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='kiểm tra lần cuối')),
                ('rests_until', models.DateTimeField(blank=True, null=True, verbose_name='nghỉ đến')),
                ('with_pictures', models.BooleanField(default=False, verbose_name='đăng kèm ảnh')),
                ('cover', models.CharField(blank=True, max_length=500, verbose_name='ảnh bìa dùng chung')),
                ('longest', models.PositiveIntegerField(blank=True, null=True, verbose_name='số ký tự tối đa')),
                ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='org.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'kênh',
                'verbose_name_plural': 'kênh',
                'ordering': ['unit', 'service', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_kind', models.CharField(max_length=20, verbose_name='lập từ')),
                ('source_key', models.CharField(max_length=80)),
                ('source_digest', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=300, verbose_name='tiêu đề')),
                ('words', models.JSONField(verbose_name='lời đăng')),
                ('address', models.CharField(max_length=1000, verbose_name='địa chỉ bài')),
                ('mark', models.CharField(editable=False, max_length=16, unique=True)),
                ('field', models.CharField(blank=True, choices=[('the-che', 'Cải cách thể chế'), ('thu-tuc', 'Cải cách thủ tục hành chính'), ('bo-may', 'Cải cách tổ chức bộ máy'), ('cong-vu', 'Cải cách chế độ công vụ'), ('tai-chinh-cong', 'Cải cách tài chính công'), ('chinh-quyen-so', 'Xây dựng, phát triển chính quyền số'), ('chi-dao', 'Chỉ đạo, điều hành')], max_length=20, verbose_name='lĩnh vực CCHC')),
                ('approved_digest', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField(verbose_name='giao gửi lúc')),
                ('opened_at', models.DateTimeField(verbose_name='gửi từ lúc')),
                ('state', models.CharField(choices=[('waiting', 'Chờ gửi'), ('sending', 'Đang gửi'), ('accepted', 'Dịch vụ đang xử lý'), ('unsure', 'Đang hỏi lại dịch vụ'), ('to-copy', 'Chờ chép đăng'), ('published', 'Đã đăng'), ('failed', 'Chưa đăng được'), ('withdrawing', 'Đang gỡ'), ('not-withdrawn', 'Chưa gỡ được'), ('withdrawn', 'Đã gỡ'), ('cancelled', 'Đã hủy trước khi đăng')], max_length=16, verbose_name='trạng thái')),
                ('state_at', models.DateTimeField(verbose_name='từ lúc')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='làm tiếp lúc')),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='vì sao')),
                ('said', models.CharField(blank=True, max_length=400, verbose_name='lời của dịch vụ')),
                ('unwanted', models.CharField(blank=True, max_length=500, verbose_name='lý do gỡ')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='số lần gửi')),
                ('looks', models.PositiveIntegerField(default=0, verbose_name='số lần hỏi')),
                ('attempted_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi lần cuối')),
                ('handle', models.CharField(blank=True, editable=False, max_length=500)),
                ('remote_id', models.CharField(blank=True, max_length=200, verbose_name='mã trên kênh')),
                ('remote_address', models.CharField(blank=True, max_length=1000, verbose_name='địa chỉ trên kênh')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='đăng lúc')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='đọc số liệu lúc')),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người duyệt')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gửi')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='broadcast.channel', verbose_name='kênh')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='work.activity', verbose_name='dòng sổ theo dõi')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='ảnh')),
                ('posted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người chép đăng')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='lời xác nhận của dịch vụ')),
                ('screenshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='ảnh chụp')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='work.task', verbose_name='nhiệm vụ')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='org.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'lượt đăng',
                'verbose_name_plural': 'lượt đăng',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DeliveryFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=12, verbose_name='số liệu')),
                ('on', models.DateField(verbose_name='ngày')),
                ('value', models.PositiveBigIntegerField(verbose_name='giá trị')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='broadcast.delivery', verbose_name='lượt đăng')),
            ],
            options={
                'verbose_name': 'số liệu của lượt đăng',
                'verbose_name_plural': 'số liệu của lượt đăng',
                'ordering': ['delivery', 'name', '-on'],
            },
        ),
        migrations.CreateModel(
            name='DeliveryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('deed', models.CharField(max_length=12, verbose_name='việc')),
                ('state', models.CharField(choices=[('waiting', 'Chờ gửi'), ('sending', 'Đang gửi'), ('accepted', 'Dịch vụ đang xử lý'), ('unsure', 'Đang hỏi lại dịch vụ'), ('to-copy', 'Chờ chép đăng'), ('published', 'Đã đăng'), ('failed', 'Chưa đăng được'), ('withdrawing', 'Đang gỡ'), ('not-withdrawn', 'Chưa gỡ được'), ('withdrawn', 'Đã gỡ'), ('cancelled', 'Đã hủy trước khi đăng')], max_length=16, verbose_name='trạng thái sau đó')),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='vì sao')),
                ('said', models.CharField(blank=True, max_length=400, verbose_name='lời của dịch vụ')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='broadcast.delivery', verbose_name='lượt đăng')),
            ],
            options={
                'verbose_name': 'bước của lượt đăng',
                'verbose_name_plural': 'bước của lượt đăng',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'closed'), _negated=True), fields=('unit', 'name'), name='channel_name_once'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'broken'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='channel_broken_says_why'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'due_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['source_kind', 'source_key'], name='delivery_source'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['unit', '-asked_at'], name='delivery_unit'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['cancelled', 'withdrawn']), _negated=True), fields=('channel', 'source_kind', 'source_key', 'source_digest'), name='delivery_once_for_a_version'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('approved_digest', models.F('source_digest')), models.Q(('source_digest', ''), _negated=True)), name='delivery_of_what_was_approved'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'withdrawing', 'not-withdrawn', 'withdrawn']), _negated=True), ('published_at__isnull', False), _connector='OR'), name='delivery_published_with_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['failed', 'not-withdrawn']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='delivery_failed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='deliveryfigure',
            constraint=models.UniqueConstraint(fields=('delivery', 'name', 'on'), name='delivery_figure_once_a_day'),
        ),
    ]
