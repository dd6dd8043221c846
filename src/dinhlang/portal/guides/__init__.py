"""Guides of the digital team as everyone reads them: one step a page in large type, and a leaflet to print.

The steps are `onestop.support`'s; the same for every commune, so that the pages change with the software alone.
"""
