"""Good models (mô hình hay, cách làm mới) and commendations: activities that stand out, from the ledger to the public.

An officer *marks* a line and says why; the unit *proposes* it to its own leader or to the level above, who *recognises*
or *refuses* with a reason; what is recognised can be *published*, drafted as an article, and is listed in reports
(`practices` in an outline). Every step is a row, and each can be taken back.
"""
