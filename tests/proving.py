"""What an inspector does with a log: take it away as a file, check it elsewhere, and notice when it was touched."""

from pathlib import Path

from django.test import Client

from tests.programs import anlanh, anlanh_here


def assert_proven(code: str, folder: Path) -> list[str]:
    """Exports an organisation's log with the command and verifies it in a process that has no database.

    A copy in which one letter of one entry differs must fail and name that entry. The database must hold what was
    written, committed, since another process reads it.

    Args:
        code: the organisation's code.
        folder: an empty folder for the files.

    Returns:
        The entries.
    """
    export, key, elsewhere = folder / "export", folder / "key", folder / "elsewhere"
    elsewhere.mkdir()
    written = anlanh_here("ledger", "export", export, "--org", code, data=folder / "data")
    assert written.returncode == 0, written.stderr
    key.write_bytes(Client().get(f"/api/v1/log/{code}/key").content)

    verified = anlanh("ledger", "verify", export, "--key", key, data=elsewhere)
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stderr

    lines = export.read_text().splitlines(keepends=True)
    entries = [line for line in lines if line.startswith("{")]
    assert f"{len(entries)} entries" in verified.stdout

    touched = next(number for number, line in enumerate(entries) if '"decision.made"' in line)
    tampered = folder / "tampered"
    changed = [*lines[:touched], lines[touched].replace("decision.made", "decision.mode"), *lines[touched + 1 :]]
    tampered.write_text("".join(changed))
    refused = anlanh("ledger", "verify", tampered, "--key", key, data=elsewhere)
    assert refused.returncode == 1
    assert f"line {touched + 1} is the first bad entry" in refused.stderr
    return entries
