"""Official documents: read a directive or letter into header, citations and tasks; compose letters and reports.

Plain Python on files and text. Nothing here asks a network, a model, a clock or a database: the same document gives the
same answer on every machine and on every day.

- `reading.directive.read` reads a text; `files.opening.text_of` gets the text of a .txt, .md, .docx or .pdf file.
- `composing.paper.compose` lays a description out to the measures of a template.
"""
