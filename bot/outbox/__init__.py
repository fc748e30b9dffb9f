"""OWED: takes what is due from the store and brings it to Slack; the only code that posts.

A journey owes what it has to say in the transaction that causes it (`bot/store/owed.py`). Here
each kind of it has one function (`kinds.py`), which draws it from what is kept by then and delivers
it; the relay calls these, in order, again where Slack was ill, also after a restart.
"""
