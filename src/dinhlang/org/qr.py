"""A QR code as a picture that stands in the page itself: nothing is asked of another host."""

from __future__ import annotations

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # the white border that readers need, in modules


def modules_of(text: str) -> list[list[bool]]:
    """The code row by row, without its white border; True is dark."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    found: list[list[bool]] = code.get_matrix()
    return found


def qr_svg(text: str) -> str:
    """The code as an SVG element, dark on white in dark mode too: many readers do not take it the other way."""
    modules = modules_of(text)
    size = len(modules) + 2 * QUIET
    path = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, cells in enumerate(modules)
        for column, dark in enumerate(cells)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" class="qr" aria-hidden="true" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )
