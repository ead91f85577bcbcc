"""What the tests of the law share."""

import shutil
from pathlib import Path

import pytest

MINI = Path(__file__).parent / "mini"


@pytest.fixture
def land(tmp_path: Path) -> Path:
    """A copy of the smallest whole pack, to be damaged."""
    return Path(shutil.copytree(MINI, tmp_path / "land"))
