"""Standing up for oneself: appeals that come late, and representatives who act for others."""
