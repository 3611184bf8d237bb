"""Accounts, what they are and where, their sessions and log-in attempts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.errors import Conflict
from app.core.permissions import Role
from app.db import db
from app.db.columns import AreaCodeText, Sha256Text, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means


class Account(db.Model):
    """A person who can log in, by e-mail or phone (kept as +62...) and password.

    An owner whose only way in is the card that a mentor handed out has neither.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("email", name="uq_account_email"),
        UniqueConstraint("phone", name="uq_account_phone"),
        CheckConstraint(
            "email IS NOT NULL OR phone IS NOT NULL OR is_card_only", name="has_a_way_in"
        ),
    )

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    is_card_only: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    # Since when log-in asks for a code too; the secret lies in `SecondFactor`.
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_changed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[UtcInstant]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", order_by="Membership.from_on, Membership.id"
    )

    def __repr__(self) -> str:
        return f"<Account {self.id}>"


class Membership(db.Model):
    """A role in a place, from a day, until a day. The place is an area code; "" is the country."""

    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", tuple(Role), name="role_known"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),
        Index("ix_membership_account_id", "account_id"),
        Index("ix_membership_area_code_role", "area_code", "role"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(30))
    area_code: Mapped[AreaCodeText]
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    account: Mapped[Account] = relationship(back_populates="memberships")

    def __repr__(self) -> str:
        return f"<Membership {self.role} {self.area_code}>"


class LoginSession(db.Model):
    """One log-in of one account; deleting the row ends it. The token itself is not kept."""

    __tablename__ = "login_session"
    __table_args__ = (Index("ix_login_session_account_id", "account_id"),)

    token_sha256: Mapped[Sha256Text] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]
    seen_at: Mapped[UtcInstant]
    expires_at: Mapped[UtcInstant]
    idle_minutes: Mapped[int]
    device: Mapped[str] = mapped_column(String(200))
    # When the code was given, and when the password was last asked for again.
    factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Opened by an owner's card: it reaches the owner's own pages and nothing else.
    is_by_card: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # When the owner's own number was last given.
    pin_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    account: Mapped[Account] = relationship()


class SecondFactor(db.Model):
    """The secret that an account shares with an authenticator app, sealed.

    `last_step` is the newest time step whose code was used: it never opens again. A secret lies
    in `next_sealed` until a code of it is given; until then the former one counts.
    """

    __tablename__ = "second_factor"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryHash(db.Model):
    """One of the codes for a day without the phone, hashed like a password."""

    __tablename__ = "recovery_hash"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PasswordReset(db.Model):
    """A code for once, by which a person sets a new password; handed over by a superior."""

    __tablename__ = "password_reset"
    __table_args__ = (Index("ix_password_reset_account_id", "account_id"),)

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[str] = mapped_column(String(200))
    made_by: Mapped[UUID | None]
    created_at: Mapped[UtcInstant]
    expires_at: Mapped[UtcInstant]
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class LoginAttempt(db.Model):
    """One try to log in, counted under the account's and the address's key."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_account_key_at", "account_key", "at"),
        Index("ix_login_attempt_address_key_at", "address_key", "at"),
    )

    id: Mapped[UuidKey]
    account_key: Mapped[Sha256Text]
    address_key: Mapped[Sha256Text]
    at: Mapped[UtcInstant]
    succeeded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class GuestTry(db.Model):
    """One try with a code that opened nothing, by the address it came from, unreadable."""

    __tablename__ = "guest_try"
    __table_args__ = (Index("ix_guest_try_address_key_at", "address_key", "at"),)

    id: Mapped[UuidKey]
    address_key: Mapped[Sha256Text]
    at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<GuestTry {self.at}>"


means(
    "uq_account_email",
    lambda: Conflict("email_taken", field="email", message="E-mail ini sudah dipakai akun lain."),
    columns="account.email",
)
means(
    "uq_account_phone",
    lambda: Conflict("phone_taken", field="phone", message="Nomor ini sudah dipakai akun lain."),
    columns="account.phone",
)
