"""The second person sends by a one-time link: at night a leader is at home, with a phone and without an account open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.emergency import actions, queries
from dinhlang.broadcast.emergency.rules import State, Status
from dinhlang.broadcast.models import Emergency, EmergencyLink
from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import (
    LinkSpent,
    check_reader,
    end_decision_link,
    make_decision_link,
    open_links,
    use_decision_link,
)
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused


def second_people(emergency: Emergency, at: datetime) -> list[Person]:
    """The leaders who may send a message: not who wrote or proposed it, but for a test."""
    leaders = permissions.leaders(emergency.unit, localdate(at))
    if emergency.status == Status.TEST:
        return leaders
    return [one for one in leaders if one.pk not in (emergency.made_by_id, emergency.proposed_by_id)]


def open_links_of(emergency: Emergency, at: datetime) -> list[EmergencyLink]:
    """The links with which somebody can still send the message."""
    return list(open_links(emergency.links.select_related("approver"), at))


@transaction.atomic
def make_link(
    *, emergency: Emergency, approver: Person, by: Person | None, at: datetime
) -> tuple[EmergencyLink, str]:
    """A link with which one leader sends the message as it stands, or gives it back. Its secret is given once.

    Earlier ones for the same message end. Raises `Refused` for a message that does not wait for the second person or for
    somebody who cannot be it, and `NotAllowed`.
    """
    found = actions.locked(emergency)
    permissions.check_can_alarm(by, found.unit, localdate(at))
    if found.state != State.PROPOSED:
        raise Refused(_("Thông điệp chưa đề nghị phát nên chưa lập được đường dẫn. Đề nghị phát trước."))
    if approver not in second_people(found, at):
        raise Refused(_("Người này không phát lệnh được thông điệp này. Chọn một lãnh đạo khác."))
    made: tuple[EmergencyLink, str] = make_decision_link(
        found.links, digest=queries.digest_of(found), approver=approver, by=by, at=at
    )
    detail = {"person": approver.pk, "link": made[0].pk}
    audit(by=by, at=at, action="emergency-link.make", target=found, unit=found.unit, detail=detail)
    return made


@transaction.atomic
def revoke_link(*, link: EmergencyLink, by: Person | None, at: datetime) -> None:
    """Make a link worth nothing. Raises `LinkSpent` when it is not open, and `NotAllowed`."""
    unit = link.emergency.unit
    permissions.check_can_alarm(by, unit, localdate(at))
    end_decision_link(link, at)
    detail = {"link": link.pk}
    audit(by=by, at=at, action="emergency-link.revoke", target=link.emergency, unit=unit, detail=detail)


def is_as_linked(link: EmergencyLink, emergency: Emergency) -> bool:
    """Whether the message waits, with the words and the sound that the link was made for."""
    return emergency.state == State.PROPOSED and queries.digest_of(emergency) == link.digest


@transaction.atomic
def decide_by_link(
    *, link: EmergencyLink, is_sent: bool, signed_in: Person | None, at: datetime
) -> Emergency:
    """Send the message or give it back by a link, once. `signed_in` is whoever the browser belongs to, when it is known.

    The audit names the leader and the link, and with it who made it. Raises what `actions.issue` does, `LinkSpent`, and
    `NotAllowed` when the leader no longer may, or when the browser is somebody else's.
    """
    check_reader(link, signed_in)
    found = actions.locked(link.emergency)
    if link.approver not in second_people(found, at):
        raise NotAllowed(
            _("%(approver)s không còn quyền phát lệnh thông điệp này.") % {"approver": link.approver}
        )
    if not is_as_linked(link, found):
        raise LinkSpent(_("Thông điệp đã thay đổi sau khi lập đường dẫn. Hãy xin một đường dẫn mới."))
    use_decision_link(link, at)
    if is_sent:
        return actions.issue(emergency=found, seen=link.digest, by=link.approver, at=at, link=link.pk)
    return actions.take_back(emergency=found, by=link.approver, at=at, link=link.pk)
