"""Who may change units: administrators of all units concerned, or of a unit above them.

Units where nobody works in this installation ask nobody; so a commune that stands alone here may record what happened to
it and to its neighbours in the catalogue.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries
from dinhlang.org.changes.looking_up import Meant
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.queries.standing import PARTS
from dinhlang.org.rules import ROLES, Permission, Role


def administered(person: Person, on: date) -> list[Unit]:
    """The bodies in which the person may change units."""
    if not person.is_active:
        return []
    posts = [
        post
        for post in queries.positions(person, on)
        if Permission.UNITS_CHANGE in ROLES[Role(post.role)].permissions
    ]
    return queries.homes_of(posts, on)


def check_may(by: Person | None, change: Meant, today: date) -> None:
    """Return quietly when `by` may make this change; raise `NotAllowed` with the reason. `None` is the operator."""
    if by is None:
        return
    own = {unit.pk for unit in administered(by, today)}
    before = change.asked.on - timedelta(days=1)
    bodies = Unit.objects.filter(pk__in=change.scope.ids | change.scope.heirs).exclude(level__in=PARTS)
    is_own = False
    for body in bodies:
        above = {body.pk, *(one.pk for on in (before, today) for one in queries.path_up(body, on))}
        if above & own:
            is_own = True
        elif _has_people(body, min(before, today)):
            raise NotAllowed(
                _(
                    "%(unit)s có cán bộ riêng dùng hệ thống. Hãy đề nghị người quản trị của cấp trên, "
                    "hoặc người vận hành hệ thống, thực hiện thay đổi này."
                )
                % {"unit": capfirst(queries.title_of(body, before))}
            )
    if not is_own:
        raise NotAllowed(
            _("Bạn không quản trị đơn vị nào trong số này, cũng không quản trị cấp trên của chúng.")
        )


def _has_people(body: Unit, on: date) -> bool:
    ids = queries.ids_below(body, on, parts_only=True) | {body.pk}
    return Position.objects.filter(unit__in=ids).exclude(ends_on__lte=on).exists()
