"""Icons look as the package that has them draws them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from lucide.jinja import lucide as theirs


@pytest.mark.parametrize("name", ["save", "arrow-left", "house", "loader-circle"])
@pytest.mark.parametrize("size", [20, None])
def test_an_icon_is_the_packages(name: str, size: int | None) -> None:
    given = {"aria_hidden": "true", "class": "<big>"}
    tag = '{% load lucide %}{% lucide name size=size aria_hidden="true" class=wide %}'
    for _ in range(2):
        ours = Template(tag).render(Context({"name": name, "size": size, "wide": given["class"]}))
        assert ours == theirs(name, size=size, **given)
