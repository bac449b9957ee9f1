"""The accounts of recruiting staff on a running site, one for each group, and their steps in the admin site."""

from tests.browser import follow
from tests.live_site import EDITOR

PASSWORD = EDITOR["DJANGO_SUPERUSER_PASSWORD"]
ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for name in ("編集者", "翻訳者", "承認者"):
    User.objects.create_user(name, password="{PASSWORD}", is_staff=True).groups.add(Group.objects.get(name=name))
"""


def make_accounts(site):
    site.manage("shell", "-v0", "-c", ACCOUNTS)


def sign_in(window, name):
    """Sign in to the Japanese admin site with the account `name`, which is also the name of its group."""
    window.open("/admin/")
    window.page.get_by_label("ユーザー名").fill(name)
    window.page.get_by_label("パスワード").fill(PASSWORD)
    press(window.page, "ログイン")


def go_to(page, kind, title=None):
    """Go from the admin site's first page to a changelist and, with a title, on to one of its entries."""
    page.goto(page.url.split("/admin/")[0] + "/admin/")
    follow(page, page.get_by_role("main").get_by_role("link", name=kind, exact=True).last)
    if title:
        follow(page, page.get_by_role("link", name=title).first)


def press(page, name):
    follow(page, page.get_by_role("button", name=name, exact=True))
