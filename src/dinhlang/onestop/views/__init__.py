"""How the web reaches the register."""

from dinhlang.onestop.views.lists import dossiers

__all__ = ["dossiers"]
