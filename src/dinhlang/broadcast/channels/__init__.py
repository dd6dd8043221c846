"""Other channels of an approved item: a Facebook page, a Zalo Official Account, and what a person copies by hand.

A channel is a commune's account on a service; a delivery is one version of one item on one channel, with its receipt.
Nothing leaves without an approval, nothing is posted twice, no state hangs (docs/channels.md).
"""
