from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class HomePage(Page):
    pass


class InterviewPage(Page):
    body = StreamField(
        [("lead", blocks.TextBlock()), ("question", blocks.CharBlock()), ("answer", blocks.RichTextBlock())]
    )
