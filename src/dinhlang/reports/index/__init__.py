"""The reform index (chỉ số cải cách hành chính): criteria sets as data, a unit's scores by them, what follows.

A province decides by which criteria its communes are scored and from which year; the *set* comes from a file, is looked
at, and is put in force as a version that is never edited. A unit opens an *assessment* for a year: it scores itself with
lines of the ledger beside each criterion, communication criteria are computed and explain themselves, the level above
*appraises* and says why where it differs, the survey's share comes in or the score is scaled to the full mark, and the
result is published. Years are compared only within one set.

`scheme` is what a set says and how scores follow, `bands` reads steps written in words, `reading` and `catalogue` take
sets from tables and from TOML, `measures` asks the ledger, `rules` adds up. docs/index.md tells all of it.
"""
