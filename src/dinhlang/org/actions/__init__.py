"""What can happen in this room. Every act checks, changes and leaves its trace together."""

from dinhlang.org.actions.audit import audit
from dinhlang.org.actions.catalogue import load_demo, load_places
from dinhlang.org.actions.exports import export_audit, export_list, export_people
from dinhlang.org.actions.invitations import accept_invitation, invite, renew_link, revoke_link
from dinhlang.org.actions.parts import add_parts, end_part, rename_part, restore_part
from dinhlang.org.actions.people import (
    TAKEN_BACK_WITHIN,
    appoint,
    change_passphrase,
    end_position,
    hand_over,
    lock_account,
    register_person,
    rename_person,
    restore_position,
    unlock_account,
    withdraw_position,
)
from dinhlang.org.actions.retention import erase_again, erase_due, erase_person, note_export
from dinhlang.org.actions.signing import add_key, end_mandate, give_mandate, retire_key

__all__ = [
    "TAKEN_BACK_WITHIN",
    "accept_invitation",
    "add_key",
    "add_parts",
    "appoint",
    "audit",
    "change_passphrase",
    "end_mandate",
    "end_part",
    "end_position",
    "erase_again",
    "erase_due",
    "erase_person",
    "export_audit",
    "export_list",
    "export_people",
    "give_mandate",
    "hand_over",
    "invite",
    "load_demo",
    "load_places",
    "lock_account",
    "note_export",
    "register_person",
    "rename_part",
    "rename_person",
    "renew_link",
    "restore_part",
    "restore_position",
    "retire_key",
    "revoke_link",
    "unlock_account",
    "withdraw_position",
]
