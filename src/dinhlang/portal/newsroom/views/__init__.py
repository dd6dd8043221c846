"""The newsroom on the desk: its lists, writing, the acts of the board, links for approval, counts."""

from dinhlang.portal.newsroom.views.attachments import (
    document_add,
    document_remove,
    picture_add,
    picture_change,
    picture_file,
    picture_remove,
    recording_set,
)
from dinhlang.portal.newsroom.views.digest import digest
from dinhlang.portal.newsroom.views.importing import import_page
from dinhlang.portal.newsroom.views.item import (
    assign,
    bulletin_make,
    classify,
    deed,
    history,
    item,
    sound_again,
)
from dinhlang.portal.newsroom.views.links import decide, link_make, link_picture, link_revoke
from dinhlang.portal.newsroom.views.lists import board, item_export, item_list
from dinhlang.portal.newsroom.views.old_pictures import old_picture_file, old_pictures
from dinhlang.portal.newsroom.views.printing import print_make
from dinhlang.portal.newsroom.views.spreading import send, spread, spread_export
from dinhlang.portal.newsroom.views.statistics import statistics, statistics_export
from dinhlang.portal.newsroom.views.subjects import begin
from dinhlang.portal.newsroom.views.writing import autosave, edit, new, paste, preview

__all__ = [
    "assign",
    "autosave",
    "begin",
    "board",
    "bulletin_make",
    "classify",
    "decide",
    "deed",
    "digest",
    "document_add",
    "document_remove",
    "edit",
    "history",
    "import_page",
    "item",
    "item_export",
    "item_list",
    "link_make",
    "link_picture",
    "link_revoke",
    "new",
    "old_picture_file",
    "old_pictures",
    "paste",
    "picture_add",
    "picture_change",
    "picture_file",
    "picture_remove",
    "preview",
    "print_make",
    "recording_set",
    "send",
    "sound_again",
    "spread",
    "spread_export",
    "statistics",
    "statistics_export",
]
