import json
import sys
from html import escape

from django.core.management.base import BaseCommand
from home.models import HomePage, InterviewPage
from wagtail.models import Page


class Command(BaseCommand):
    help = "Make the pages of the menu and one interview, told as JSON on standard input; print its path."

    def handle(self, **options):
        told = json.load(sys.stdin)
        home = HomePage.objects.get()
        for title in told["menu"]:
            home.add_child(instance=Page(title=title, show_in_menus=True))
        body = [("lead", told["lead"])]
        for question, answer in told["answers"]:
            paragraphs = "".join(f"<p>{escape(text)}</p>" for text in answer.split("\n\n"))
            body += [("question", question), ("answer", paragraphs)]
        page = InterviewPage(title=told["title"], slug="interview")
        page.body = [{"type": kind, "value": value} for kind, value in body]
        home.add_child(instance=page)
        self.stdout.write(page.url_path.removeprefix(home.url_path))
