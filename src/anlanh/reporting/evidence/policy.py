"""Who may state something of a duty, and who may read it."""

VIEW = "duties.view"
PROVE = "duties.prove"
