"""Pages of loans."""

from app.credit.routes.applications import blueprint as loans
from app.credit.routes.arrears import blueprint as arrears
from app.credit.routes.calculator import blueprint as calculator
from app.credit.routes.candidates import blueprint as candidates
from app.credit.routes.cooperative import blueprint as cooperative
from app.credit.routes.debts import blueprint as debts
from app.credit.routes.lender_applications import blueprint as lender_applications
from app.credit.routes.lender_consents import blueprint as lender_consents
from app.credit.routes.lender_loans import blueprint as lender_loans
from app.credit.routes.lender_people import blueprint as lender_people
from app.credit.routes.lenders import blueprint as lenders
from app.credit.routes.loan_rules import blueprint as loan_rules
from app.credit.routes.offers import blueprint as offers
from app.credit.routes.readiness import blueprint as readiness
from app.credit.routes.refunds import blueprint as refunds
from app.credit.routes.totals import blueprint as totals

__all__ = ["blueprints"]

blueprints = (
    arrears,
    calculator,
    cooperative,
    debts,
    lender_consents,
    lender_loans,
    lender_people,
    lenders,
    loan_rules,
    offers,
    readiness,
    refunds,
    candidates,
    totals,
    loans,
    lender_applications,
)
