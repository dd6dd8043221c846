"""Open311 GeoReport v2: apps send feedback to a commune and read what was published, in JSON and XML.

`https://wiki.open311.org/GeoReport_v2`. What is decided where the standard leaves room: arrays are bare; what is unknown is
null; an unknown jurisdiction is 404; a span of days is cut to 90 from its beginning; nobody's name, number or place is ever
given out; what is not published has a status and nothing else, and is in no list.
"""
