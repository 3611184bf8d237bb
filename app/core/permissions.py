"""What can be done (permissions), by whom (roles)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is, in a place."""

    ADMIN = "admin"
    LABOUR_OFFICER = "petugas_disnaker"
    MENTOR = "pendamping"
    VILLAGE_OFFICER = "petugas_desa"
    ENTREPRENEUR = "pelaku_usaha"
    COOPERATIVE_OFFICER = "petugas_koperasi"


ROLE_LABELS: dict[Role, str] = {
    Role.ADMIN: "Admin",
    Role.LABOUR_OFFICER: "Petugas Disnaker",
    Role.MENTOR: "Pendamping",
    Role.VILLAGE_OFFICER: "Petugas desa",
    Role.ENTREPRENEUR: "Pelaku usaha",
    Role.COOPERATIVE_OFFICER: "Petugas koperasi",
}


class Permission(StrEnum):
    """One thing that a page or command may ask for."""

    ACCOUNT_MANAGE = "account.manage"
    AID_DECIDE = "aid.decide"
    AID_READ = "aid.read"
    AID_REPORT = "aid.report"
    AID_REQUEST = "aid.request"
    AREA_DECREE = "area.decree"
    AUDIT_READ = "audit.read"
    BUYER_MANAGE = "buyer.manage"
    CASELOAD_READ = "caseload.read"
    CASHBOOK_READ = "cashbook.read"
    CASHBOOK_WRITE = "cashbook.write"
    CERTIFICATE_BATCH = "certificate.batch"
    CHANNEL_ALLOW = "channel.allow"
    COOPERATIVE_PAGE = "cooperative.page"
    CREDIT_READ = "credit.read"
    CREDIT_RULE = "credit.rule"
    DASHBOARD_READ = "dashboard.read"
    DEBT_READ = "debt.read"
    DEBT_WRITE = "debt.write"
    ENTERPRISE_EXPORT = "enterprise.export"
    ENTERPRISE_IMPORT = "enterprise.import"
    ENTERPRISE_READ = "enterprise.read"
    ENTERPRISE_READ_NIK = "enterprise.read_nik"
    ENTERPRISE_READ_PHONE = "enterprise.read_phone"
    ENTERPRISE_WRITE = "enterprise.write"
    FIELD_MANAGE = "field.manage"
    FIELD_SYNC = "field.sync"
    HEALTH_ASSESS = "health.assess"
    HEALTH_READ = "health.read"
    HEALTH_SETTLE = "health.settle"
    HISTORY_READ = "history.read"
    INSTRUMENT_MANAGE = "instrument.manage"
    INSTRUMENT_READ = "instrument.read"
    INTERVENTION_DECIDE = "intervention.decide"
    INTERVENTION_PROPOSE = "intervention.propose"
    INTERVENTION_READ = "intervention.read"
    INTERVENTION_REPORT = "intervention.report"
    JOB_READ = "job.read"
    LENDER_CONSENT = "lender.consent"
    LENDER_READ = "lender.read"
    LENDER_WORK = "lender.work"
    LENDER_WRITE = "lender.write"
    LOAN_ASK = "loan.ask"
    LOAN_CANDIDATES = "loan.candidates"
    LOAN_READ = "loan.read"
    MARKET_READ = "market.read"
    MARKET_WRITE = "market.write"
    MENTOR_MANAGE = "mentor.manage"
    MENTOR_READ = "mentor.read"
    MENTOR_REPORT_DECIDE = "mentor_report.decide"
    MENTOR_REPORT_READ = "mentor_report.read"
    MENTOR_REPORT_WRITE = "mentor_report.write"
    OBJECTION_RECORD = "objection.record"
    OWNER_CARD = "owner.card"
    OWNER_MESSAGE = "owner.message"
    OWN_PAGE = "own.page"
    PERSON_REQUEST = "person.request"
    PLACE_PROGRAM = "place.program"
    PLACE_READ = "place.read"
    PROGRAMME_READ = "programme.read"
    PROGRAMME_WRITE = "programme.write"
    QUALITY_MANAGE = "quality.manage"
    REPORT_LETTERHEAD = "report.letterhead"
    REPORT_MAKE = "report.make"
    REPORT_READ = "report.read"
    RULE_MANAGE = "rule.manage"
    SAFETY_NOTE = "safety_note"
    SESSION_OWN = "session.own"
    TRAINING_ATTEND = "training.attend"
    TRAINING_MANAGE = "training.manage"
    TRAINING_READ = "training.read"
    VISIT_READ = "visit.read"
    VISIT_VERIFY = "visit.verify"
    VISIT_WRITE = "visit.write"


