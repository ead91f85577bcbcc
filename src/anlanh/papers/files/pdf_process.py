"""Run as a program by `pdf.py`: takes the text out of one PDF and prints it as JSON. Knows nothing but its arguments."""

import json
import resource
import sys

import pypdfium2
import pypdfium2.raw as pdfium

_LONGEST = 3_000_000  # code points


def main(path: str, most_pages: int, memory: int) -> dict[str, str]:
    """`{"text": ...}` or `{"fault": "password" | "damaged" | "pages" | "scan"}`."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        return {"fault": "password" if getattr(fault, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD else "damaged"}
    if len(document) > most_pages:
        return {"fault": "pages"}
    pages: list[str] = []
    length = 0
    for number in range(len(document)):
        try:
            text = _page(document, number)
        except pypdfium2.PdfiumError:
            return {"fault": "damaged"}
        length += len(text)
        if length > _LONGEST:
            return {"fault": "pages"}
        pages.append(text)
    if length < 20 * len(document) and not any(len(page) > 40 for page in pages):
        return {"fault": "scan"}
    return {"text": "\f".join(pages)}


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text = text_page.get_text_range().replace("\r\n", "\n").replace("\ufffe", "-")
    text_page.close()
    page.close()
    return text


if __name__ == "__main__":
    json.dump(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])), sys.stdout)
