"""The migrations that each room's first one stands in the place of (ADR 0019), by their names.

They are kept here, and not in the migrations, because every start of the program asks for them.
"""

from __future__ import annotations

OLDER: dict[str, tuple[str, ...]] = {
    "org": (
        "0001_initial",
        "0002_audit_append_only",
        "0003_one_name",
        "0004_audit_chain",
        "0005_audit_chain_guarded",
        "0006_invitations",
        "0007_cached_values",
        "0008_signing",
        "0009_unit_changes",
        "0010_signature_pictures",
    ),
    "work": (
        "0001_initial",
        "0002_ledger_append_only",
        "0003_plan_drafts_and_calendars",
        "0004_batches_and_pictures",
        "0005_search_from_an_index",
        "0006_fold_lines_by_kind_and_field",
        "0007_words_of_the_one_stop",
        "0008_sums_of_every_level",
        "0009_add_up_what_is_there",
        "0010_sums_in_one_row",
    ),
    "archive": (
        "0001_initial",
        "0002_initial",
        "0003_intake",
        "0004_pages_of_what_comes_in",
        "0005_search_words_from_an_index",
    ),
    "broadcast": (
        "0001_bulletins",
        "0002_schedule_and_air_log",
        "0003_players",
        "0004_links",
        "0005_voices",
        "0006_intake",
        "0007_prints",
        "0008_channels",
        "0009_emergencies",
        "0010_log_checkpoint",
        "0011_emergency_links",
    ),
    "portal": (
        "0001_initial",
        "0002_revisions_and_locale",
        "0003_publications",
        "0004_publication_months",
        "0005_columns",
        "0006_sites",
        "0007_items",
        "0008_saved_words",
        "0009_what_editors_look_at",
        "0010_search",
        "0011_wagtail_is_gone",
        "0012_open_plans",
        "0013_items_from_elsewhere",
        "0014_items_tell_of_practices",
        "0015_sites_open_duties",
        "0016_item_sounds",
        "0017_readers",
    ),
    "reports": (
        "0001_initial",
        "0002_issued_is_final",
        "0003_drafts_can_be_edited",
        "0004_duties",
        "0005_approval",
        "0006_submissions",
        "0007_index_practices_quality",
        "0008_consolidated",
        "0009_ruled_by_a_version",
        "0010_seals",
        "0011_bundles",
    ),
}


def replaced(room: str) -> list[tuple[str, str]]:
    """The names of a room's older migrations, as Django names them."""
    return [(room, name) for name in OLDER[room]]
