"""What the portal stores, by the part it belongs to."""

from dinhlang.portal.models.base import BasePage
from dinhlang.portal.models.publications import Column, Publication, PublicLine
from dinhlang.portal.models.sites import KeptChange, OldAddress, Site, SiteHost

__all__ = [
    "BasePage",
    "Column",
    "KeptChange",
    "OldAddress",
    "PublicLine",
    "Publication",
    "Site",
    "SiteHost",
]
