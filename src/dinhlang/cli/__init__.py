"""The `dinhlang` command. Each sub-command imports only what it needs, when it is called."""

from dinhlang.cli.main import main

__all__ = ["main"]
