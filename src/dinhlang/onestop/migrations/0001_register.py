"""The register of the one-stop desk: books, dossiers, their steps, what was told of them."""

import dinhlang.org.sealed
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_squashed_0010_signature_pictures'),
        ('procedures', '0001_initial'),
        ('work', '0001_squashed_0010_sums_in_one_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Book',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_books', to='org.unit', verbose_name='đơn vị')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                        ('volume', models.PositiveSmallIntegerField(default=1, verbose_name='quyển số')),
                        ('count', models.PositiveIntegerField(default=0, verbose_name='số cuối')),
                        ('opened_at', models.DateTimeField(verbose_name='mở lúc')),
                    ],
                    options={
                        'verbose_name': 'quyển sổ theo dõi hồ sơ',
                        'verbose_name_plural': 'quyển sổ theo dõi hồ sơ',
                        'ordering': ['unit', '-year', '-volume'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'volume'), name='dossier_book_once')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='CounterRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counter_rules', to='org.unit', verbose_name='đơn vị')),
                        ('starts_on', models.DateField(verbose_name='từ ngày')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                        ('legal_basis', models.CharField(max_length=300, verbose_name='văn bản quy định')),
                        ('office', models.CharField(max_length=200, verbose_name='tên nơi tiếp nhận')),
                        ('agency_code', models.CharField(blank=True, max_length=20, verbose_name='mã cơ quan')),
                        ('address', models.CharField(blank=True, max_length=300, verbose_name='địa chỉ')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='điện thoại')),
                        ('hours', models.JSONField(default=list, verbose_name='giờ làm việc')),
                        ('bank', models.CharField(blank=True, max_length=6, verbose_name='mã ngân hàng')),
                        ('account', models.CharField(blank=True, max_length=19, verbose_name='số tài khoản thu')),
                        ('account_name', models.CharField(blank=True, max_length=120, verbose_name='tên tài khoản thu')),
                        ('set_at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                    ],
                    options={
                        'verbose_name': 'quy định nơi tiếp nhận',
                        'verbose_name_plural': 'quy định nơi tiếp nhận',
                        'ordering': ['unit', '-starts_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='counter_rules_days_in_order'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('unit',), name='counter_rules_one_without_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('account', ''), ('bank', '')), models.Q(models.Q(('bank', ''), _negated=True), models.Q(('account', ''), _negated=True)), _connector='OR'), name='counter_rules_account_with_bank')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Dossier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='org.unit', verbose_name='đơn vị')),
                        ('key', models.UUIDField(verbose_name='khóa của biểu mẫu')),
                        ('source', models.CharField(choices=[('own', 'sổ của xã'), ('official', 'hệ thống giải quyết thủ tục')], default='own', max_length=8, verbose_name='nguồn')),
                        ('book', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='onestop.book', verbose_name='quyển')),
                        ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='số thứ tự')),
                        ('code', models.CharField(blank=True, max_length=40, verbose_name='mã hồ sơ')),
                        ('code_key', models.CharField(blank=True, editable=False, max_length=40)),
                        ('channel', models.CharField(choices=[('counter', 'trực tiếp'), ('post', 'bưu chính công ích'), ('online', 'trực tuyến')], default='counter', max_length=8, verbose_name='cách nộp')),
                        ('return_way', models.CharField(choices=[('counter', 'tại quầy'), ('post', 'qua bưu chính công ích'), ('electronic', 'bản điện tử')], default='counter', max_length=10, verbose_name='nhận kết quả')),
                        ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='procedures.version', verbose_name='bản của thủ tục')),
                        ('procedure_code', models.CharField(blank=True, max_length=8, verbose_name='mã thủ tục')),
                        ('procedure_name', models.CharField(max_length=2000, verbose_name='tên thủ tục')),
                        ('field', models.CharField(blank=True, max_length=250, verbose_name='lĩnh vực')),
                        ('folded', models.TextField(blank=True, editable=False)),
                        ('term_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='thời hạn')),
                        ('term_unit', models.CharField(blank=True, max_length=12, verbose_name='đơn vị của thời hạn')),
                        ('term_words', models.CharField(blank=True, max_length=500, verbose_name='thời hạn theo thủ tục')),
                        ('term_cut_off', models.TimeField(blank=True, null=True, verbose_name='nhận sau giờ này tính ngày sau')),
                        ('term_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ của thời hạn')),
                        ('assisted_at', models.CharField(blank=True, max_length=200, verbose_name='nơi hỗ trợ nộp')),
                        ('receiving', models.CharField(max_length=200, verbose_name='cơ quan tiếp nhận')),
                        ('handling', models.CharField(max_length=200, verbose_name='cơ quan giải quyết')),
                        ('returning', models.CharField(max_length=200, verbose_name='nơi trả kết quả')),
                        ('papers', models.JSONField(default=list, verbose_name='giấy tờ đã nộp')),
                        ('sets', models.PositiveSmallIntegerField(default=1, verbose_name='số bộ')),
                        ('applicant', dinhlang.org.sealed.SealedTextField(editable=False, verbose_name='người nộp')),
                        ('applicant_mark', dinhlang.org.sealed.FingerprintField(db_index=True, editable=False, folded=True, max_length=64, of='applicant')),
                        ('on_behalf_of', dinhlang.org.sealed.SealedTextField(default='', editable=False, verbose_name='nộp thay cho')),
                        ('address', dinhlang.org.sealed.SealedTextField(default='', editable=False, verbose_name='địa chỉ')),
                        ('phone', dinhlang.org.sealed.SealedTextField(default='', editable=False, verbose_name='điện thoại')),
                        ('phone_mark', dinhlang.org.sealed.FingerprintField(db_index=True, editable=False, max_length=64, of='phone')),
                        ('email', dinhlang.org.sealed.SealedTextField(default='', editable=False, verbose_name='thư điện tử')),
                        ('state', models.CharField(choices=[('presented', 'Mới nộp, chưa tiếp nhận'), ('incomplete', 'Chờ hoàn thiện, chưa tiếp nhận'), ('refused', 'Từ chối tiếp nhận'), ('received', 'Đã tiếp nhận'), ('in-hand', 'Đang giải quyết'), ('supplement', 'Chờ bổ sung'), ('paused', 'Tạm dừng'), ('resolved', 'Đã có kết quả'), ('stopped', 'Dừng giải quyết'), ('withdrawn', 'Người nộp rút hồ sơ'), ('cancelled', 'Đã hủy ghi, số sổ bỏ trống')], default='presented', max_length=10, verbose_name='trạng thái')),
                        ('fee_state', models.CharField(choices=[('free', 'Không thu'), ('due', 'Chưa nộp'), ('paid', 'Đã nộp'), ('waived', 'Được miễn, giảm hết'), ('refunded', 'Đã hoàn trả')], default='free', max_length=8, verbose_name='phí, lệ phí')),
                        ('delivery_state', models.CharField(choices=[('nothing', 'Chưa có gì để trả'), ('ready', 'Chờ trả'), ('sent', 'Đã gửi, chưa biết đã nhận'), ('given', 'Đã trả')], default='nothing', max_length=7, verbose_name='trả kết quả')),
                        ('fee_amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='mức thu (đồng)')),
                        ('fee_words', models.CharField(blank=True, max_length=1000, verbose_name='mức thu theo thủ tục')),
                        ('presented_at', models.DateTimeField(verbose_name='nộp lúc')),
                        ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='tiếp nhận lúc')),
                        ('first_due_at', models.DateTimeField(blank=True, null=True, verbose_name='hẹn lần đầu')),
                        ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='hẹn trả')),
                        ('apologised_at', models.DateTimeField(blank=True, null=True, verbose_name='xin lỗi lúc')),
                        ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='có kết quả lúc')),
                        ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='trả lúc')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='kết thúc lúc')),
                        ('calendar', models.CharField(blank=True, max_length=80, verbose_name='lịch nghỉ đã dùng')),
                        ('is_provisional', models.BooleanField(default=False, verbose_name='ngày hẹn tạm tính')),
                        ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers_held', to=settings.AUTH_USER_MODEL, verbose_name='người đang giữ')),
                        ('held_at', models.CharField(blank=True, max_length=200, verbose_name='nơi đang giữ')),
                        ('entered_at', models.DateTimeField(verbose_name='ghi vào sổ lúc')),
                        ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                        ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='xóa dữ liệu cá nhân lúc')),
                    ],
                    options={
                        'verbose_name': 'hồ sơ',
                        'verbose_name_plural': 'hồ sơ',
                        'ordering': ['-received_at', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'state', 'due_at'], name='dossier_unit_state_due'), models.Index(fields=['unit', '-received_at'], name='dossier_unit_received'), models.Index(fields=['unit', 'resolved_at'], name='dossier_unit_resolved'), models.Index(fields=['code_key'], name='dossier_code')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'key'), name='dossier_form_once'), models.UniqueConstraint(fields=('book', 'number'), name='dossier_number_once'), models.UniqueConstraint(condition=models.Q(('code_key', ''), _negated=True), fields=('unit', 'code_key'), name='dossier_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('book', None), ('number', None)), models.Q(('book__isnull', False), ('number__isnull', False), ('received_at__isnull', False)), _connector='OR'), name='dossier_number_only_when_received'), models.CheckConstraint(condition=models.Q(('code', ''), ('received_at__isnull', False), _connector='OR'), name='dossier_code_only_when_received'), models.CheckConstraint(condition=models.Q(models.Q(('delivery_state', 'given'), _negated=True), models.Q(('ended_at__isnull', False), ('given_at__isnull', False)), _connector='OR'), name='dossier_given_only_what_ended'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', False), ('state', 'resolved')), models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolved_at', None)), _connector='OR'), name='dossier_resolved_with_its_moment'), models.CheckConstraint(condition=models.Q(models.Q(('fee_state__in', ['due', 'paid', 'refunded']), _negated=True), ('fee_amount__isnull', False), _connector='OR'), name='dossier_fee_due_has_an_amount')],
                    },
                ),
                migrations.CreateModel(
                    name='DossierStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='onestop.dossier', verbose_name='hồ sơ')),
                        ('number', models.PositiveIntegerField(verbose_name='bước')),
                        ('key', models.UUIDField(verbose_name='khóa của biểu mẫu')),
                        ('deed', models.CharField(choices=[('present', 'ghi hồ sơ mới nộp'), ('receive', 'tiếp nhận'), ('ask-papers', 'yêu cầu bổ sung'), ('take-papers', 'nhận giấy tờ bổ sung'), ('refuse', 'từ chối tiếp nhận'), ('hand-over', 'giao hồ sơ'), ('pause', 'tạm dừng'), ('resume', 'giải quyết tiếp'), ('apologise', 'xin lỗi và hẹn lại'), ('resolve', 'ghi có kết quả'), ('stop', 'dừng giải quyết'), ('withdraw', 'ghi người nộp rút hồ sơ'), ('set-fee', 'ghi mức thu'), ('pay', 'thu phí, lệ phí'), ('waive', 'miễn thu'), ('refund', 'hoàn trả tiền'), ('send', 'gửi kết quả'), ('come-back', 'ghi kết quả bị gửi trả lại'), ('give', 'trả kết quả'), ('correct', 'sửa thông tin người nộp'), ('reverse', 'rút lại bước ghi nhầm')], max_length=12, verbose_name='việc')),
                        ('state', models.CharField(choices=[('presented', 'Mới nộp, chưa tiếp nhận'), ('incomplete', 'Chờ hoàn thiện, chưa tiếp nhận'), ('refused', 'Từ chối tiếp nhận'), ('received', 'Đã tiếp nhận'), ('in-hand', 'Đang giải quyết'), ('supplement', 'Chờ bổ sung'), ('paused', 'Tạm dừng'), ('resolved', 'Đã có kết quả'), ('stopped', 'Dừng giải quyết'), ('withdrawn', 'Người nộp rút hồ sơ'), ('cancelled', 'Đã hủy ghi, số sổ bỏ trống')], max_length=10, verbose_name='trạng thái sau đó')),
                        ('at', models.DateTimeField(verbose_name='lúc')),
                        ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                        ('reason', dinhlang.org.sealed.SealedTextField(default='', editable=False, verbose_name='lý do, nội dung')),
                        ('said', models.JSONField(default=dict, verbose_name='chi tiết')),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='onestop.dossierstep', verbose_name='rút lại bước')),
                    ],
                    options={
                        'verbose_name': 'bước của hồ sơ',
                        'verbose_name_plural': 'bước của hồ sơ',
                        'ordering': ['dossier', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('dossier', 'number'), name='dossier_step_number_once'), models.UniqueConstraint(fields=('dossier', 'key'), name='dossier_step_form_once'), models.CheckConstraint(condition=models.Q(models.Q(('deed', 'reverse'), ('reverses__isnull', False)), models.Q(models.Q(('deed', 'reverse'), _negated=True), ('reverses', None)), _connector='OR'), name='dossier_step_reverses_only_by_reversal')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='CountedDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                        ('day', models.DateField(verbose_name='ngày')),
                        ('line', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers_of_the_day', to='work.activity', verbose_name='dòng sổ')),
                        ('is_due', models.BooleanField(default=True, verbose_name='phải tính lại')),
                    ],
                    options={
                        'verbose_name': 'ngày đã tính hồ sơ',
                        'verbose_name_plural': 'ngày đã tính hồ sơ',
                        'ordering': ['unit', '-day'],
                        'indexes': [models.Index(fields=['is_due', 'day'], name='dossier_day_due')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='dossier_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='onestop.dossier', verbose_name='hồ sơ')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người được nhắc')),
                        ('why', models.CharField(choices=[('soon', 'sắp đến hạn'), ('overdue', 'quá hạn')], max_length=7, verbose_name='vì sao')),
                        ('due_at', models.DateTimeField(verbose_name='hạn khi nhắc')),
                        ('told_at', models.DateTimeField(verbose_name='nhắc lúc')),
                        ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi thư lúc')),
                    ],
                    options={
                        'verbose_name': 'lời nhắc về hồ sơ',
                        'verbose_name_plural': 'lời nhắc về hồ sơ',
                        'ordering': ['-told_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('dossier', 'person', 'why', 'due_at'), name='dossier_reminder_once')],
                        'indexes': [],
                    },
                ),
            ],
        ),
        # What was asked for and why may be erased, and sealed under another key; nothing else of a step changes.
        append_only(
            "onestop_dossierstep",
            update_when=(
                "NEW.dossier_id <> OLD.dossier_id OR NEW.number <> OLD.number OR NEW.key <> OLD.key "
                "OR NEW.deed <> OLD.deed OR NEW.state <> OLD.state OR NEW.at <> OLD.at "
                "OR NEW.recorded_at <> OLD.recorded_at OR NEW.said <> OLD.said "
                "OR COALESCE(NEW.by_id, 0) <> COALESCE(OLD.by_id, 0) "
                "OR COALESCE(NEW.reverses_id, 0) <> COALESCE(OLD.reverses_id, 0)"
            ),
        ),
        append_only("onestop_book", update_when="NEW.count <> OLD.count + 1"),
    ]
