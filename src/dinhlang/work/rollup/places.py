"""At which place of a stored row each name is summed (`sums`).

Stored rows were written by these places: a new name is added at the end, and one that is no longer counted keeps its place.
"""

from __future__ import annotations

PLACES = (
    "articles",
    "posts",
    "visits",
    "reach",
    "messages",
    "broadcasts",
    "broadcast_sessions",
    "broadcast_minutes",
    "meetings",
    "attendees",
    "guidance",
    "leaflets",
    "banners",
    "bulletins",
    "trainings",
    "training_attendees",
    "contests",
    "contest_entries",
    "procedures_posted",
    "dossiers_received",
    "dossiers_online",
    "dossiers_resolved",
    "dossiers_on_time",
    "dossiers_late",
    "feedback",
    "survey_answers",
    "survey_satisfied",
    "kind:radio",
    "kind:board",
    "kind:bulletin",
    "kind:leaflet",
    "kind:speaker",
    "kind:website",
    "kind:social",
    "kind:message",
    "kind:meeting",
    "kind:guidance",
    "kind:training",
    "kind:contest",
    "kind:posting",
    "kind:onestop",
    "field:the-che",
    "field:thu-tuc",
    "field:bo-may",
    "field:cong-vu",
    "field:tai-chinh-cong",
    "field:chinh-quyen-so",
    "field:chi-dao",
    "dossiers_early",
    "spots",
    "feedback_answered",
    "feedback_on_time",
    "feedback_published",
    "supported",
    "kind:support",
)
PLACE = {name: place for place, name in enumerate(PLACES)}


def is_summed(name: str) -> bool:
    """Whether sums of every level are kept: of counters, kinds and fields; not of a task, which has one unit only, nor of
    what there is on a day, which does not add up."""
    return name in PLACE
