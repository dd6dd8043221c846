"""Vietnamese text, in plain Python: the ground floor of the house.

`text` normalises, folds, sorts and places tone marks; `syllable` knows which syllables Vietnamese can have,
what was meant by an impossible one and how damaged a text is; `numbers` and `dates` read and write both in
figures and in words; `legacy` turns TCVN3, VNI, Windows-1258 and misread UTF-8 into Unicode; `damage` tells
damaged text from sound, and what happened to it; `speech` writes a text as it is read aloud.

Used by every room above; imports none of them. Every function takes any normal form and gives NFC.
Behind `syllable` stand two tables: the orthography (`_grammar`, onsets and rimes) and `frequencies.txt`,
how often each syllable stands in ten million syllables of official text (made by
`scripts/count_syllables.py`), which ranks suggestions and never decides what is right.
`model` knows which words follow which (`ngrams.bin`, made by `scripts/count_ngrams.py` from the same text).
"""
