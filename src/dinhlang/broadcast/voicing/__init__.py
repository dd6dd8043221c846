"""The sound of a text: read by a voice of the machine or recorded by a person, made by the worker, kept by its hash.

Nouns: voicing (bản âm thanh) with its MP3, Opus and transcript; table of short forms (bảng đọc của xã). A room that wants
sound of its own text calls `actions.ask` and reads the row that it gives; of a bulletin it is `bulletins.py`.
`signals.voiced` tells when one is ready. Nothing half made is ever kept: files and row come in one transaction.
"""
