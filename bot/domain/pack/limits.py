"""Text that must fit its place in Slack, as types. Figures: Slack's Block Kit reference."""

from typing import Annotated

from pydantic import Field

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""An answer code: travels as an option's value (at most 150)."""
ModalTitle = Annotated[str, Field(min_length=1, max_length=24)]
StepTitle = Annotated[str, Field(min_length=1, max_length=16)]
"""What is left of a modal title (24) after "1 of 2: "."""
Label = Annotated[str, Field(min_length=1, max_length=2000)]
Hint = Annotated[str, Field(max_length=2000)]
OptionText = Annotated[str, Field(min_length=1, max_length=75)]
ButtonText = Annotated[str, Field(min_length=1, max_length=75)]
Heading = Annotated[str, Field(min_length=1, max_length=150)]
Phrase = Annotated[str, Field(max_length=120)]
"""A few words that stand in a line with others on the card."""
Short = Annotated[str, Field(min_length=1, max_length=300)]
"""One or two sentences: several share one section of 3,000."""
Prose = Annotated[str, Field(min_length=1, max_length=2400)]
"""A section of its own (3,000), with room for its escapes and its source."""
Cell = Annotated[str, Field(min_length=1, max_length=200)]
"""A table cell: one message's table holds 10,000 characters in all."""

MOST_OPTIONS = 100
"""Options of a select menu."""
MOST_STEPS = 20
"""Steps of the pilot: each takes two of a message's 50 blocks."""
MOST_INPUTS = 8
"""Of a modal: our own bound, since nobody fills in more at once."""
MOST_QUESTIONS_A_PAGE = MOST_INPUTS
"""Each is one input; how it is known, a note and a reason open for one at a time."""
MOST_SERVICES_IN_A_SLICE = 12
"""Two on each step of a form: more than six steps nobody goes through."""
MOST_OPTIONS_IN_A_SLICE = 500
"""In the menus of all its services."""
MOST_BUDGETS = 24
"""Eight on each step of a form."""
MOST_ROLES = 12
"""Four on each step of a form, each with who stands in."""
MOST_IN_A_TABLE = 10_000
"""Characters in all tables of one message."""
