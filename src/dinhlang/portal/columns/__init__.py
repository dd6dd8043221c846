"""The columns (chuyên mục) of a commune's public page: which there are, in which order, and which are closed.

Made for a new commune in one step. A report that is opened to all stands in one of them.
"""
