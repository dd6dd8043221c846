"""Vietnamese text, in plain Python: the ground floor of the house.

`text` normalises, folds and sorts; `syllable` knows which syllables Vietnamese can have; `numbers` and
`dates` read and write both in words; `legacy` turns TCVN3, VNI and Windows-1258 into Unicode.
Used by every room above. NFC comes out of every function that gives text.
"""
