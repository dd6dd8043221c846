"""Write the posts of a file into one category, as an editor's program would: `fill.py POSTS.json`."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from blog.models import Category, Post  # noqa: E402 - after django.setup
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

home = Site.objects.get().root_page
category = home.add_child(
    instance=Category(title="Cải cách hành chính", slug="cai-cach-hanh-chinh", show_in_menus=True)
)
for number, post in enumerate(json.loads(Path(sys.argv[1]).read_text("utf-8"))):
    blocks = [("paragraph", f"<p>{paragraph}</p>") for paragraph in post["paragraphs"]]
    category.add_child(
        instance=Post(
            title=post["title"],
            slug=post["slug"],
            search_description=post["lead"],
            first_published_at=timezone.now() - timedelta(hours=7 * (number + 1)),
            body=blocks,
        )
    )
sys.stdout.write(str(Post.objects.live().count()))
