from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recruit_site', '0020_working_copy_reason'),
    ]

    operations = [
        # So that on the way back the column can be filled.
        migrations.AlterField(
            model_name='auditentry',
            name='digest',
            field=models.CharField(db_default='', editable=False, max_length=64, verbose_name='seal'),
        ),
        migrations.RemoveField(
            model_name='auditentry',
            name='digest',
        ),
        migrations.RemoveField(
            model_name='auditentry',
            name='number',
        ),
    ]
