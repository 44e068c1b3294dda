//! What whoever holds the password may do: statements past the guards, each with the place that must be named.

/// What is done to which tables, and the place that the first fault names.
pub(super) const DEEDS: &[(&[&str], &str, &str)] = &[
    // Facts and what was received.
    (
        &["payment"],
        "UPDATE payment SET amount = amount + 1 WHERE row_id = (SELECT max(row_id) FROM payment)",
        "payment ",
    ),
    (
        &["usage_line"],
        "UPDATE usage_line SET amount = amount - 100 WHERE row_id = (SELECT min(row_id) FROM usage_line)",
        "usage_line ",
    ),
    (
        &["usage_line"],
        "DELETE FROM usage_line WHERE row_id = (SELECT min(row_id) FROM usage_line)",
        "usage_line ",
    ),
    (
        &["usage_line"],
        "INSERT INTO usage_line SELECT row_id, 'UNHEARD_OF', 5 FROM usage_report ORDER BY row_id LIMIT 1",
        "usage_line ",
    ),
    (
        &["usage_report"],
        "UPDATE usage_report SET comment_id = NULL WHERE comment_id IS NOT NULL",
        "usage_report ",
    ),
    (
        &["requisition"],
        "UPDATE requisition SET wants_redistribution = NOT wants_redistribution WHERE row_id = (SELECT min(row_id) FROM requisition)",
        "requisition ",
    ),
    (
        &["recipient"],
        "UPDATE recipient SET name = 'Annanstans' WHERE row_id = (SELECT min(row_id) FROM recipient)",
        "recipient ",
    ),
    (
        &["round"],
        "UPDATE round SET report_by = closes_on WHERE row_id = (SELECT min(row_id) FROM round)",
        "round ",
    ),
    (
        &["round"],
        "UPDATE round SET closes_on = NULL WHERE row_id = (SELECT min(row_id) FROM round)",
        "round ",
    ),
    (
        &["support_event_reach"],
        "DELETE FROM support_event_reach WHERE row_id = (SELECT max(row_id) FROM support_event_reach)",
        "support_event_reach ",
    ),
    (
        &["received_row"],
        "UPDATE received_row SET natural_key = natural_key || 'x' WHERE id = 1000",
        "received_row ",
    ),
    (
        &["received_row"],
        "UPDATE received_row SET content_sha256 = (SELECT content_sha256 FROM received_row WHERE id = 1) WHERE id = 1000",
        "received_row ",
    ),
    (
        &["received_row"],
        "UPDATE received_row SET submission_id = submission_id - 1 WHERE id = 1000",
        "received_row ",
    ),
    (
        &["received_row", "payment"],
        "DELETE FROM payment WHERE row_id = (SELECT max(row_id) FROM payment); DELETE FROM received_row WHERE id = (SELECT max(id) FROM received_row WHERE kind = 'payments')",
        "received_row ",
    ),
    (
        &["citation"],
        "UPDATE citation SET section = 'avsnitt 9' WHERE row_id = (SELECT max(row_id) FROM citation)",
        "citation ",
    ),
    // Texts and files.
    (
        &["free_text"],
        "UPDATE free_text SET body = body || '!' WHERE id = 1",
        "free_text 1",
    ),
    (
        &["free_text"],
        "UPDATE free_text SET body = NULL, redacted_at = 5 WHERE id = 1",
        "free_text 1",
    ),
    (
        &["free_text"],
        "UPDATE free_text SET sha256 = (SELECT sha256 FROM free_text WHERE id = 1), body = (SELECT body FROM free_text WHERE id = 1) WHERE id = 3",
        "free_text ",
    ),
    (
        &["file_content"],
        "UPDATE file_content SET bytes = (SELECT bytes FROM file_content WHERE bytes IS NOT NULL ORDER BY sha256 LIMIT 1) WHERE sha256 = (SELECT max(sha256) FROM file_content WHERE bytes IS NOT NULL)",
        "file_content ",
    ),
    (
        &["file_content"],
        "DELETE FROM file_content WHERE sha256 = (SELECT max(sha256) FROM file_content WHERE bytes IS NOT NULL)",
        "file_content ",
    ),
    (
        &["file_content"],
        "UPDATE file_content SET byte_count = byte_count + 1 WHERE sha256 = (SELECT max(sha256) FROM file_content WHERE bytes IS NOT NULL)",
        "file_content ",
    ),
    // Submissions and what was said of them.
    (
        &["submission"],
        "UPDATE submission SET verdict = 'ACCEPTED' WHERE verdict = 'REJECTED'",
        "submission ",
    ),
    (
        &["submission"],
        "UPDATE submission SET nature = 'REAL' WHERE id = (SELECT max(id) FROM submission WHERE nature = 'SYNTHETIC')",
        "submission ",
    ),
    (
        &["submission"],
        "UPDATE submission SET received_at = received_at - 1 WHERE id = 15",
        "submission 15",
    ),
    (
        &["finding"],
        "UPDATE finding SET message_sv = 'inget att anmärka' WHERE ordinal = 1",
        "finding ",
    ),
    (
        &["finding"],
        "UPDATE finding SET severity = 'WARNING' WHERE severity = 'ERROR'",
        "finding ",
    ),
    (
        &["finding"],
        "DELETE FROM finding WHERE ordinal = 2",
        "finding ",
    ),
    (
        &["submission_event"],
        "UPDATE submission_event SET actor = 'somebody' WHERE id = 15",
        "submission_event 15",
    ),
    // What counts, and when.
    (
        &["counted"],
        "INSERT INTO counted SELECT 1000000, kind, 'K-0000|0000', row_id, opened_version, NULL FROM counted WHERE id = 1000",
        "counted 1000000",
    ),
    (
        &["counted"],
        "UPDATE counted SET opened_version = opened_version - 1 WHERE id = 1000",
        "counted ",
    ),
    (
        &["counted"],
        "UPDATE counted SET closed_version = (SELECT max(version) FROM dataset_version) WHERE id = 1000",
        "counted, closed in version ",
    ),
    (
        &["counted"],
        "UPDATE counted SET closed_version = NULL WHERE closed_version IS NOT NULL AND (kind, natural_key) NOT IN (SELECT kind, natural_key FROM counted WHERE closed_version IS NULL)",
        "counted, closed in version ",
    ),
    (
        &["counted"],
        "UPDATE counted SET closed_version = closed_version + 1 WHERE closed_version IS NOT NULL",
        "counted, closed in version ",
    ),
    (
        &["counted"],
        "UPDATE counted SET row_id = row_id + 1 WHERE id = 1000",
        "counted ",
    ),
    (
        &["counted"],
        "DELETE FROM counted WHERE id = 1000",
        "counted ",
    ),
    (
        &["dataset_version"],
        "UPDATE dataset_version SET committed_at = committed_at + 1 WHERE version = 10",
        "dataset_version 10",
    ),
    (
        &["dataset_version"],
        "DELETE FROM dataset_version WHERE version = 10",
        "dataset_version 10",
    ),
    (
        &["dataset_version"],
        "INSERT INTO dataset_version SELECT 999, committed_at + 5, submission_event_id FROM dataset_version WHERE version = 10",
        "dataset_version 999",
    ),
    // The chain itself.
    (
        &["audit_event"],
        "UPDATE audit_event SET actor = 'somebody' WHERE id = 15",
        "audit_event 15",
    ),
    (
        &["audit_event"],
        "UPDATE audit_event SET at = at - 1 WHERE id = 15",
        "audit_event 15",
    ),
    (
        &["audit_event"],
        "DELETE FROM audit_event WHERE id = 15",
        "audit_event 15",
    ),
    (
        &["audit_event"],
        "DELETE FROM audit_event WHERE id = 1",
        "audit_event 1",
    ),
    (
        &["audit_event"],
        "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)",
        "redaction ",
    ),
    (
        &["audit_event"],
        "UPDATE audit_event SET id = -15 WHERE id = 15; UPDATE audit_event SET id = 15 WHERE id = 16; UPDATE audit_event SET id = 16 WHERE id = -15",
        "audit_event 15",
    ),
    (
        &["audit_event"],
        "UPDATE audit_event SET detail = substr(detail, 1, length(detail) - 1) WHERE id = 15",
        "audit_event 15",
    ),
    (
        &["audit_event"],
        "INSERT INTO audit_event SELECT 1000, at, actor, action, subject, detail, previous_hash, 'x' FROM audit_event WHERE id = 15",
        "audit_event ",
    ),
    // What a decision took away.
    (
        &["free_text"],
        "UPDATE free_text SET redacted_at = redacted_at + 1 WHERE redacted_at IS NOT NULL",
        "free_text 2",
    ),
    (
        &["free_text"],
        "UPDATE free_text SET body = 'Nästan allt', redacted_at = NULL WHERE redacted_at IS NOT NULL",
        "free_text 2",
    ),
    (
        &["free_text"],
        "UPDATE free_text SET body = 'annat', redacted_at = NULL WHERE redacted_at IS NOT NULL",
        "free_text 2",
    ),
    (
        &["file_content"],
        "UPDATE file_content SET redacted_at = redacted_at - 1 WHERE redacted_at IS NOT NULL",
        "file_content ",
    ),
    (
        &["redaction"],
        "UPDATE redaction SET decision = 'S2017/1' WHERE id = 1",
        "redaction ",
    ),
    (
        &["redaction"],
        "UPDATE redaction SET at = at + 1 WHERE id = 1",
        "redaction ",
    ),
    (&["redaction"], "DELETE FROM redaction", "redaction "),
    (
        &["redaction"],
        "INSERT INTO redaction SELECT 9, 'free_text', '1', decision, reason, actor, at FROM redaction WHERE id = 1",
        "redaction 9",
    ),
    // Who read what.
    (
        &["read_event"],
        "UPDATE read_event SET actor = 'nobody' WHERE id = 2",
        "read_event 2",
    ),
    (
        &["read_event"],
        "UPDATE read_event SET detail = 'READ_FILES: file 9' WHERE id = 2",
        "read_event 2",
    ),
    (
        &["read_event"],
        "DELETE FROM read_event WHERE id = 2",
        "read_event 2",
    ),
    (
        &["read_event"],
        "DELETE FROM read_event WHERE id = (SELECT max(id) FROM read_event)",
        "read_event ",
    ),
    (&["read_event"], "DELETE FROM read_event", "read_event "),
    // What was decided of submissions.
    (
        &["submission_event"],
        "UPDATE submission_event SET event = 'ACCEPTED' WHERE event = 'RETURNED'",
        "submission_event ",
    ),
    (
        &["submission_event"],
        "DELETE FROM submission_event WHERE event = 'WITHDRAWN'",
        "submission_event ",
    ),
    (
        &["free_text"],
        "UPDATE free_text SET body = 'Bra.' WHERE id = (SELECT max(reason_id) FROM submission_event)",
        "free_text ",
    ),
];
