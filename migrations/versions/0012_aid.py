"""Equipment aid, tools with their holders and checks, answers that are known beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "known_answer",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(length=4), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 4", name=op.f("ck_known_answer_points_real")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_known_answer_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "indicator", name=op.f("pk_known_answer")),
    )
    op.create_table(
        "answer_correction",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(length=4), nullable=False),
        sa.Column("known_points", sa.SmallInteger(), nullable=False),
        sa.Column("given_points", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["health_assessment.id"],
            name=op.f("fk_answer_correction_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", "indicator", name=op.f("pk_answer_correction")),
    )
    op.create_table(
        "aid_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("tool_name", sa.String(length=120), nullable=False),
        sa.Column("need", sa.String(length=500), nullable=False),
        sa.Column("estimated_value", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.String(length=16), nullable=False),
        sa.Column("units_before", sa.Integer(), nullable=True),
        sa.Column("sales_before", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "funding_source IN ('tanpa_biaya', 'apbn', 'apbd_provinsi', 'apbd_kabupaten', 'dana_desa', 'csr', 'koperasi', 'swadaya')",
            name=op.f("ck_aid_case_funding_source_known"),
        ),
        sa.CheckConstraint(
            "state IN ('usul', 'analisis_kebutuhan', 'verifikasi_lapangan', 'disetujui', 'diserahkan', 'terpasang', 'dipakai', 'evaluasi_30', 'evaluasi_90', 'evaluasi_180', 'selesai', 'realokasi', 'ditolak', 'batal')",
            name=op.f("ck_aid_case_state_known"),
        ),
        sa.CheckConstraint(
            "estimated_value >= 0", name=op.f("ck_aid_case_estimated_value_not_negative")
        ),
        sa.CheckConstraint("sales_before >= 0", name=op.f("ck_aid_case_sales_before_not_negative")),
        sa.CheckConstraint("units_before >= 0", name=op.f("ck_aid_case_units_before_not_negative")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_aid_case_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_aid_case_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_aid_case_intervention_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["account.id"], name=op.f("fk_aid_case_requested_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_case")),
        sa.UniqueConstraint("intervention_id", name="uq_aid_case_intervention_id"),
    )
    with op.batch_alter_table("aid_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_aid_case_enterprise_id_requested_at",
            ["enterprise_id", "requested_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_aid_case_state_last_step_on_id", ["state", "last_step_on", "id"], unique=False
        )

    op.create_table(
        "aid_gate_finding",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("gate", sa.String(length=16), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "gate IN ('hambatan', 'permintaan', 'tempat', 'biaya', 'pilihan_lain', 'sumbangan', 'kesediaan')",
            name=op.f("ck_aid_gate_finding_gate_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["aid_case.id"], name=op.f("fk_aid_gate_finding_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["found_by"], ["account.id"], name=op.f("fk_aid_gate_finding_found_by")
        ),
        sa.PrimaryKeyConstraint("case_id", "gate", name=op.f("pk_aid_gate_finding")),
    )
    op.create_table(
        "aid_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("acted_by", sa.Uuid(), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('usul', 'analisis_kebutuhan', 'verifikasi_lapangan', 'disetujui', 'diserahkan', 'terpasang', 'dipakai', 'evaluasi_30', 'evaluasi_90', 'evaluasi_180', 'selesai', 'realokasi', 'ditolak', 'batal')",
            name=op.f("ck_aid_step_state_known"),
        ),
        sa.ForeignKeyConstraint(["acted_by"], ["account.id"], name=op.f("fk_aid_step_acted_by")),
        sa.ForeignKeyConstraint(["case_id"], ["aid_case.id"], name=op.f("fk_aid_step_case_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_aid_step_photo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_step")),
    )
    with op.batch_alter_table("aid_step", schema=None) as batch_op:
        batch_op.create_index("ix_aid_step_case_id_acted_at", ["case_id", "acted_at"], unique=False)

    op.create_table(
        "tool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "search_name",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("serial_number", sa.String(length=80), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.String(length=16), nullable=False),
        sa.Column("funded_year", sa.SmallInteger(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("condition", sa.String(length=16), nullable=False),
        sa.Column("days_used", sa.SmallInteger(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("idle_since_on", sa.Date(), nullable=True),
        sa.Column("idle_told_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "condition IN ('baik', 'rusak_ringan', 'rusak_berat', 'hilang')",
            name=op.f("ck_tool_condition_known"),
        ),
        sa.CheckConstraint(
            "funding_source IN ('tanpa_biaya', 'apbn', 'apbd_provinsi', 'apbd_kabupaten', 'dana_desa', 'csr', 'koperasi', 'swadaya')",
            name=op.f("ck_tool_funding_source_known"),
        ),
        sa.CheckConstraint("days_used BETWEEN 0 AND 30", name=op.f("ck_tool_days_used_real")),
        sa.CheckConstraint(
            "funded_year BETWEEN 1990 AND 2100", name=op.f("ck_tool_funded_year_real")
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_tool_value_not_negative")),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_tool_area_code")),
        sa.ForeignKeyConstraint(["case_id"], ["aid_case.id"], name=op.f("fk_tool_case_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["enterprise.id"], name=op.f("fk_tool_holder_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_tool_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool")),
    )
    with op.batch_alter_table("tool", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tool_area_code_search_name_id", ["area_code", "search_name", "id"], unique=False
        )
        batch_op.create_index("ix_tool_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_tool_holder_id", ["holder_id"], unique=False)
        batch_op.create_index("ix_tool_idle_since_on", ["idle_since_on"], unique=False)

    op.create_table(
        "tool_handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("giver_name", sa.String(length=120), nullable=False),
        sa.Column("giver_post", sa.String(length=120), nullable=False),
        sa.Column("receiver_name", sa.String(length=120), nullable=False),
        sa.Column("receiver_post", sa.String(length=120), nullable=False),
        sa.Column("witness_name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('penyerahan', 'pemindahan', 'pengembalian', 'pencatatan')",
            name=op.f("ck_tool_handover_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_tool_handover_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["aid_case.id"], name=op.f("fk_tool_handover_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_tool_handover_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_tool_handover_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_tool_handover_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_handover")),
        sa.UniqueConstraint("area_code", "year", "number", name="uq_tool_handover_number"),
    )
    with op.batch_alter_table("tool_handover", schema=None) as batch_op:
        batch_op.create_index("ix_tool_handover_case_id", ["case_id"], unique=False)

    op.create_table(
        "tool_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("check_day", sa.SmallInteger(), nullable=True),
        sa.Column("days_used", sa.SmallInteger(), nullable=False),
        sa.Column("condition", sa.String(length=16), nullable=False),
        sa.Column("operator_name", sa.String(length=120), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("repair", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "condition IN ('baik', 'rusak_ringan', 'rusak_berat', 'hilang')",
            name=op.f("ck_tool_check_condition_known"),
        ),
        sa.CheckConstraint(
            "check_day IN (30, 90, 180)", name=op.f("ck_tool_check_check_day_known")
        ),
        sa.CheckConstraint("days_used BETWEEN 0 AND 30", name=op.f("ck_tool_check_days_used_real")),
        sa.CheckConstraint(
            "units >= 0 AND sales >= 0", name=op.f("ck_tool_check_amounts_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_tool_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_tool_check_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_tool_check_photo_id")
        ),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_tool_check_tool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_check")),
        sa.UniqueConstraint("tool_id", "checked_on", name="uq_tool_check_tool_id"),
    )
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tool_check_enterprise_id_checked_on", ["enterprise_id", "checked_on"], unique=False
        )

    op.create_table(
        "tool_holding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("handover_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_tool_holding_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["aid_case.id"], name=op.f("fk_tool_holding_case_id")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_tool_holding_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["tool_handover.id"], name=op.f("fk_tool_holding_handover_id")
        ),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_tool_holding_tool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_holding")),
    )
    with op.batch_alter_table("tool_holding", schema=None) as batch_op:
        batch_op.create_index("ix_tool_holding_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_tool_holding_enterprise_id", ["enterprise_id"], unique=False)
        batch_op.create_index("ix_tool_holding_handover_id", ["handover_id"], unique=False)
        batch_op.create_index(
            "ix_tool_holding_tool_id_from_on", ["tool_id", "from_on"], unique=False
        )
        batch_op.create_index(
            "uq_tool_holding_open_tool_id",
            ["tool_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("tool_holding", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tool_holding_open_tool_id",
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.drop_index("ix_tool_holding_tool_id_from_on")
        batch_op.drop_index("ix_tool_holding_handover_id")
        batch_op.drop_index("ix_tool_holding_enterprise_id")
        batch_op.drop_index("ix_tool_holding_case_id")

    op.drop_table("tool_holding")
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.drop_index("ix_tool_check_enterprise_id_checked_on")

    op.drop_table("tool_check")
    with op.batch_alter_table("tool_handover", schema=None) as batch_op:
        batch_op.drop_index("ix_tool_handover_case_id")

    op.drop_table("tool_handover")
    with op.batch_alter_table("tool", schema=None) as batch_op:
        batch_op.drop_index("ix_tool_idle_since_on")
        batch_op.drop_index("ix_tool_holder_id")
        batch_op.drop_index("ix_tool_case_id")
        batch_op.drop_index("ix_tool_area_code_search_name_id")

    op.drop_table("tool")
    with op.batch_alter_table("aid_step", schema=None) as batch_op:
        batch_op.drop_index("ix_aid_step_case_id_acted_at")

    op.drop_table("aid_step")
    op.drop_table("aid_gate_finding")
    with op.batch_alter_table("aid_case", schema=None) as batch_op:
        batch_op.drop_index("ix_aid_case_state_last_step_on_id")
        batch_op.drop_index("ix_aid_case_enterprise_id_requested_at")

    op.drop_table("aid_case")
    op.drop_table("answer_correction")
    op.drop_table("known_answer")
