"""Tables of credit."""

from app.credit.models.lenders import (
    BoardMember,
    Lender,
    LenderGrade,
    LenderMeeting,
    LenderOfficer,
    LenderStep,
)
from app.credit.models.loans import (
    InformalDebt,
    Instalment,
    Loan,
    LoanDecision,
    LoanStep,
    Repayment,
    RepaymentPart,
)
from app.credit.models.members import LenderConsent, Member, SavingRow
from app.credit.models.offers import LoanOffer
from app.credit.models.refunds import LoanRefund
from app.credit.models.rules import LoanRule
from app.db.belongings import MOVES, register_belongings

__all__ = [
    "BoardMember",
    "InformalDebt",
    "Instalment",
    "Lender",
    "LenderConsent",
    "LenderGrade",
    "LenderMeeting",
    "LenderOfficer",
    "LenderStep",
    "Loan",
    "LoanDecision",
    "LoanOffer",
    "LoanRefund",
    "LoanRule",
    "LoanStep",
    "Member",
    "Repayment",
    "RepaymentPart",
    "SavingRow",
]

register_belongings(
    {"informal_debt": MOVES, "lender_consent": MOVES, "loan": MOVES, "member": MOVES}
)
