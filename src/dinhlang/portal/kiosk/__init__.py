"""Procedures on the screen that stands beside the one-stop counter: touched by everyone, belonging to nobody.

Life event, a question or two, what to bring; then on paper or by a code on the own phone. Nothing is typed, nothing is
kept of who stood there, no link leads out of the kiosk, and a minute without a touch leads back to the start.
"""
