from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "recruit_site.editing.session.EditorsSite"
