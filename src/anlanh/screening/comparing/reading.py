"""Reads an article from a file's bytes, whatever form they have."""

from anlanh.primitives.errors import BadInput
from anlanh.screening.comparing.article import Article
from anlanh.screening.comparing.markup import read_markup
from anlanh.screening.comparing.opening import decoded, is_markup
from anlanh.screening.comparing.page import article_of_page
from anlanh.screening.comparing.plain import article_of_text


def read_article(content: bytes, where: str) -> Article:
    """Reads an article from HTML or plain text.

    Args:
        content: of the file.
        where: what to call it in errors.

    Raises:
        BadInput: too large, no text, or nothing in it that could be compared.
    """
    text = decoded(content, where)
    article = article_of_page(read_markup(text, where)) if is_markup(text) else article_of_text(text, where)
    if article.is_empty():
        raise BadInput("there is no article in it", where=where, mend="name a file that holds its text or page")
    return article
