"""Every id meshfit puts on a screen. A test holds each to a listener in `routes.py`."""

# Views
PAGE = "page"
RESULT = "quick_result"
NOMINATE = "nominate"
CALCULATOR = "calculator"
ASK = "ask"
METRIC = "metric"

# The guided modal. A question's block is its id; beside it stand `<question>.evidence` and so on.
ANSWER = "answer"
EVIDENCE = ".evidence"
NOTE = ".note"
REASON = ".reason"
BACK = "page_back"
GO_TO_PAGE = "page_goto"
SKIP_TO_RESULT = "page_result"
DEEPER = "deeper"
COUNT_HOURS = "deeper_tax"
EDIT_DRAFT = "edit_draft"

# The card, its thread, and `/meshfit` alone
START = "start"
EXAMPLE = "example"
OWNER = "owner"
EDIT = "edit"
WHY = "why"
WHAT_IF = "whatif"
SHARE_WHAT_IF = "whatif_share"
ARGUE = "argue"
UNDO = "undo"
OWN_THIS = "own_this"
DECLINE = "decline"
STILL = "still"
GO_TO_CARD = "goto"
REPOST = "repost"

# Questions
ASK_SOMETHING = "ask_something"
TOPIC = "topic"
SHOW_ENTRY = "entry"
RELATED = "rel"
"""Followed by 1, 2 or 3."""
SHARE_ANSWER = "share_answer"
HELPFUL = "helpful"
NOT_HELPFUL = "not_helpful"
ASK_ABOUT_MESSAGE = "ask_about_message"

# The pilot checklist
TICK = "tick"
UNTICK = "untick"
EXPLAIN = "explain"
WRITE_METRIC = "write_metric"

# History and forgetting
READ = "read"
START_AFRESH = "start_afresh"
ERASE_MINE = "erase_mine"
ERASE_TEAM = "erase_team"
