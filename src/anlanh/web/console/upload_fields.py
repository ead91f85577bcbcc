"""Fields of forms that take several files at once."""

from django import forms
from django.core.files.uploadedfile import UploadedFile


class SeveralFiles(forms.ClearableFileInput):
    """A field of the browser in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, as a list in the order in which the browser sent them."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(widget=SeveralFiles(), **kwargs)

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        """Each of them checked like a single file.

        Raises:
            ValidationError: none was chosen, or one of them is empty.
        """
        several = data if isinstance(data, (list, tuple)) and data else [data or None]
        return [super(FilesField, self).clean(each, initial) for each in several]
