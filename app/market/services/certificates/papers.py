"""Keeping photos of the papers of a certificate."""

from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.enterprises.queries import enterprise as enterprise_within
from app.files.services import store_photo
from app.market.models import CertificateDocument
from app.market.queries.certificates_reach import certificate
from app.market.rules.tracks import tracks
from app.market.services.certificates.rows import tell


def add_paper(
    *,
    document_id: UUID,
    certificate_id: UUID,
    paper: str,
    photo: BinaryIO,
    step_id: UUID | None = None,
    by: UUID | None,
    scope: Scope,
) -> CertificateDocument:
    """Keep a photo of a paper; the same id keeps one.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: no paper of this track, or no photo.
    """
    row = certificate(scope, certificate_id, locked=True)
    known, key = kept_or_free(CertificateDocument, document_id, certificate_id=row.id, paper=paper)
    if known is not None:
        return known
    papers = tracks()[row.track].papers
    if paper not in papers:
        raise InvalidInput("paper_unknown", field="paper", message="Pilih suratnya.")
    kept = CertificateDocument(
        id=key,
        certificate_id=row.id,
        step_id=step_id,
        paper=paper,
        file_id=store_photo(photo, by=by).id,
        added_by=by,
        added_at=utc_now(),
    )
    db.session.add(kept)
    row.version += 1
    enterprise = enterprise_within(scope, row.enterprise_id)
    told = {"track": [None, row.track], "paper": [None, papers[paper]]}
    tell(row, enterprise, "certificate.paper", by, told)
    return kept
