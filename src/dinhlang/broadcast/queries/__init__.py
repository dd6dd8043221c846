"""What can be asked of the radio, always within what a person may see."""

from dinhlang.broadcast.queries.bulletins import Asked, airable, bulletins, rate_of

__all__ = ["Asked", "airable", "bulletins", "rate_of"]
