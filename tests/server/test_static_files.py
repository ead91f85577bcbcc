"""Static files are gathered again whenever one of any face has changed."""

from pathlib import Path

from anlanh.server import preparation


def test_the_files_of_every_face_are_looked_at():
    names = {path.name for path in preparation._static_sources()}
    assert {"app.css", "console.js", "accounts.css"} <= names
    assert all(Path(path).is_file() for path in preparation._static_sources())
