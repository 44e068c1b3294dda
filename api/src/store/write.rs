//! Writing: one writer at a time, ids without gaps, inserts in portions that the engine can bind, and evidence of all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{
    AccessMode, ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait, FromQueryResult, IntoActiveModel, IsolationLevel, QueryFilter,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use entity::{Moment, counted, file_content, free_text};
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Store;
use super::bulk::{Bulk, portions};
use super::evidence::{Evidence, Shape, Vouched};
use crate::intake::hex;

/// The number that all writers of a PostgreSQL store take a lock on.
const WRITE_LOCK: i64 = 0x5341_4D53_594E;

/// The number that those who note reads take a lock on: they do not wait for a long import.
const READ_LOCK: i64 = 0x5341_4D53_5950;

/// How long a writer waits for those of its own process; for those of others the database has a limit of its own.
const WAIT: Duration = Duration::from_secs(60);

/// A transaction that holds the write lock, and the evidence of what it has written since its last audit event.
#[derive(Debug)]
pub struct Writer {
    transaction: DatabaseTransaction,
    evidence: Mutex<Evidence>,
    store: Store,
    #[expect(dead_code, reason = "held: the turn ends with the transaction")]
    turn: Option<OwnedSemaphorePermit>,
}

/// The turns of this process's writers. Who waits for the database's lock holds a connection meanwhile; of those only one
/// a lock is spent, or a few waiting writers would leave none to those who read.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    writing: Arc<Semaphore>,
    noting: Arc<Semaphore>,
}

impl Turns {
    /// Those of an engine: SQLite has one writer a file.
    pub(super) fn of(backend: DbBackend) -> Self {
        let writing = Arc::new(Semaphore::new(1));
        let noting = match backend {
            DbBackend::Postgres => Arc::new(Semaphore::new(1)),
            _ => Arc::clone(&writing),
        };
        Self { writing, noting }
    }

    async fn take(&self, number: i64) -> Result<OwnedSemaphorePermit, DbErr> {
        let of = if number == READ_LOCK {
            &self.noting
        } else {
            &self.writing
        };
        let turn = tokio::time::timeout(WAIT, Arc::clone(of).acquire_owned()).await;
        // The semaphores are never closed; what is left is that others write for long.
        turn.ok()
            .and_then(Result::ok)
            .ok_or_else(super::trouble::silent)
    }
}

impl Store {
    /// Begins a transaction that holds the write lock from its first moment.
    ///
    /// A deferred SQLite transaction that reads before it writes fails with "database is locked" when another writer
    /// comes between; `IMMEDIATE` waits its turn.
    pub(crate) async fn begin_write(&self) -> Result<Writer, DbErr> {
        self.begin_locked(WRITE_LOCK).await
    }

    /// Begins a transaction that appends to the chain of reads. On PostgreSQL it waits for others that do the same and
    /// for nobody else; SQLite has one writer a file, so there it waits for an import too.
    pub(crate) async fn begin_noting_reads(&self) -> Result<Writer, DbErr> {
        self.begin_locked(READ_LOCK).await
    }

    async fn begin_locked(&self, number: i64) -> Result<Writer, DbErr> {
        // After the wait for the lock each statement must see what the writer before has committed, whatever the role's
        // own default is.
        let isolation =
            (self.backend() == DbBackend::Postgres).then_some(IsolationLevel::ReadCommitted);
        let options = TransactionOptions {
            isolation_level: isolation,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let turn = self.turns.take(number).await?;
        let transaction = self.connection().begin_with_options(options).await?;
        if self.backend() == DbBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({number})");
            transaction.execute_unprepared(&lock).await?;
        }
        let turn = Some(turn);
        Ok(Writer::new(transaction, self, turn))
    }

    /// Begins a transaction that sees the store as it is now, whatever is written meanwhile.
    pub(crate) async fn begin_read(&self) -> Result<DatabaseTransaction, DbErr> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        };
        self.connection().begin_with_options(options).await
    }
}

#[derive(FromQueryResult)]
struct Greatest {
    greatest: i64,
}

impl Writer {
    /// A writer of a transaction that holds what lock it needs.
    pub(super) fn new(
        transaction: DatabaseTransaction,
        store: &Store,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self {
            transaction,
            evidence: Mutex::default(),
            store: store.clone(),
            turn,
        }
    }

