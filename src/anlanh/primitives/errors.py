"""One error for bad input, so that every face can say what is wrong, where, and how to mend it."""


class BadInput(ValueError):
    """Input that a person or program gave and that can't be used as it is.

    Args:
        what: the fault in one short clause, without a full stop.
        where: file, line, column or field; empty when there is only one place it can be.
        mend: what to do about it, as an instruction.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.mend}" if self.mend else text
