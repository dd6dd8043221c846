"""Every table of this room as it stood on 2026-11-26 (ADR 0019)."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.ledger_triggers import append_only
from dinhlang.org.older_migrations import replaced


class Migration(migrations.Migration):

    replaces = replaced("org")

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'cán bộ',
                    'verbose_name_plural': 'cán bộ',
                    'ordering': ['username'],
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Unit',
                fields=[
                    ('id', models.SlugField(max_length=80, primary_key=True, serialize=False, verbose_name='mã đơn vị')),
                    ('level', models.CharField(choices=[('nation', 'trung ương'), ('province', 'cấp tỉnh'), ('district', 'cấp huyện'), ('commune', 'cấp xã'), ('hamlet', 'thôn, tổ dân phố'), ('department', 'phòng, ban, bộ phận')], max_length=12, verbose_name='cấp')),
                    ('official_code', models.CharField(blank=True, db_index=True, max_length=12, verbose_name='mã hành chính')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='thành lập ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='kết thúc ngày')),
                    ('is_demo', models.BooleanField(default=False, verbose_name='đơn vị minh họa')),
                ],
                options={
                    'verbose_name': 'đơn vị',
                    'verbose_name_plural': 'đơn vị',
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unit_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('action', models.CharField(max_length=60, verbose_name='việc')),
                    ('target', models.CharField(max_length=120, verbose_name='đối tượng')),
                    ('detail', models.JSONField(default=dict, verbose_name='chi tiết')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                    ('number', models.PositiveBigIntegerField(verbose_name='số trong chuỗi')),
                    ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='mã của dòng trước')),
                    ('entry_hash', models.CharField(max_length=64, verbose_name='mã của dòng')),
                ],
                options={
                    'verbose_name': 'nhật ký thao tác',
                    'verbose_name_plural': 'nhật ký thao tác',
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='audit_number_once_in_a_unit'), models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('number',), name='audit_number_once_without_a_unit')],
                },
            ),
            migrations.CreateModel(
                name='ReportingLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                    ('programme', models.CharField(default='cchc-tuyen-truyen', max_length=40, verbose_name='chương trình')),
                    ('recipient_name', models.CharField(blank=True, max_length=120, verbose_name='ghi trên văn bản')),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reporting_from', to='org.unit', verbose_name='nơi nhận')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reporting_lines', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'tuyến báo cáo',
                    'verbose_name_plural': 'tuyến báo cáo',
                    'ordering': ['unit', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='reportingline_days_in_order'), models.UniqueConstraint(fields=('unit', 'programme', 'starts_on'), name='reporting_line_one_from_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Position',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                    ('role', models.CharField(max_length=30, verbose_name='vai trò')),
                    ('title', models.CharField(max_length=120, verbose_name='chức danh')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'chức vụ',
                    'verbose_name_plural': 'chức vụ',
                    'ordering': ['person', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='position_days_in_order'), models.UniqueConstraint(fields=('person', 'unit', 'role', 'starts_on'), name='position_one_from_a_day')],
                },
            ),
            migrations.CreateModel(
                name='UnitName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                    ('kind', models.CharField(blank=True, max_length=30, verbose_name='loại đơn vị')),
                    ('name', models.CharField(max_length=120, verbose_name='tên')),
                    ('folded', models.CharField(db_index=True, editable=False, max_length=160)),
                    ('named_after', models.CharField(blank=True, choices=[('person', 'tên người'), ('number', 'chữ số'), ('event', 'sự kiện lịch sử')], max_length=6, verbose_name='đặt theo')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'tên đơn vị',
                    'verbose_name_plural': 'tên đơn vị',
                    'ordering': ['unit', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unitname_days_in_order'), models.UniqueConstraint(fields=('unit', 'starts_on'), name='unit_name_one_from_a_day')],
                },
            ),
            migrations.CreateModel(
                name='UnitPlacement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children_placements', to='org.unit', verbose_name='đơn vị cấp trên')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'vị trí trong hệ thống',
                    'verbose_name_plural': 'vị trí trong hệ thống',
                    'ordering': ['unit', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unitplacement_days_in_order'), models.UniqueConstraint(fields=('unit', 'starts_on'), name='unit_placement_one_from_a_day')],
                },
            ),
            migrations.CreateModel(
                name='UnitSuccession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('merged', 'sáp nhập'), ('split', 'chia tách'), ('renamed', 'đổi tên'), ('replaced', 'thay thế')], max_length=10, verbose_name='lý do')),
                    ('is_partial', models.BooleanField(default=False, verbose_name='chỉ một phần')),
                    ('takes_effect_on', models.DateField(verbose_name='có hiệu lực ngày')),
                    ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                    ('is_confirmed', models.BooleanField(default=True, verbose_name='đã đối chiếu văn bản')),
                    ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='org.unit')),
                    ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precessions', to='org.unit')),
                    ('share', models.DecimalField(blank=True, decimal_places=8, max_digits=9, null=True, verbose_name='tỷ lệ')),
                ],
                options={
                    'verbose_name': 'kế thừa',
                    'verbose_name_plural': 'kế thừa',
                    'ordering': ['takes_effect_on'],
                    'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor', 'takes_effect_on'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_another'), models.CheckConstraint(condition=models.Q(('share', None), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='succession_share_of_one')],
                },
            ),
            migrations.CreateModel(
                name='AuditHead',
                fields=[
                    ('chain', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='chuỗi')),
                    ('count', models.PositiveBigIntegerField(default=0, verbose_name='số dòng')),
                    ('last_hash', models.CharField(blank=True, max_length=64, verbose_name='mã của dòng cuối')),
                ],
                options={
                    'verbose_name': 'đầu chuỗi nhật ký',
                    'verbose_name_plural': 'đầu chuỗi nhật ký',
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('join', 'join'), ('passphrase', 'passphrase')], max_length=10, verbose_name='để làm gì')),
                    ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                    ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                    ('expires_at', models.DateTimeField(verbose_name='hết hạn lúc')),
                    ('used_at', models.DateTimeField(null=True, verbose_name='dùng lúc')),
                    ('revoked_at', models.DateTimeField(null=True, verbose_name='thu hồi lúc')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người mời')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'lời mời',
                    'verbose_name_plural': 'lời mời',
                    'ordering': ['-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('used_at', None), ('revoked_at', None), _connector='OR'), name='invitation_used_or_revoked'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='invitation_lasts')],
                },
            ),
            migrations.CreateModel(
                name='CachedValue',
                fields=[
                    ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ('value', models.TextField()),
                    ('expires', models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='SigningKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='tên trên chứng thư')),
                    ('organisation', models.CharField(blank=True, max_length=200, verbose_name='tổ chức trên chứng thư')),
                    ('starts_at', models.DateTimeField(verbose_name='hiệu lực từ')),
                    ('ends_at', models.DateTimeField(verbose_name='hết hạn lúc')),
                    ('sealed', models.TextField(editable=False)),
                    ('added_at', models.DateTimeField(verbose_name='thêm lúc')),
                    ('retired_at', models.DateTimeField(null=True, verbose_name='thôi dùng lúc')),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thêm')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signing_keys', to=settings.AUTH_USER_MODEL, verbose_name='người ký')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_keys', to='org.unit', verbose_name='đơn vị')),
                    ('picture', models.TextField(blank=True, default='', editable=False)),
                ],
                options={
                    'verbose_name': 'khóa ký số',
                    'verbose_name_plural': 'khóa ký số',
                    'ordering': ['unit', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('retired_at', None)), fields=('unit', 'person'), name='one_key_of_a_person'), models.UniqueConstraint(condition=models.Q(('person', None), ('retired_at', None)), fields=('unit',), name='one_key_of_the_unit')],
                },
            ),
            migrations.CreateModel(
                name='SigningMandate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                    ('kind', models.CharField(choices=[('TL', 'TL'), ('TUQ', 'TUQ')], max_length=3, verbose_name='thẩm quyền')),
                    ('title', models.CharField(max_length=120, verbose_name='chức vụ ghi khi ký')),
                    ('programme', models.CharField(blank=True, max_length=40, verbose_name='chương trình')),
                    ('made_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_mandates', to=settings.AUTH_USER_MODEL, verbose_name='người ký')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_mandates', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'giao ký',
                    'verbose_name_plural': 'giao ký',
                    'ordering': ['unit', 'pk'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='signingmandate_days_in_order'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='mandate_with_its_instrument'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'TUQ'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='authority_given_for_a_time')],
                },
            ),
            migrations.CreateModel(
                name='ChangeDraft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked', models.JSONField(verbose_name='nội dung')),
                    ('at', models.DateTimeField(verbose_name='lập lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ],
                options={
                    'verbose_name': 'bản chuẩn bị thay đổi đơn vị',
                    'verbose_name_plural': 'bản chuẩn bị thay đổi đơn vị',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='UnitChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('merge', 'merge'), ('split', 'split'), ('rename', 'rename'), ('move', 'move'), ('abolish', 'abolish')], max_length=8, verbose_name='loại thay đổi')),
                    ('takes_effect_on', models.DateField(verbose_name='có hiệu lực ngày')),
                    ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                    ('asked', models.JSONField(verbose_name='nội dung')),
                    ('scope', models.JSONField(default=dict, verbose_name='các đơn vị')),
                    ('touched', models.JSONField(default=dict, verbose_name='những gì bị động đến')),
                    ('at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ],
                options={
                    'verbose_name': 'thay đổi đơn vị',
                    'verbose_name_plural': 'thay đổi đơn vị',
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='unit_change_with_its_instrument')],
                },
            ),
            migrations.CreateModel(
                name='UnitChangeStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deed', models.CharField(choices=[('apply', 'áp dụng'), ('pass-on', 'bàn giao việc đang mở'), ('undo', 'hoàn tác')], max_length=8, verbose_name='việc')),
                    ('rows', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='những dòng đã ghi')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='org.unitchange', verbose_name='thay đổi')),
                ],
                options={
                    'verbose_name': 'bước của thay đổi đơn vị',
                    'verbose_name_plural': 'bước của thay đổi đơn vị',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('change', 'deed'), name='unit_change_step_once'), models.CheckConstraint(condition=models.Q(models.Q(('deed', 'undo'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='undone_with_a_reason')],
                },
            ),
        ]),
        append_only("org_auditentry"),
        append_only("org_audithead", update_when="NEW.count <> OLD.count + 1 OR NEW.chain <> OLD.chain"),
        append_only("org_unitchange"),
        append_only("org_unitchangestep"),
    ]
