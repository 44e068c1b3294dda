//! Submissions, read within a scope and as they were at a dataset's time.

use std::collections::HashSet;

use entity::{
    Kind, OrganisationCode, RegistryNumber, file_content, finding, submission, submission_event,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::portions;
use crate::policy::Scope;

/// Which submissions are asked for; what is left out is not restricted.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Kinds.
    pub kinds: Option<Vec<Kind>>,
    /// Main numbers of assignments.
    pub assignments: Option<Vec<RegistryNumber>>,
    /// Senders.
    pub senders: Option<Vec<OrganisationCode>>,
}

/// The condition of a scope on submissions; none where it reaches everything.
pub(crate) fn within(scope: &Scope) -> Option<Condition> {
    let own = match scope {
        Scope::Everything => return None,
        Scope::Nothing => Condition::all().add(submission::Column::Id.lt(0)),
        Scope::Assignments(codes) => Condition::any()
            .add(submission::Column::Assignment.is_in(codes.iter().map(|code| code.as_str())))
            // Registers belong to no assignment: every coordinator keeps them. What else has none is nobody's to decide.
            .add(
                Condition::all()
                    .add(submission::Column::Assignment.is_null())
                    .add(submission::Column::Kind.is_in(Kind::registers())),
            ),
        Scope::Organisation(code, recipients) => {
            let own = std::iter::once(code).chain(recipients);
            Condition::all()
                .add(submission::Column::OrganisationCode.is_in(own.map(|one| one.as_str())))
        }
    };
    Some(own)
}

/// A submission within a scope.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset; the scope is in the select"
)]
pub(crate) async fn one(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: i64,
) -> Result<Option<submission::Model>, DbErr> {
    let mut found = submission::Entity::find().filter(submission::Column::Id.eq(id));
    if let Some(within) = within(scope) {
        found = found.filter(within);
    }
    found.one(db).await
}

/// The submissions of a scope that are asked for.
#[expect(
    clippy::disallowed_methods,
    reason = "submissions are no facts of a dataset; the scope is in the select"
)]
pub(crate) async fn all(
    db: &impl ConnectionTrait,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<submission::Model>, DbErr> {
    let mut found = submission::Entity::find();
    if let Some(within) = within(scope) {
        found = found.filter(within);
    }
    if let Some(kinds) = &asked.kinds {
        found = found.filter(submission::Column::Kind.is_in(kinds.iter().copied()));
    }
    if let Some(codes) = &asked.assignments {
        let codes = codes.iter().map(RegistryNumber::as_str);
        found = found.filter(submission::Column::Assignment.is_in(codes));
    }
    if let Some(codes) = &asked.senders {
        let codes = codes.iter().map(OrganisationCode::as_str);
        found = found.filter(submission::Column::OrganisationCode.is_in(codes));
    }
    found.all(db).await
}

/// What the rules said of a submission on receipt, in their order.
#[expect(
    clippy::disallowed_methods,
    reason = "findings belong to a submission, which was found within a scope"
)]
pub(crate) async fn findings(
    db: &impl ConnectionTrait,
    submission: i64,
) -> Result<Vec<finding::Model>, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::SubmissionId.eq(submission))
        .order_by_asc(finding::Column::Ordinal)
        .all(db)
        .await
}

/// The events of submissions, in the order in which they happened.
#[expect(
    clippy::disallowed_methods,
    reason = "events belong to submissions, which were found within a scope"
)]
pub(crate) async fn events(
    db: &impl ConnectionTrait,
    submissions: &[i64],
) -> Result<Vec<submission_event::Model>, DbErr> {
    let mut events = Vec::new();
    for some in portions(submissions) {
        let found = submission_event::Entity::find()
            .filter(submission_event::Column::SubmissionId.is_in(some.iter().copied()))
            .order_by_asc(submission_event::Column::Id)
            .all(db)
            .await?;
        events.extend(found);
    }
    Ok(events)
}

/// A file as received, with its bytes where they were not redacted; none where it was refused, and not kept.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
pub(crate) async fn content(
    db: &impl ConnectionTrait,
    sha256: &str,
) -> Result<Option<file_content::Model>, DbErr> {
    file_content::Entity::find_by_id(sha256.to_owned())
        .one(db)
        .await
}

/// Whether the bytes of a file are kept still.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
pub(crate) async fn is_there(db: &impl ConnectionTrait, sha256: &str) -> Result<bool, DbErr> {
    let found = file_content::Entity::find_by_id(sha256.to_owned())
        .select_only()
        .column(file_content::Column::RedactedAt)
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(found == Some(None))
}

/// The bytes of a file as received; none where they were redacted.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
pub(crate) async fn bytes(
    db: &impl ConnectionTrait,
    sha256: &str,
) -> Result<Option<Vec<u8>>, DbErr> {
    let found = file_content::Entity::find_by_id(sha256.to_owned())
        .one(db)
        .await?;
    Ok(found.and_then(|found| found.bytes))
}

/// Which of some files a decision took away, by their SHA-256.
#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
pub(crate) async fn removed(
    db: &impl ConnectionTrait,
    files: &[String],
) -> Result<HashSet<String>, DbErr> {
    let mut removed = HashSet::new();
    for some in portions(files) {
        let found: Vec<String> = file_content::Entity::find()
            .filter(file_content::Column::Sha256.is_in(some.iter().map(String::as_str)))
            .filter(file_content::Column::RedactedAt.is_not_null())
            .select_only()
            .column(file_content::Column::Sha256)
            .into_tuple()
            .all(db)
            .await?;
        removed.extend(found);
    }
    Ok(removed)
}
