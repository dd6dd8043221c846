"""The pages of classes on the desk."""

from dinhlang.citizens.training.views.classes import (
    class_detail,
    class_edit,
    class_export,
    class_list,
    class_new,
    class_off,
    class_reopen,
    class_step,
)
from dinhlang.citizens.training.views.papers import (
    file,
    file_add,
    file_remove,
    guest_invitation,
    invitation,
    invitations,
    poster,
    sheet,
    slips,
)
from dinhlang.citizens.training.views.people import (
    attendance,
    guest_call,
    guest_list,
    guest_remove,
    guests_export,
    unannounced,
)
from dinhlang.citizens.training.views.testing import testing

__all__ = [
    "attendance",
    "class_detail",
    "class_edit",
    "class_export",
    "class_list",
    "class_new",
    "class_off",
    "class_reopen",
    "class_step",
    "file",
    "file_add",
    "file_remove",
    "guest_call",
    "guest_invitation",
    "guest_list",
    "guest_remove",
    "guests_export",
    "invitation",
    "invitations",
    "poster",
    "sheet",
    "slips",
    "testing",
    "unannounced",
]
