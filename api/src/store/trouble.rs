//! What ails a database that did not do what it was asked: a client is told when to ask again, and a fault of ours is
//! not mistaken for it.

use std::error::Error;
use std::io::ErrorKind;
use std::sync::Arc;

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::PgDatabaseError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

/// What ails a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It does not answer, or answers that it cannot now.
    #[error("the database does not answer")]
    Unavailable,
    /// There is no room to write.
    #[error("there is no room left to write")]
    Full,
}

impl Trouble {
    /// The trouble that an error comes from, where it comes from any.
    #[must_use]
    pub fn behind(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            let shared = error.downcast_ref::<Arc<DbErr>>().map(Arc::as_ref);
            if let Some(found) = error.downcast_ref::<DbErr>().or(shared) {
                return Self::of(found);
            }
            if let Some(found) = error.downcast_ref::<Self>() {
                return Some(*found);
            }
            if let Some(found) = error.downcast_ref::<std::io::Error>() {
                return Self::of_file(found);
            }
            next = error.source();
        }
        None
    }

    /// The trouble behind what a database said.
    #[must_use]
    pub fn of(error: &DbErr) -> Option<Self> {
        match error {
            DbErr::ConnectionAcquire(
                ConnAcquireErr::Timeout | ConnAcquireErr::ConnectionClosed,
            ) => Some(Self::Unavailable),
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => Self::of_driver(error),
            _ => None,
        }
    }

    /// The trouble of a file beside the database.
    #[must_use]
    pub fn of_file(error: &std::io::Error) -> Option<Self> {
        let full = [
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::FileTooLarge,
        ];
        full.contains(&error.kind()).then_some(Self::Full)
    }

    fn of_driver(error: &SqlxError) -> Option<Self> {
        match error {
            SqlxError::Database(said) => Self::said(&**said),
            // The connection broke, or what came over it was cut off.
            SqlxError::Io(_)
            | SqlxError::Tls(_)
            | SqlxError::WorkerCrashed
            | SqlxError::PoolTimedOut
            | SqlxError::PoolClosed
            | SqlxError::BeginFailed => Some(Self::Unavailable),
            _ => None,
        }
    }

    fn said(error: &dyn DatabaseError) -> Option<Self> {
        let code = error.code()?;
        if error.try_downcast_ref::<PgDatabaseError>().is_some() {
            return Self::said_by_postgres(&code);
        }
        Self::said_by_sqlite(code.parse().ok()?)
    }

    /// By SQLSTATE, PostgreSQL's appendix A.
    fn said_by_postgres(code: &str) -> Option<Self> {
        match code {
            // Disk full.
            "53100" => Some(Self::Full),
            // A lock that was not to be had, a statement that was ended, a copy that takes no writes.
            "55P03" | "57014" | "25006" => Some(Self::Unavailable),
            // Too many connections and the like; the server ends, ended or begins; the connection; the system below.
            _ if ["53", "57P", "08", "58"]
                .iter()
                .any(|class| code.starts_with(class)) =>
            {
                Some(Self::Unavailable)
            }
            _ => None,
        }
    }

    /// By SQLite's result codes; an extended one holds the plain one in its last byte.
    const fn said_by_sqlite(code: i32) -> Option<Self> {
        /// A write that failed (a quota, a limit of a file's size), and shared memory that could not grow.
        const WRITE: i32 = 10 | (3 << 8);
        const SHARED_MEMORY_SIZE: i32 = 10 | (19 << 8);
        match (code, code & 0xff) {
            (_, 13) | (WRITE | SHARED_MEMORY_SIZE, _) => Some(Self::Full),
            // Busy, locked, no memory, read-only, input and output, cannot be opened.
            (_, 5 | 6 | 7 | 8 | 10 | 14) => Some(Self::Unavailable),
            _ => None,
        }
    }
}

/// The error of work that was given up because the database does not answer.
pub(super) const fn silent() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_a_silent_database_and_a_fault_of_ours_are_told_apart() {
        let sqlite = Trouble::said_by_sqlite;
        assert_eq!(sqlite(13), Some(Trouble::Full));
        assert_eq!(sqlite(778), Some(Trouble::Full));
        assert_eq!(sqlite(4874), Some(Trouble::Full));
        assert_eq!(sqlite(5), Some(Trouble::Unavailable));
        assert_eq!(
            sqlite(517),
            Some(Trouble::Unavailable),
            "busy: the snapshot"
        );
        assert_eq!(
            sqlite(1034),
            Some(Trouble::Unavailable),
            "a sync that failed"
        );
        assert_eq!(sqlite(19), None, "a constraint");
        assert_eq!(sqlite(11), None, "a corrupt file");
        let postgres = Trouble::said_by_postgres;
        assert_eq!(postgres("53100"), Some(Trouble::Full));
        for code in ["53300", "57P01", "57P03", "08006", "58030", "25006"] {
            assert_eq!(postgres(code), Some(Trouble::Unavailable), "{code}");
        }
        assert_eq!(postgres("23505"), None, "a key that is there already");
        assert_eq!(postgres("42P01"), None, "a table that is not");
    }

    #[test]
    fn the_trouble_is_found_behind_what_is_built_on_it() {
        let error = crate::reports::Error::from(silent());
        assert_eq!(Trouble::behind(&error), Some(Trouble::Unavailable));
        let error = crate::service::submission::Error::from(silent());
        assert_eq!(Trouble::behind(&error), Some(Trouble::Unavailable));
        let error = crate::service::submission::Error::from(DbErr::Custom("x".to_owned()));
        assert_eq!(Trouble::behind(&error), None);
        let full = std::io::Error::from(ErrorKind::StorageFull);
        assert_eq!(Trouble::behind(&full), Some(Trouble::Full));
    }
}
