"""A category that lists posts, ten on a page, and posts of blocks: what a first site of Wagtail has."""

from django.core.paginator import Paginator
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index


class Category(Page):
    """Lists its posts, the newest first."""

    def get_context(self, request, *args, **kwargs):
        """Add the page of posts that is asked for."""
        context = super().get_context(request, *args, **kwargs)
        posts = Post.objects.child_of(self).live().order_by("-first_published_at")
        context["posts"] = Paginator(posts, 10).get_page(request.GET.get("page"))
        return context


class Post(Page):
    """A post."""

    body = StreamField([("paragraph", blocks.RichTextBlock())])
    search_fields = [*Page.search_fields, index.SearchField("body")]
