"""What the portal stores, by the part it belongs to."""

from dinhlang.portal.models.digest import Digest
from dinhlang.portal.models.editions import CitedDocument, Edition, EditionPicture, SavedWords
from dinhlang.portal.models.items import ApprovalLink, Item, Step
from dinhlang.portal.models.old_pictures import OldPicture
from dinhlang.portal.models.papers import OpenPlan
from dinhlang.portal.models.publications import Column, Publication, PublicLine
from dinhlang.portal.models.readers import Mailing, Reader
from dinhlang.portal.models.search import Promoted, SearchChange, Unfound
from dinhlang.portal.models.sites import KeptChange, OldAddress, Site, SiteHost
from dinhlang.portal.models.sounds import ItemSound, StepSound
from dinhlang.portal.models.visits import Visits

__all__ = [
    "ApprovalLink",
    "CitedDocument",
    "Column",
    "Digest",
    "Edition",
    "EditionPicture",
    "Item",
    "ItemSound",
    "KeptChange",
    "Mailing",
    "OldAddress",
    "OldPicture",
    "OpenPlan",
    "Promoted",
    "PublicLine",
    "Publication",
    "Reader",
    "SavedWords",
    "SearchChange",
    "Site",
    "SiteHost",
    "Step",
    "StepSound",
    "Unfound",
    "Visits",
]
