"""Accounts of recruiting staff on a running site: one of each group, as an administrator makes them."""

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
    """Sign in to the Japanese admin as someone of a group, whose name is the account's."""
    window.open("/admin/")
    window.page.get_by_label("ユーザー名").fill(name)
    window.page.get_by_label("パスワード").fill(PASSWORD)
    press(window.page, "ログイン")


def go_to(page, kind, title=None):
    """From the admin's first page to a list, and to one of its entries."""
    page.goto(page.url.split("/admin/")[0] + "/admin/")
    follow(page, page.get_by_role("main").get_by_role("link", name=kind, exact=True).last)
    if title:
        follow(page, page.get_by_role("link", name=title).first)


def press(page, name):
    follow(page, page.get_by_role("button", name=name, exact=True))
