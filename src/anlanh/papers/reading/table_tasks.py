"""Tasks that tables hand out: one for each row, where a column says who leads."""

from anlanh.papers.reading.bodies import subject_of
from anlanh.papers.reading.judging import is_heading_text
from anlanh.papers.reading.outline import Node
from anlanh.papers.reading.paragraphs import Paragraph
from anlanh.papers.reading.tables import Row, tables_in
from anlanh.papers.reading.task import Task, kind_of
from anlanh.papers.reading.times import timing_of, told_beside


def table_tasks(paragraphs: list[Paragraph], prefix: str, root: Node | None = None) -> list[Task]:
    """The tasks of all tables among these paragraphs.

    Args:
        prefix: what their paths begin with, for an appendix.
        root: the tree of the items around them: paths go on from the section that a table stands in.
    """
    tasks = []
    for table in tables_in(paragraphs):
        if table.hands_out and table.rows:
            above = _section_at(root, table.rows[0].start) if root else prefix
            tasks += [_task(row, f"{above}.{row.path}" if above else row.path) for row in table.rows]
    return tasks


def _task(row: Row, path: str) -> Task:
    timing = timing_of(row.task.text)
    if row.time:
        timing = told_beside(row.time, timing)
    return Task(
        path, row.lead, row.task.text, row.start, row.end, timing.deadline, timing.words, timing.strict, timing.recurrence,
        timing.recurrence_words, timing.trigger, kind_of(row.task.text, False), row.helpers, 0.85 if row.lead else 0.5,
        [] if row.lead else ["no lead agency in this row"],
    )  # fmt: skip


def _section_at(root: Node, start: int) -> str:
    """The path of the heading that a table at this place stands under; empty where there is none."""
    before = [node for node in root if node.marker and node.lead.span()[0] < start]
    node = before[-1] if before else None
    while node is not None and node.marker and not is_heading_text(node.lead.text, subject_of(node.lead.text), node):
        node = node.parent
    return node.path if node is not None else ""