_READS = frozenset(
    {
        Permission.AID_READ,
        Permission.ENTERPRISE_READ,
        Permission.HEALTH_READ,
        Permission.HISTORY_READ,
        Permission.INTERVENTION_READ,
        Permission.MARKET_READ,
        Permission.PLACE_READ,
        Permission.TRAINING_READ,
        Permission.VISIT_READ,
    }
)
_EVERYBODY = frozenset({Permission.SESSION_OWN})
_OFFICER = (
    _EVERYBODY
    | _READS
    | {
        Permission.ACCOUNT_MANAGE,
        Permission.AID_DECIDE,
        Permission.AID_REPORT,
        Permission.AID_REQUEST,
        Permission.AUDIT_READ,
        Permission.BUYER_MANAGE,
        # What comes in and goes out is personal finance: village officials don't see it.
        Permission.CASHBOOK_READ,
        Permission.CASHBOOK_WRITE,
        Permission.CERTIFICATE_BATCH,
        Permission.CHANNEL_ALLOW,
        Permission.CREDIT_READ,
        Permission.DASHBOARD_READ,
        # What somebody owes to whom is told in confidence: village officials don't see it.
        Permission.DEBT_READ,
        Permission.DEBT_WRITE,
        Permission.ENTERPRISE_EXPORT,
        Permission.ENTERPRISE_IMPORT,
        Permission.ENTERPRISE_READ_NIK,
        Permission.ENTERPRISE_READ_PHONE,
        Permission.ENTERPRISE_WRITE,
        Permission.FIELD_MANAGE,
        Permission.HEALTH_ASSESS,
        Permission.HEALTH_SETTLE,
        Permission.INSTRUMENT_READ,
        Permission.INTERVENTION_DECIDE,
        Permission.INTERVENTION_PROPOSE,
        Permission.INTERVENTION_REPORT,
        Permission.JOB_READ,
        Permission.LENDER_CONSENT,
        Permission.LENDER_READ,
        Permission.LENDER_WRITE,
        Permission.LOAN_ASK,
        Permission.LOAN_CANDIDATES,
        Permission.LOAN_READ,
        Permission.MARKET_WRITE,
        Permission.MENTOR_MANAGE,
        Permission.MENTOR_READ,
        Permission.MENTOR_REPORT_DECIDE,
        Permission.MENTOR_REPORT_READ,
        Permission.OBJECTION_RECORD,
        Permission.OWNER_CARD,
        Permission.OWNER_MESSAGE,
        Permission.PERSON_REQUEST,
        Permission.PLACE_PROGRAM,
        Permission.PROGRAMME_READ,
        Permission.PROGRAMME_WRITE,
        Permission.QUALITY_MANAGE,
        Permission.REPORT_LETTERHEAD,
        Permission.REPORT_MAKE,
        Permission.REPORT_READ,
        Permission.TRAINING_ATTEND,
        Permission.TRAINING_MANAGE,
        Permission.VISIT_VERIFY,
        Permission.VISIT_WRITE,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # The instrument is one for the whole country, so no office changes it by itself.
    Role.ADMIN: _OFFICER
    | {
        Permission.AREA_DECREE,
        Permission.CREDIT_RULE,
        Permission.INSTRUMENT_MANAGE,
        Permission.RULE_MANAGE,
    },
    # Who keeps the system running has no need to know of whom mentors are afraid.
    Role.LABOUR_OFFICER: _OFFICER | {Permission.SAFETY_NOTE},
    Role.MENTOR: _EVERYBODY
    | _READS
    | {
        Permission.AID_REPORT,
        Permission.AID_REQUEST,
        Permission.CASELOAD_READ,
        Permission.CASHBOOK_READ,
        Permission.CASHBOOK_WRITE,
        Permission.CREDIT_READ,
        Permission.DEBT_READ,
        Permission.DEBT_WRITE,
        Permission.ENTERPRISE_READ_PHONE,
        Permission.ENTERPRISE_WRITE,
        Permission.FIELD_SYNC,
        Permission.HEALTH_ASSESS,
        Permission.INTERVENTION_PROPOSE,
        Permission.INTERVENTION_REPORT,
        Permission.JOB_READ,
        Permission.LENDER_CONSENT,
        Permission.LENDER_READ,
        Permission.LOAN_ASK,
        Permission.LOAN_READ,
        Permission.MARKET_WRITE,
        Permission.MENTOR_REPORT_READ,
        Permission.MENTOR_REPORT_WRITE,
        Permission.REPORT_READ,
        Permission.SAFETY_NOTE,
        Permission.OBJECTION_RECORD,
        Permission.OWNER_CARD,
        Permission.TRAINING_ATTEND,
        Permission.VISIT_WRITE,
    },
    Role.VILLAGE_OFFICER: _EVERYBODY
    | _READS
    | {
        Permission.DASHBOARD_READ,
        # Their village sees which step comes next when it forms a cooperative; no member of it.
        Permission.LENDER_READ,
        Permission.PROGRAMME_READ,
        Permission.REPORT_MAKE,
        Permission.REPORT_READ,
    },
    Role.ENTREPRENEUR: _EVERYBODY | {Permission.OWN_PAGE},
    # Only of the lenders they work for, and of members who agreed to it.
    Role.COOPERATIVE_OFFICER: _EVERYBODY
    | {Permission.COOPERATIVE_PAGE, Permission.CREDIT_READ, Permission.LENDER_WORK},
}
