"""Emergencies pushed to devices over an MQTT broker, and their acknowledgements taken back.

Only where the operator names a broker (`DINHLANG_MQTT`). Devices ask over HTTP all the same: without the broker they hear of a
message a second later. Nothing is believed because a broker let it through: every message is signed with the device's own key.
"""
