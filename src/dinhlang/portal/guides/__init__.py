"""Guides of the digital team as everyone reads and hears them: one step a page in large type, and a leaflet to print.

The steps are `onestop.support`'s, in a commune's own words where it wrote some; each can be heard once the worker has read it
(`listening.steps`).
"""
