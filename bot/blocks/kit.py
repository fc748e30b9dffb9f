"""Primitives: slackblocks, which checks each block, behind functions that hand out plain dicts.

Running text is cut to the length of its place here, so that no pack and no person breaks a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import slackblocks as sb

from bot.blocks.words import cut

Block = dict[str, Any]
Element = sb.Element
Choice = tuple[str, str]
"""(value, text) of an option."""


def _drawn(block: sb.Block) -> Block:
    """The dict of one block; the library has no public way to draw a single one."""
    return block._resolve()


def section(block_id: str, text: str, accessory: Element | None = None) -> Block:
    """A paragraph of mrkdwn, with at most one element beside it; Slack never folds it."""
    paragraph = sb.Text(cut(text, 3000))
    drawn = _drawn(sb.SectionBlock(paragraph, block_id=block_id, accessory=accessory))
    return drawn | {"expand": True}


def header(block_id: str, text: str) -> Block:
    """A heading in plain text."""
    return _drawn(sb.HeaderBlock(sb.PlainText(cut(text, 150)), block_id=block_id))


def context(block_id: str, text: str) -> Block:
    """Small print in mrkdwn."""
    return _drawn(sb.ContextBlock([sb.Text(cut(text, 3000))], block_id=block_id))


def actions(block_id: str, *elements: Element) -> Block:
    """A row of buttons and selects."""
    return _drawn(sb.ActionsBlock(list(elements), block_id=block_id))


def button(
    action_id: str,
    text: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    url: str | None = None,
    confirm: tuple[str, str, str] | None = None,
) -> Element:
    """A button; `confirm` asks first with (title, text, what the confirming button says)."""
    dialog = None
    if confirm:
        title, asks, yes = (sb.PlainText(each) for each in confirm)
        dialog = sb.ConfirmationDialogue(title, asks, yes, sb.PlainText("Cancel"), style)
    return sb.Button(
        sb.PlainText(text),
        action_id,
        url=url,
        value=value or None,
        style=style,
        confirm=dialog,
        accessibility_label=cut(text, 75),
    )


def select(
    action_id: str, choices: Iterable[Choice], initial: str | None = None, empty: str = "Choose"
) -> Element:
    """A menu of one choice; `initial` is a value among the choices, or nothing is chosen."""
    options = _options(choices)
    chosen = next((each for each in options if each.value == initial), None)
    return sb.StaticSelectMenu(
        action_id, options, initial_option=chosen, placeholder=sb.PlainText(empty)
    )


def grouped_select(
    action_id: str, groups: Iterable[tuple[str, Iterable[Choice]]], empty: str = "Choose"
) -> Element:
    """A menu of one choice, under headings: (heading, choices)."""
    under = [sb.OptionGroup(sb.PlainText(cut(head, 75)), _options(each)) for head, each in groups]
    return sb.StaticSelectMenu(action_id, option_groups=under, placeholder=sb.PlainText(empty))


def multi_select(
    action_id: str, choices: Iterable[Choice], initial: Sequence[str] = (), empty: str = "Choose"
) -> Element:
    """A menu of several choices."""
    options = _options(choices)
    chosen = [each for each in options if each.value in initial]
    return sb.StaticMultiSelectMenu(
        action_id, options, initial_options=chosen or None, placeholder=sb.PlainText(empty)
    )


def radio(action_id: str, choices: Iterable[Choice], initial: str | None = None) -> Element:
    """Alternatives side by side; `initial` is the value of the one chosen before, if any was."""
    options = _options(choices)
    chosen = next((each for each in options if each.value == initial), None)
    return sb.RadioButtonGroup(action_id, options, chosen)


def checkboxes(action_id: str, choices: Iterable[Choice], initial: Sequence[str] = ()) -> Element:
    """Boxes to tick, in mrkdwn; `initial` are the values of those that are ticked."""
    options = [sb.Option(sb.Text(cut(text, 75)), value) for value, text in choices]
    chosen = [each for each in options if each.value in initial]
    return sb.CheckboxGroup(action_id, options, initial_options=chosen or None)


def user_select(action_id: str, empty: str, initial: str = "") -> Element:
    """A picker of one person."""
    return sb.UserSelectMenu(
        action_id, initial_user=initial or None, placeholder=sb.PlainText(empty)
    )


def people_select(
    action_id: str, empty: str, initial: Sequence[str] = (), most: int | None = None
) -> Element:
    """A picker of several people."""
    return sb.UserMultiSelectMenu(
        action_id,
        initial_users=list(initial) or None,
        max_selected_items=most,
        placeholder=sb.PlainText(empty),
    )


def channel_select(action_id: str, empty: str, initial: str = "") -> Element:
    """A picker of one channel, public or private."""
    channels = sb.ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    return sb.ConversationSelectMenu(
        action_id,
        initial_conversation=initial or None,
        placeholder=sb.PlainText(empty),
        filter=channels,
    )


def date_picker(action_id: str, initial: str | None = None) -> Element:
    """A picker of one day; `initial` reads 2026-11-22."""
    return sb.DatePicker(action_id, initial)


def file_input(action_id: str, most: int) -> Element:
    """A field for files; their names and kinds prove nothing."""
    return sb.FileInput(action_id, max_files=most)


def text_input(
    action_id: str, initial: str = "", *, most: int, empty: str = "", lines: bool = False
) -> Element:
    """A field for text of at most `most` characters."""
    return sb.PlainTextInput(
        action_id,
        initial_value=initial or None,
        multiline=lines,
        max_length=most,
        placeholder=sb.PlainText(empty) if empty else None,
    )


def number_input(
    action_id: str, initial: str = "", *, least: str, most: str | None, whole: bool
) -> Element:
    """A field for a number between `least` and `most`."""
    return sb.NumberInput(
        is_decimal_allowed=not whole,
        action_id=action_id,
        initial_value=initial or None,
        min_value=least,
        max_value=most,
    )


def field(
    block_id: str, label: str, element: Element, hint: str = "", *, optional: bool = False
) -> Block:
    """An input with its label and hint."""
    return _drawn(
        sb.InputBlock(
            sb.PlainText(cut(label, 2000)),
            element,
            block_id=block_id,
            hint=sb.PlainText(cut(hint, 2000)) if hint else None,
            optional=optional,
        )
    )


def bars(
    block_id: str, title: str, unit: str, series: Sequence[tuple[str, Sequence[Choice]]]
) -> Block:
    """A native bar chart: (name, [(label, value as text)]) for each series. Messages only."""
    drawn = [
        sb.DataSeries(name, [sb.DataPoint(label, float(value)) for label, value in points])
        for name, points in series
    ]
    axis = sb.AxisConfig([label for label, _ in series[0][1]], y_label=unit)
    return _drawn(sb.DataVisualizationBlock(title, sb.BarChart(drawn, axis), block_id=block_id))


def _options(choices: Iterable[Choice]) -> list[sb.Option]:
    return [sb.Option(sb.PlainText(cut(text, 75)), value) for value, text in choices]