    /// The store that is written to, as those see it who read.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// The transaction itself.
    pub(crate) const fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Makes everything written count, at once. Refused where something was written that no audit event vouches for.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        if !self.evidence().is_empty() {
            return Err(DbErr::Custom(
                "something was written after the last audit event".to_owned(),
            ));
        }
        self.transaction.commit().await
    }

    fn evidence(&self) -> MutexGuard<'_, Evidence> {
        self.evidence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was written since the last time, for the audit event that vouches for it.
    pub(crate) fn take_evidence(&self) -> Vec<Vouched> {
        self.evidence().take()
    }

    /// Leaves nothing of what was written. Where the database has ended the transaction by itself, or has gone, there is
    /// nothing to roll back: the connection is closed, and what went wrong before is what is told.
    pub(crate) async fn roll_back(self) {
        if let Err(error) = self.transaction.rollback().await {
            tracing::warn!(%error, "a transaction had ended by itself");
        }
    }

    /// The next free id of a table; the write lock makes it ours.
    pub(crate) async fn next_id(
        &self,
        table: &'static str,
        column: &'static str,
    ) -> Result<i64, DbErr> {
        let sql = format!("SELECT COALESCE(MAX({column}), 0) AS greatest FROM {table}");
        let statement = Statement::from_string(self.transaction.get_database_backend(), sql);
        let found = Greatest::find_by_statement(statement)
            .one(&self.transaction)
            .await?;
        Ok(found.map_or(0, |found| found.greatest) + 1)
    }

    /// Keeps free texts in their own table; gives the id of each.
    pub(crate) async fn keep_texts(
        &self,
        texts: Vec<Option<String>>,
    ) -> Result<Vec<Option<i64>>, DbErr> {
        let mut next = self.next_id("free_text", "id").await?;
        let (mut ids, mut models) = (Vec::with_capacity(texts.len()), Vec::new());
        for text in texts {
            ids.push(text.as_ref().map(|_| next));
            if let Some(body) = text {
                let sha256 = hex(&Sha256::digest(&body));
                models.push(free_text::Model {
                    id: next,
                    sha256,
                    body: Some(body),
                    redacted_at: None,
                });
                next += 1;
            }
        }
        self.insert_all::<free_text::Entity, _>(models).await?;
        Ok(ids)
    }

    /// Inserts rows in portions, and notes them as evidence while they are in memory. Every insert passes here.
    pub(crate) async fn insert_all<E, M>(&self, models: Vec<M>) -> Result<(), DbErr>
    where
        E: EntityTrait,
        M: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    {
        let (table, backend) = (Shape::<E>::new(), self.transaction.get_database_backend());
        let mut bulk = Bulk::<E>::new(backend);
        for model in models {
            let values = table.values(model.into_active_model())?;
            self.evidence().row(&table.table, table.row(&values)?)?;
            bulk.add(values)?;
            if bulk.is_full() {
                self.insert(std::mem::replace(&mut bulk, Bulk::new(backend)))
                    .await?;
            }
        }
        self.insert(bulk).await
    }

    async fn insert<E: EntityTrait>(&self, bulk: Bulk<E>) -> Result<(), DbErr> {
        if let Some(statement) = bulk.statement() {
            self.transaction.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// Empties free texts and files, once; their hashes stay. Rows of `redaction` say by which decision.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where a redaction is carried out"
    )]
    pub(crate) async fn empty(
        &self,
        texts: &[i64],
        files: &[String],
        at: Moment,
    ) -> Result<(), DbErr> {
        for some in portions(texts) {
            free_text::Entity::update_many()
                .col_expr(free_text::Column::Body, Expr::value(None::<String>))
                .col_expr(free_text::Column::RedactedAt, Expr::value(at))
                .filter(free_text::Column::Id.is_in(some.iter().copied()))
                .exec(&self.transaction)
                .await?;
        }
        for some in portions(files) {
            file_content::Entity::update_many()
                .col_expr(file_content::Column::Bytes, Expr::value(None::<Vec<u8>>))
                .col_expr(file_content::Column::RedactedAt, Expr::value(at))
                .filter(file_content::Column::Sha256.is_in(some.iter().map(String::as_str)))
                .exec(&self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Closes open intervals in a version. Every closing passes here.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where intervals are closed"
    )]
    pub(crate) async fn close_intervals(&self, version: i64, ids: &[i64]) -> Result<(), DbErr> {
        for some in portions(ids) {
            counted::Entity::update_many()
                .col_expr(counted::Column::ClosedVersion, Expr::value(version))
                .filter(counted::Column::Id.is_in(some.iter().copied()))
                .exec(&self.transaction)
                .await?;
            self.evidence().closed(version, some);
        }
        Ok(())
    }
}
