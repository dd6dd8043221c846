"""The public site of a unit: where it stands, what frames its pages, and the pages that every site has.

Nouns: site (trang công khai của một đơn vị), frame (khung trang), host (tên miền), old address (địa chỉ cũ).

A site stands under `/<path>/` of the installation, or at a host name of its own; the rest of an address is the same.
All addresses are built in `addresses`. A page differs neither by who reads it nor by how they look at it: the size of
text, contrast and light that a reader chose come as a style sheet of its own (`looks`), so that a page can be kept as
a file (`portal.kept`, ADR 0015).
"""

HOST_URLS = "dinhlang.config.host_urls"
"""The addresses at a host name of a site's own: of the floor above, so it is only named here."""
