"""Forms: the base of all, the fields that read what Indonesians write, the texts of refusals."""

from app.web.forms.base import BaseForm
from app.web.forms.choices import ChoiceField, ManyChoicesField, RadiosField, YesNoField
from app.web.forms.numbers import CommaDecimalField, RupiahField, WholeNumberField, YearField
from app.web.forms.once import OnceForm
from app.web.forms.places import PlaceDirectory, PlaceField, PlaceMatch, register_places
from app.web.forms.points import Point, PointField
from app.web.forms.text import DateField, NoteField, TextField
from app.web.forms.uploads import PhotoField, UploadField

__all__ = [
    "BaseForm",
    "ChoiceField",
    "CommaDecimalField",
    "DateField",
    "ManyChoicesField",
    "NoteField",
    "OnceForm",
    "PhotoField",
    "PlaceDirectory",
    "PlaceField",
    "PlaceMatch",
    "Point",
    "PointField",
    "RadiosField",
    "RupiahField",
    "TextField",
    "UploadField",
    "WholeNumberField",
    "YearField",
    "YesNoField",
    "register_places",
]
