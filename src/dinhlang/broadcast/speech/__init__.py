"""A script becomes sound: read by a machine or recorded by a person, evened, as MP3 and Opus, with its transcript.

Nouns: voice (giọng đọc) of an engine, reading (bản đọc) with the time of each sentence, finished sound (tệp phát).
`reading.read_aloud` goes the whole way for a text, `finishing.finished` for a person's recording. Both work in processes
of their own with limits of memory and time, so that neither a strange text nor a strange file harms the desk.
"""
