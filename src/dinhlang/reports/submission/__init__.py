"""Reports handed to the level above: submitted, received, returned, corrected, accepted.

A *submission* is one report for one obligation, as a *package* (the Word file, the PDF, the ledger of its figures, its
document, each by digest) with three days: of the document, of handing in, of receipt (docs/submission.md). It comes from
inside the installation, from a commune's own box over the API with that unit's key, as a file that went another way, or
as a nil report with its reason. Whoever receives it has a *receipt* that anybody can check by the digest.

The unit sends and takes back; whoever watches over it returns, naming figure or paragraph, or accepts. The law behind
it: NĐ 09/2019/NĐ-CP art. 8 (sent on paper or over an information system, three dates), art. 12.
"""
