"""What must be heard at once: one message as CAP 1.2 has it, written by one person and sent by another.

It is never edited once it is sent: an update and a cancellation are messages that refer to it. It says from its first word
whether it is real, an exercise or a test. Devices ask for what is live every second and interrupt whatever they air.
"""
