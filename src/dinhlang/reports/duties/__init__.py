"""Reports that are owed: programmes and their regimes, obligations, ad-hoc requests, exemptions, reminders.

A *programme* is a kind of report that is asked for again and again; its *regime* says, version by version and with its
legal basis, who owes it for which periods, by when and to whom (NĐ 09/2019/NĐ-CP, art. 7, 12). When a period opens,
every unit then responsible gets an *obligation*: a row that keeps its window, its deadline and the reasons for both. A
letter that asks for a report outside the regimes is a *request*; confirmed, it becomes obligations too. Completeness and
timeliness count these rows, so that units that merge never bend a rate. Clerks see what they owe and why; whoever
watches from above sees periods by units. An *exemption* moves the day, never the deadline; a *nudge* is a reminder.

`catalogue` reads the data files, `rules` is what is true, `letter` reads a request, `responsible` says who owes what.
"""
