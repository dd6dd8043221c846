"""What other rooms hear of sound: `voiced` is sent with `voicing` in the transaction in which it is done or has failed."""

from django.dispatch import Signal

voiced = Signal()
