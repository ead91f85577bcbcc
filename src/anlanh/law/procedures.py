"""Procedures as transition tables: which act leads from which phase to which, who may do it, what it needs, which
clocks it starts and stops, and who is told. The same table draws the buttons, the diagram and the state-machine test.
"""

from dataclasses import dataclass

from anlanh.law.model import Text
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput

PUBLIC_PHASES = ("received", "under_review", "decided", "under_appeal", "closed")


class NotAllowed(BadInput):
    """An act that the procedure has no transition for, in the phase it was tried in."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A state of a case. `public` is the one of five phases that the people concerned are shown."""

    name: str
    title: Text
    public: str
    terminal: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    Args:
        act: the name of the act, such as `decision.made`.
        outcome: which result of the act this row is for; empty when the act has only one.
        sources: the phases it may be done in.
        target: the phase it leads to; None leaves the phase as it is.
        who: capabilities, one of which the person must hold; `public` and `system` are two of them.
        needs: what must be given with the act (ground, facts, reason, notice, second_person, …).
        starts: events whose clocks start with the act.
        stops: obligations that the act fulfils, so that their clocks stop.
        notifies: who is told (reporter, affected, requester).
        undoable: whether a slip may be undone before anything has left the house.
        reopens: it may lead out of an end: a person has found a reason to look at the matter again.
    """

    act: str
    outcome: str
    sources: tuple[str, ...]
    target: str | None
    who: tuple[str, ...]
    needs: tuple[str, ...]
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    notifies: tuple[str, ...]
    undoable: bool
    reopens: bool = False

    def leads_to(self, phase: str) -> str:
        """The phase after this act, done in `phase`."""
        return self.target or phase


@dataclass(frozen=True, slots=True)
class AppealWindow:
    """How long a decision can be appealed against.

    `days` are calendar days after the notice; `answer_days` those in which an appeal is to be answered once it is
    filed. `clause` is None while no clause sets them and the pack chooses.
    """

    days: int
    answer_days: int
    clause: ClauseRef | None
    certainty: str
    note: Text


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Which decisions somebody else has to approve before they are made.

    Args:
        measures: these, whatever their length.
        over_days: any measure that holds for more days than this.
        certainty, note: as for the appeal window.
    """

    measures: tuple[str, ...]
    over_days: int
    certainty: str
    note: Text

    def approves(self, measure: str, days: int) -> bool:
        """Whether a measure of that length (0 for no end) needs a second person."""
        return measure in self.measures or days > self.over_days


@dataclass(frozen=True, slots=True)
class Talk:
    """What a question to somebody concerned does to the clocks.

    Args:
        pauses: obligations whose clocks stand still until the answer; none where no clause lets them.
        answer_days: how long they stand still at the most.
        clause: which lets them; needed with `pauses`.
        certainty, note: as for the appeal window.
    """

    pauses: tuple[str, ...]
    answer_days: int
    clause: ClauseRef | None
    certainty: str
    note: Text


@dataclass(frozen=True, slots=True)
class Hold:
    """For how many hours a page may be held from view until a person decides.

    Args:
        hours: the longest; a hold is never renewed.
        certainty, note: as for the appeal window.
    """

    hours: int
    certainty: str
    note: Text


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Within how many hours the paper should follow an order that came by telephone.

    Args:
        hours: after the call; then a person asks for it.
        certainty, note: as for the appeal window.
    """

    hours: int
    certainty: str
    note: Text


@dataclass(frozen=True, slots=True)
class CounterNotice:
    """What an objection to a claim needs, and the time that it gives the claimant.

    Args:
        days: calendar days from the objection, in which the claimant shows that they went to court or to an authority.
        certainty, note: as for the appeal window.
        statement: what the person affected agrees to by objecting.
    """

    days: int
    certainty: str
    note: Text
    statement: Text


@dataclass(frozen=True, slots=True)
class Withholding:
    """How long the notice to the person affected can be kept back at a time, where a clause forbids telling.

    Args:
        days: the longest; going on needs a new approval.
        certainty, note: as for the appeal window.
    """

    days: int
    certainty: str
    note: Text


@dataclass(frozen=True)
class Procedure:
    """A transition table with its phases.

    Args:
        id: stable, such as `report`.
        title: for people.
        subject: what goes through it.
        opens: the act that puts a case into the initial phase.
        also_opens: other acts that do, such as what screening finds.
        initial: the first phase.
        phases: by name, in the order of the file.
        transitions: in the order of the file, which is the order of the buttons.
        appeal: the appeal window.
        second_person: which decisions somebody else has to approve; None when no measure needs that.
        talk: what asking somebody concerned does to the clocks; None when it does nothing.
        withholding: how long a notice can be kept back at a time; None when it never can.
        sealed: what goes through it is read by those who may do its steps alone, and each look is an act.
        unverified: what no lawyer has confirmed yet; None where somebody has.
        confirmation: within which time a paper should follow a call; None where none is waited for.
        hold: for how long screening may hold a page until a person decides; None where it may not.
        counter_notice: how a claim is objected to; None where it is not.
    """

    id: str
    title: Text
    subject: Text
    opens: str
    initial: str
    phases: dict[str, Phase]
    transitions: tuple[Transition, ...]
    appeal: AppealWindow
    second_person: SecondPerson | None = None
    talk: Talk | None = None
    withholding: Withholding | None = None
    sealed: bool = False
    unverified: Text | None = None
    confirmation: Confirmation | None = None
    hold: Hold | None = None
    counter_notice: CounterNotice | None = None
    also_opens: tuple[str, ...] = ()

    def actions_from(self, phase: str) -> list[Transition]:
        """Every row that may be done in a phase, in the order of the table.

        Raises:
            BadInput: no such phase.
        """
        if phase not in self.phases:
            raise BadInput(f"procedure '{self.id}' has no phase '{phase}'", mend=f"phases: {', '.join(self.phases)}")
        return [row for row in self.transitions if phase in row.sources]

    def transition(self, phase: str, act: str, outcome: str = "") -> Transition:
        """The row for an act in a phase.

        Args:
            phase: the present phase.
            act: the act's name.
            outcome: which result, for acts that have several (`decision.made`: action, no_action).

        Raises:
            NotAllowed: the table has no such row; the message lists what may be done.
        """
        rows = self.actions_from(phase)
        for row in rows:
            if row.act == act and row.outcome == outcome:
                return row
        outcomes = [row.outcome for row in rows if row.act == act]
        if outcomes:
            raise NotAllowed(
                f"'{act}' in phase '{phase}' has no outcome '{outcome}'", mend=f"say which: {', '.join(outcomes)}"
            )
        possible = ", ".join(dict.fromkeys(row.act for row in rows)) or "nothing"
        raise NotAllowed(f"'{act}' is not possible in phase '{phase}'", mend=f"possible: {possible}")

    def diagram(self, language: str = "vi") -> str:
        """The table as a Mermaid state diagram.

        Args:
            language: of the phases' names; acts keep their names in code.
        """
        lines = ["stateDiagram-v2"]
        for phase in self.phases.values():
            lines.append(f'    state "{phase.title.in_language(language)}" as {phase.name}')
        lines.append(f"    [*] --> {self.initial}: {self.opens}")
        for row in self.transitions:
            label = f"{row.act} ({row.outcome})" if row.outcome else row.act
            lines.extend(f"    {source} --> {row.leads_to(source)}: {label}" for source in row.sources)
        lines.extend(f"    {phase.name} --> [*]" for phase in self.phases.values() if phase.terminal)
        return "\n".join(lines) + "\n"
