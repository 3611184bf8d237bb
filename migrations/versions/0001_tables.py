"""All tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "email IS NOT NULL OR phone IS NOT NULL", name=op.f("ck_account_has_a_name_to_log_in")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("phone", name="uq_account_phone"),
    )
    op.create_table(
        "area",
        sa.Column(
            "code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "parent_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "search_name",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_path", sa.String(length=400), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lng", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('provinsi', 'kabupaten', 'kota', 'kecamatan', 'kelurahan', 'desa', 'desa adat')",
            name=op.f("ck_area_kind_known"),
        ),
        sa.CheckConstraint(
            "level IN ('provinsi', 'kabkota', 'kecamatan', 'desa')",
            name=op.f("ck_area_level_known"),
        ),
        sa.CheckConstraint(
            "lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180", name=op.f("ck_area_point_real")
        ),
        sa.ForeignKeyConstraint(["parent_code"], ["area.code"], name=op.f("fk_area_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(
            "ix_area_level_search_name",
            ["level", "search_name", "code", "search_path"],
            unique=False,
        )
        batch_op.create_index(
            "ix_area_parent_code_search_name", ["parent_code", "search_name", "code"], unique=False
        )

    op.create_table(
        "area_edition",
        sa.Column("bundle", sa.String(length=20), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bundle", name=op.f("pk_area_edition")),
    )
    op.create_table(
        "demo_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("enterprise_count", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("simulator_version", sa.String(length=20), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demo_mark_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_mark")),
    )
    op.create_table(
        "demo_truth",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("first_quarter_on", sa.Date(), nullable=False),
        sa.Column(
            "true_health", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "closing_hazard",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_demo_truth")),
    )
    op.create_table(
        "history_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_counter")),
    )
    op.create_table(
        "history_entry",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("area_code", sa.String(length=13), nullable=True),
        sa.Column(
            "changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_history_entry_enterprise_id_n", ["enterprise_id", "n"], unique=False
        )
        batch_op.create_index("ix_history_entry_subject_id_n", ["subject_id", "n"], unique=False)

    op.create_table(
        "job_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column(
            "result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("area_code", sa.String(length=13), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (state IN ('waiting', 'running'))",
            name=op.f("ck_job_run_ended"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_run_state_known")
        ),
        sa.CheckConstraint(
            "done >= 0 AND total >= 0", name=op.f("ck_job_run_progress_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.create_index("ix_job_run_state_created_at", ["state", "created_at"], unique=False)
        batch_op.create_index(
            "uq_job_run_unfinished_key",
            ["key"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'running')"),
            postgresql_where=sa.text("state IN ('waiting', 'running')"),
        )

    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_key", sa.String(length=64), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(
            "ix_login_attempt_account_key_at", ["account_key", "at"], unique=False
        )
        batch_op.create_index(
            "ix_login_attempt_address_key_at", ["address_key", "at"], unique=False
        )

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('photo')", name=op.f("ck_stored_file_kind_known")),
        sa.CheckConstraint(
            "bytes > 0 AND width > 0 AND height > 0", name=op.f("ck_stored_file_sizes_positive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index("ix_stored_file_sha256", ["sha256"], unique=False)

    op.create_table(
        "area_word",
        sa.Column(
            "word",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_area_word_area_code")),
        sa.PrimaryKeyConstraint("word", "area_code", name=op.f("pk_area_word")),
    )
    op.create_table(
        "column_memory",
        sa.Column("area_code", sa.String(length=13), nullable=False),
        sa.Column("header_key", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_column_memory_set_by")),
        sa.PrimaryKeyConstraint("area_code", "header_key", name=op.f("pk_column_memory")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("only_sheet", sa.String(length=120), nullable=True),
        sa.Column(
            "choices", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("wanted_key", sa.String(length=20), nullable=True),
        sa.Column("match_key", sa.String(length=20), nullable=True),
        sa.Column("refusal_code", sa.String(length=60), nullable=True),
        sa.Column("refusal", sa.String(length=500), nullable=True),
        sa.Column(
            "sheet_names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "sheets", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "samples", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("same_count", sa.Integer(), nullable=False),
        sa.Column("faulty_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("applied_count", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "match_key IN ('nik', 'nib', 'name_village')",
            name=op.f("ck_import_run_match_key_known"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'checked', 'refused', 'applying', 'done')",
            name=op.f("ck_import_run_state_known"),
        ),
        sa.CheckConstraint(
            "new_count >= 0 AND changed_count >= 0 AND same_count >= 0 AND faulty_count >= 0 AND skipped_count >= 0",
            name=op.f("ck_import_run_counts_not_negative"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_import_run_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_run_area_code_created_at_id", ["area_code", "created_at", "id"], unique=False
        )
        batch_op.create_index("ix_import_run_content_sha256", ["content_sha256"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index("ix_login_session_account_id", ["account_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('admin', 'petugas_disnaker', 'pendamping', 'petugas_desa', 'pelaku_usaha', 'petugas_koperasi')",
            name=op.f("ck_membership_role_known"),
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_membership_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_membership_area_code_role", ["area_code", "role"], unique=False)

    op.create_table(
        "mentor",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "village_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "skills", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 1 AND 200", name=op.f("ck_mentor_capacity_real")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mentor_account_id")),
        sa.ForeignKeyConstraint(
            ["village_code"], ["area.code"], name=op.f("fk_mentor_village_code")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mentor")),
    )
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.create_index("ix_mentor_village_code", ["village_code"], unique=False)

    op.create_table(
        "owner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "search_name",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nik_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nik_index", sa.String(length=64), nullable=True),
        sa.Column("nik_masked", sa.String(length=16), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column(
            "phone",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("category", sa.String(length=20), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=True),
        sa.Column("country", sa.String(length=60), nullable=True),
        sa.Column("work_sector", sa.String(length=80), nullable=True),
        sa.Column("years_abroad", sa.SmallInteger(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("education", sa.String(length=20), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=True),
        sa.Column("consent_way", sa.String(length=20), nullable=True),
        sa.Column(
            "confirmed_warnings",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "category IN ('calon', 'aktif', 'purna', 'keluarga')",
            name=op.f("ck_owner_category_known"),
        ),
        sa.CheckConstraint(
            "education IN ('tidak_sekolah', 'sd', 'smp', 'sma', 'diploma', 'sarjana')",
            name=op.f("ck_owner_education_known"),
        ),
        sa.CheckConstraint(
            "relation IN ('suami_istri', 'anak', 'orang_tua')", name=op.f("ck_owner_relation_known")
        ),
        sa.CheckConstraint("sex IN ('L', 'P')", name=op.f("ck_owner_sex_known")),
        sa.CheckConstraint("years_abroad >= 0", name=op.f("ck_owner_years_abroad_not_negative")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_owner_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
        sa.UniqueConstraint("nik_index", name="uq_owner_nik_index"),
    )
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.create_index("ix_owner_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_owner_phone", ["phone"], unique=False)
        batch_op.create_index("ix_owner_search_name_id", ["search_name", "id"], unique=False)

    op.create_table(
        "register_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "filter", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column(
            "scope_areas", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("with_nik", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("replaced_count", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "row_count >= 0", name=op.f("ck_register_export_row_count_not_negative")
        ),
        sa.CheckConstraint(
            "with_nik = false OR reason IS NOT NULL", name=op.f("ck_register_export_nik_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_register_export_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_export")),
    )
    with op.batch_alter_table("register_export", schema=None) as batch_op:
        batch_op.create_index(
            "ix_register_export_account_id_created_at", ["account_id", "created_at"], unique=False
        )

    op.create_table(
        "village_program",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "village_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("program", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "program IN ('DESMIGRATIF', 'DEMIMAS', 'LAINNYA')",
            name=op.f("ck_village_program_program_known"),
        ),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_village_program_year_real")),
        sa.ForeignKeyConstraint(
            ["village_code"], ["area.code"], name=op.f("fk_village_program_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_program")),
    )
    with op.batch_alter_table("village_program", schema=None) as batch_op:
        batch_op.create_index(
            "uq_village_program_village_code", ["village_code", "program", "name"], unique=True
        )

    op.create_table(
        "enterprise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "search_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_words", sa.String(length=600), nullable=False),
        sa.Column("product_line", sa.String(length=200), nullable=True),
        sa.Column("kbli_code", sa.String(length=5), nullable=True),
        sa.Column("kbli_version", sa.String(length=4), nullable=True),
        sa.Column("sector", sa.String(length=1), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("hamlet", sa.String(length=80), nullable=True),
        sa.Column(
            "village_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lng", sa.Float(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("workers_paid_male", sa.SmallInteger(), nullable=True),
        sa.Column("workers_paid_female", sa.SmallInteger(), nullable=True),
        sa.Column("workers_family_male", sa.SmallInteger(), nullable=True),
        sa.Column("workers_family_female", sa.SmallInteger(), nullable=True),
        sa.Column("capital", sa.BigInteger(), nullable=True),
        sa.Column("yearly_sales", sa.BigInteger(), nullable=True),
        sa.Column("nib", sa.String(length=13), nullable=True),
        sa.Column("npwp", sa.String(length=16), nullable=True),
        sa.Column("size_class", sa.String(length=10), nullable=True),
        sa.Column("is_ultra_micro", sa.Boolean(), nullable=True),
        sa.Column("life_cycle", sa.String(length=20), nullable=False),
        sa.Column("life_cycle_reason", sa.String(length=300), nullable=True),
        sa.Column("life_cycle_on", sa.Date(), nullable=False),
        sa.Column("has_equipment", sa.Boolean(), nullable=False),
        sa.Column("declared_non_halal", sa.Boolean(), nullable=False),
        sa.Column("sold_outside_home", sa.Boolean(), nullable=False),
        sa.Column("is_seasonal", sa.Boolean(), nullable=False),
        sa.Column(
            "season_months",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("health_class", sa.String(length=20), nullable=True),
        sa.Column("health_score", sa.SmallInteger(), nullable=True),
        sa.Column("health_status", sa.String(length=20), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("health_valid_until", sa.Date(), nullable=True),
        sa.Column("sick_since_on", sa.Date(), nullable=True),
        sa.Column("has_plan", sa.Boolean(), nullable=False),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("next_visit_due_on", sa.Date(), nullable=True),
        sa.Column(
            "score_order",
            sa.SmallInteger(),
            sa.Computed("coalesce(health_score, 1001)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "visit_order",
            sa.Date(),
            sa.Computed("coalesce(last_visit_on, '1900-01-01')", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "confirmed_warnings",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "health_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_enterprise_health_class_known"),
        ),
        sa.CheckConstraint(
            "health_status IN ('final', 'sementara', 'belum_dapat_dinilai')",
            name=op.f("ck_enterprise_health_status_known"),
        ),
        sa.CheckConstraint(
            "life_cycle IN ('terdaftar', 'aktif', 'tidak_aktif', 'berangkat_lagi', 'tutup', 'menolak_didata')",
            name=op.f("ck_enterprise_life_cycle_known"),
        ),
        sa.CheckConstraint(
            "sector IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_enterprise_sector_known")
        ),
        sa.CheckConstraint(
            "size_class IN ('mikro', 'kecil', 'menengah', 'besar')",
            name=op.f("ck_enterprise_size_class_known"),
        ),
        sa.CheckConstraint("capital >= 0", name=op.f("ck_enterprise_capital_not_negative")),
        sa.CheckConstraint(
            "lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180",
            name=op.f("ck_enterprise_point_real"),
        ),
        sa.CheckConstraint(
            "workers_paid_male >= 0 AND workers_paid_female >= 0 AND workers_family_male >= 0 AND workers_family_female >= 0",
            name=op.f("ck_enterprise_workers_not_negative"),
        ),
        sa.CheckConstraint(
            "yearly_sales >= 0", name=op.f("ck_enterprise_yearly_sales_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["account.id"], name=op.f("fk_enterprise_mentor_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_enterprise_owner_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_enterprise_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["area.code"], name=op.f("fk_enterprise_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint("nib", name="uq_enterprise_nib"),
    )
    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.create_index("ix_enterprise_created_at_id", ["created_at", "id"], unique=False)
        batch_op.create_index("ix_enterprise_life_cycle_id", ["life_cycle", "id"], unique=False)
        batch_op.create_index(
            "ix_enterprise_mentor_id_next_visit_due_on",
            ["mentor_id", "next_visit_due_on"],
            unique=False,
        )
        batch_op.create_index("ix_enterprise_owner_id", ["owner_id"], unique=False)
        batch_op.create_index("ix_enterprise_score_order_id", ["score_order", "id"], unique=False)
        batch_op.create_index("ix_enterprise_search_name_id", ["search_name", "id"], unique=False)
        batch_op.create_index(
            "ix_enterprise_village_code_health_class",
            ["village_code", "health_class"],
            unique=False,
        )
        batch_op.create_index(
            "ix_enterprise_village_code_search_name_id",
            ["village_code", "search_name", "id"],
            unique=False,
        )
        batch_op.create_index("ix_enterprise_visit_order_id", ["visit_order", "id"], unique=False)

    op.create_table(
        "import_part",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('file', 'rows', 'problems', 'bad_rows')",
            name=op.f("ck_import_part_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_part_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "kind", "n", name=op.f("pk_import_part")),
    )
    op.create_table(
        "assessment_draft",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assessment_draft_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_assessment_draft_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "account_id", name=op.f("pk_assessment_draft")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_assignment_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["account.id"], name=op.f("fk_assignment_assigned_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_assignment_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.account_id"], name=op.f("fk_assignment_mentor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_enterprise_id_from_on", ["enterprise_id", "from_on"], unique=False
        )
        batch_op.create_index(
            "ix_assignment_mentor_id_until_on", ["mentor_id", "until_on"], unique=False
        )
        batch_op.create_index(
            "uq_assignment_open_enterprise_id",
            ["enterprise_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "health_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessed_by", sa.Uuid(), nullable=True),
        sa.Column("instrument", sa.String(length=20), nullable=False),
        sa.Column("instrument_version", sa.SmallInteger(), nullable=False),
        sa.Column("sector", sa.String(length=1), nullable=False),
        sa.Column(
            "points", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "answer_states",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "context", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("main_problem", sa.String(length=500), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=True),
        sa.Column("coverage", sa.SmallInteger(), nullable=False),
        sa.Column("low", sa.SmallInteger(), nullable=False),
        sa.Column("high", sa.SmallInteger(), nullable=False),
        sa.Column("score_class", sa.String(length=20), nullable=True),
        sa.Column("final_class", sa.String(length=20), nullable=True),
        sa.Column("low_class", sa.String(length=20), nullable=True),
        sa.Column("high_class", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column(
            "knockouts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "dimension_values",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("evidence_strength", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "evidence_strength IN ('kuat', 'sedang', 'lemah')",
            name=op.f("ck_health_assessment_evidence_strength_known"),
        ),
        sa.CheckConstraint(
            "final_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_health_assessment_final_class_known"),
        ),
        sa.CheckConstraint(
            "high_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_health_assessment_high_class_known"),
        ),
        sa.CheckConstraint(
            "low_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_health_assessment_low_class_known"),
        ),
        sa.CheckConstraint(
            "score_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_health_assessment_score_class_known"),
        ),
        sa.CheckConstraint(
            "status IN ('final', 'sementara', 'belum_dapat_dinilai')",
            name=op.f("ck_health_assessment_status_known"),
        ),
        sa.CheckConstraint(
            "coverage BETWEEN 0 AND 1000", name=op.f("ck_health_assessment_coverage_real")
        ),
        sa.CheckConstraint(
            "low BETWEEN 0 AND high AND high <= 1000", name=op.f("ck_health_assessment_range_real")
        ),
        sa.CheckConstraint(
            "score BETWEEN 0 AND 1000", name=op.f("ck_health_assessment_score_real")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["account.id"], name=op.f("fk_health_assessment_assessed_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_health_assessment_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_assessment")),
    )
    with op.batch_alter_table("health_assessment", schema=None) as batch_op:
        batch_op.create_index("ix_health_assessment_assessed_on", ["assessed_on"], unique=False)
        batch_op.create_index(
            "ix_health_assessment_enterprise_id_assessed_on",
            ["enterprise_id", "assessed_on"],
            unique=False,
        )

    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("place_kind", sa.String(length=20), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lng", sa.Float(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("met_with", sa.String(length=120), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("next_visit_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "outcome = 'bertemu' OR (reason IS NOT NULL AND reason <> '')",
            name=op.f("ck_visit_reason_given"),
        ),
        sa.CheckConstraint(
            "outcome IN ('bertemu', 'tidak_bisa_dikunjungi')", name=op.f("ck_visit_outcome_known")
        ),
        sa.CheckConstraint(
            "place_kind IN ('tempat_usaha', 'rumah', 'balai_desa', 'pasar', 'telepon', 'lain')",
            name=op.f("ck_visit_place_kind_known"),
        ),
        sa.CheckConstraint(
            "duration_minutes BETWEEN 1 AND 600", name=op.f("ck_visit_duration_real")
        ),
        sa.CheckConstraint(
            "lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180", name=op.f("ck_visit_point_real")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_visit_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["account.id"], name=op.f("fk_visit_mentor_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_visit_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_enterprise_id_visited_on_id",
            ["enterprise_id", "visited_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_visit_mentor_id_visited_on_id", ["mentor_id", "visited_on", "id"], unique=False
        )
        batch_op.create_index("ix_visit_visited_on", ["visited_on"], unique=False)

    op.create_table(
        "class_span",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("health_class", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "health_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_class_span_health_class_known"),
        ),
        sa.CheckConstraint(
            "status IN ('final', 'sementara', 'belum_dapat_dinilai')",
            name=op.f("ck_class_span_status_known"),
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_class_span_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["health_assessment.id"], name=op.f("fk_class_span_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_class_span_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "from_on", name=op.f("pk_class_span")),
    )
    with op.batch_alter_table("class_span", schema=None) as batch_op:
        batch_op.create_index(
            "ix_class_span_from_on_until_on", ["from_on", "until_on"], unique=False
        )

    op.create_table(
        "intervention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("catalogue_version", sa.SmallInteger(), nullable=False),
        sa.Column("therapy_code", sa.String(length=4), nullable=False),
        sa.Column(
            "indicators", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "knockouts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(length=500), nullable=True),
        sa.Column(
            "gates_confirmed",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_name", sa.String(length=120), nullable=True),
        sa.Column("provider", sa.String(length=160), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.String(length=16), nullable=False),
        sa.Column("success_measure", sa.String(length=300), nullable=False),
        sa.Column("pillar", sa.String(length=1), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("result_note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cost = 0) = (funding_source = 'tanpa_biaya')",
            name=op.f("ck_intervention_cost_has_source"),
        ),
        sa.CheckConstraint(
            "(state = 'selesai') = (result IS NOT NULL)",
            name=op.f("ck_intervention_closed_with_result"),
        ),
        sa.CheckConstraint(
            "funding_source IN ('tanpa_biaya', 'apbn', 'apbd_provinsi', 'apbd_kabupaten', 'dana_desa', 'csr', 'koperasi', 'swadaya')",
            name=op.f("ck_intervention_funding_source_known"),
        ),
        sa.CheckConstraint(
            "pillar IN ('1', '2', '3', '4')", name=op.f("ck_intervention_pillar_known")
        ),
        sa.CheckConstraint(
            "result IN ('berhasil', 'sebagian', 'tidak', 'belum_terukur')",
            name=op.f("ck_intervention_result_known"),
        ),
        sa.CheckConstraint(
            "state IN ('usulan', 'disetujui', 'berjalan', 'selesai', 'ditolak', 'batal')",
            name=op.f("ck_intervention_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('selesai', 'batal') OR closed_on IS NOT NULL",
            name=op.f("ck_intervention_ended_on_a_day"),
        ),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_intervention_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["health_assessment.id"], name=op.f("fk_intervention_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_intervention_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_intervention_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_intervention_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_intervention_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["account.id"], name=op.f("fk_intervention_responsible_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_index("ix_intervention_assessment_id", ["assessment_id"], unique=False)
        batch_op.create_index(
            "ix_intervention_enterprise_id_state", ["enterprise_id", "state"], unique=False
        )
        batch_op.create_index(
            "ix_intervention_state_due_on_id", ["state", "due_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_intervention_state_proposed_at_id", ["state", "proposed_at", "id"], unique=False
        )
        batch_op.create_index(
            "uq_intervention_open_enterprise_id",
            ["enterprise_id", "therapy_code"],
            unique=True,
            sqlite_where=sa.text("state IN ('usulan', 'disetujui', 'berjalan')"),
            postgresql_where=sa.text("state IN ('usulan', 'disetujui', 'berjalan')"),
        )

    op.create_table(
        "promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("made_in_visit_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_in_visit_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'terbuka') = (settled_in_visit_id IS NULL)",
            name=op.f("ck_promise_settled_in_a_visit"),
        ),
        sa.CheckConstraint(
            "state IN ('terbuka', 'ditepati', 'tidak_ditepati')",
            name=op.f("ck_promise_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_promise_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_in_visit_id"], ["visit.id"], name=op.f("fk_promise_made_in_visit_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_in_visit_id"], ["visit.id"], name=op.f("fk_promise_settled_in_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(
            "ix_promise_enterprise_id_state_due_on",
            ["enterprise_id", "state", "due_on"],
            unique=False,
        )
        batch_op.create_index("ix_promise_made_in_visit_id", ["made_in_visit_id"], unique=False)
        batch_op.create_index(
            "ix_promise_settled_in_visit_id", ["settled_in_visit_id"], unique=False
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_settled_in_visit_id")
        batch_op.drop_index("ix_promise_made_in_visit_id")
        batch_op.drop_index("ix_promise_enterprise_id_state_due_on")

    op.drop_table("promise")
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_intervention_open_enterprise_id",
            sqlite_where=sa.text("state IN ('usulan', 'disetujui', 'berjalan')"),
            postgresql_where=sa.text("state IN ('usulan', 'disetujui', 'berjalan')"),
        )
        batch_op.drop_index("ix_intervention_state_proposed_at_id")
        batch_op.drop_index("ix_intervention_state_due_on_id")
        batch_op.drop_index("ix_intervention_enterprise_id_state")
        batch_op.drop_index("ix_intervention_assessment_id")

    op.drop_table("intervention")
    with op.batch_alter_table("class_span", schema=None) as batch_op:
        batch_op.drop_index("ix_class_span_from_on_until_on")

    op.drop_table("class_span")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_visited_on")
        batch_op.drop_index("ix_visit_mentor_id_visited_on_id")
        batch_op.drop_index("ix_visit_enterprise_id_visited_on_id")

    op.drop_table("visit")
    with op.batch_alter_table("health_assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_health_assessment_enterprise_id_assessed_on")
        batch_op.drop_index("ix_health_assessment_assessed_on")

    op.drop_table("health_assessment")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assignment_open_enterprise_id",
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.drop_index("ix_assignment_mentor_id_until_on")
        batch_op.drop_index("ix_assignment_enterprise_id_from_on")

    op.drop_table("assignment")
    op.drop_table("assessment_draft")
    op.drop_table("import_part")
    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.drop_index("ix_enterprise_visit_order_id")
        batch_op.drop_index("ix_enterprise_village_code_search_name_id")
        batch_op.drop_index("ix_enterprise_village_code_health_class")
        batch_op.drop_index("ix_enterprise_search_name_id")
        batch_op.drop_index("ix_enterprise_score_order_id")
        batch_op.drop_index("ix_enterprise_owner_id")
        batch_op.drop_index("ix_enterprise_mentor_id_next_visit_due_on")
        batch_op.drop_index("ix_enterprise_life_cycle_id")
        batch_op.drop_index("ix_enterprise_created_at_id")

    op.drop_table("enterprise")
    with op.batch_alter_table("village_program", schema=None) as batch_op:
        batch_op.drop_index("uq_village_program_village_code")

    op.drop_table("village_program")
    with op.batch_alter_table("register_export", schema=None) as batch_op:
        batch_op.drop_index("ix_register_export_account_id_created_at")

    op.drop_table("register_export")
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.drop_index("ix_owner_search_name_id")
        batch_op.drop_index("ix_owner_phone")
        batch_op.drop_index("ix_owner_account_id")

    op.drop_table("owner")
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.drop_index("ix_mentor_village_code")

    op.drop_table("mentor")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_area_code_role")
        batch_op.drop_index("ix_membership_account_id")

    op.drop_table("membership")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index("ix_login_session_account_id")

    op.drop_table("login_session")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index("ix_import_run_content_sha256")
        batch_op.drop_index("ix_import_run_area_code_created_at_id")

    op.drop_table("import_run")
    op.drop_table("column_memory")
    op.drop_table("area_word")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_file_sha256")

    op.drop_table("stored_file")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_login_attempt_address_key_at")
        batch_op.drop_index("ix_login_attempt_account_key_at")

    op.drop_table("login_attempt")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_run_unfinished_key",
            sqlite_where=sa.text("state IN ('waiting', 'running')"),
            postgresql_where=sa.text("state IN ('waiting', 'running')"),
        )
        batch_op.drop_index("ix_job_run_state_created_at")

    op.drop_table("job_run")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_history_entry_subject_id_n")
        batch_op.drop_index("ix_history_entry_enterprise_id_n")

    op.drop_table("history_entry")
    op.drop_table("history_counter")
    op.drop_table("demo_truth")
    op.drop_table("demo_mark")
    op.drop_table("area_edition")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index("ix_area_parent_code_search_name")
        batch_op.drop_index("ix_area_level_search_name")

    op.drop_table("area")
    op.drop_table("account")
