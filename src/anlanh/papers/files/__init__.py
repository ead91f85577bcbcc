"""The text of a document's file: .txt, .md, .docx, and .pdf with text; nothing in a file is ever run."""
