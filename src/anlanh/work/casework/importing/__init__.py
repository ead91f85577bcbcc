"""Reading registers as people keep them: spreadsheets and CSV files, old letters, many ways to write a date.

Nothing here writes a row of the database; `actions.imports` brings in what these modules read.
"""
