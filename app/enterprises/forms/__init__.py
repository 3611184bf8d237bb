"""Shapes of the register's forms."""

from app.enterprises.forms.confirming import DoubtsForm
from app.enterprises.forms.enterprises import EnterpriseForm
from app.enterprises.forms.owners import ConsentForm, OwnerForm, WithdrawalForm
from app.enterprises.forms.registration import RegistrationForm
from app.enterprises.forms.small import (
    ExportForm,
    LifeCycleForm,
    OpenNikForm,
    PhotoForm,
)

__all__ = [
    "ConsentForm",
    "DoubtsForm",
    "EnterpriseForm",
    "ExportForm",
    "LifeCycleForm",
    "OpenNikForm",
    "OwnerForm",
    "PhotoForm",
    "RegistrationForm",
    "WithdrawalForm",
]
