"""From one description to a finished paper: PDF/A and Word, to the measures of a template file."""
