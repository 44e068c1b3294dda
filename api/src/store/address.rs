//! Where a database is, read from its URL once. Nothing of the URL is in an error: it may hold a password.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::ConnectOptions;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use super::OpenError;
use super::pool::sqlite_settings;

/// Where a database is, with all that a connection to it is told.
#[derive(Clone)]
pub(super) enum Address {
    /// A file.
    Sqlite(SqliteConnectOptions),
    /// A server.
    Postgres(PgConnectOptions),
}

/// What becomes of a store that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// It is made: there is no set-up.
    Made,
    /// It is an error.
    Refused,
}

impl Address {
    /// Reads a URL.
    pub(super) fn read(url: &str, missing: Missing) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(|_| OpenError::Form)?;
            let options = if url.contains("mode=") || url.contains(":memory:") {
                options
            } else {
                options.create_if_missing(missing == Missing::Made)
            };
            let options = sqlite_settings(options).disable_statement_logging();
            return Ok(Self::Sqlite(options));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(|_| OpenError::Form)?;
            return Ok(Self::Postgres(options.disable_statement_logging()));
        }
        Err(OpenError::Scheme)
    }

    /// The file of an SQLite database; none of one in memory, or on a server.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let Self::Sqlite(options) = self else {
            return None;
        };
        let file = options.get_filename();
        let in_memory = file.to_str().is_some_and(|name| {
            name.is_empty() || name.starts_with("file:") || name.contains(":memory:")
        });
        (!in_memory).then(|| file.to_owned())
    }
}

/// Makes a file for its owner alone where there is none. SQLite gives its -wal and -shm the rights of the file; left to
/// itself it would make them readable for everybody on the machine. What stands in the way is said when it is opened.
pub(super) fn make_private(file: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(file));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_cannot_be_read_is_never_repeated() {
        for url in [
            "postgres://samsyn:s3cret@host:port/samsyn",
            "postgres://samsyn:s3cret@[host/samsyn",
            "postgres://samsyn:s3/cret@host/samsyn",
            "postgresql://samsyn:s3cret@host:99999/samsyn?sslmode=s3cret",
            "postgres:s3cret",
            "sqlite://x?mode=s3cret",
            "sqlite://x?s3cret=1",
            "mysql://samsyn:s3cret@host/samsyn",
            "samsyn:s3cret@host",
        ] {
            let Err(error) = Address::read(url, Missing::Refused) else {
                continue;
            };
            let said = format!("{error} {error:?}");
            assert!(!said.contains("cret"), "{url}: {said}");
        }
        let odd = Address::read("postgres://a:s3cret@host:port/b", Missing::Made);
        assert!(matches!(odd, Err(OpenError::Form)));
    }
}
