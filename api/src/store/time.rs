//! Time: what was answered once as of an instant is answered the same for ever.
//!
//! A version takes its time last, under a lock of its own, and later than every version, event and answered instant
//! before it. A reader that asks for an instant later than all of them notes it under the same lock: it waits for a
//! writer that already holds a time, and no later one gets a time as early, whatever the clocks of the processes say.

use entity::{Moment, answered};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, FromQueryResult, IsolationLevel,
    Statement, TransactionOptions, TransactionTrait,
};

use super::{Store, Writer};
use crate::clock::Clock;

/// The number that all on a PostgreSQL store take a lock on while they choose a time.
const TIME_LOCK: i64 = 0x5341_4D53_594F;

#[derive(FromQueryResult)]
struct Latest {
    at: Option<i64>,
}

/// The latest instant that is taken; none in a new store.
async fn latest(db: &impl ConnectionTrait) -> Result<Option<Moment>, DbErr> {
    let sql = "SELECT MAX(at) AS at FROM (SELECT MAX(committed_at) AS at FROM dataset_version \
               UNION ALL SELECT MAX(at) FROM submission_event UNION ALL SELECT MAX(at) FROM answered UNION ALL SELECT MAX(at) FROM person_table_release) AS taken";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let found = Latest::find_by_statement(statement).one(db).await?;
    Ok(found.and_then(|found| found.at).map(Moment::from_micros))
}

async fn lock(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_advisory_xact_lock({TIME_LOCK})");
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

impl Store {
    /// The latest instant that is taken; none in a new store.
    pub(crate) async fn latest(&self) -> Result<Option<Moment>, DbErr> {
        latest(self.connection()).await
    }

    /// Sees to it that no version will ever be as early as an instant, unless it can be read now.
    pub(crate) async fn settle(&self, asked: Moment, known: Option<Moment>) -> Result<(), DbErr> {
        if known.is_some_and(|known| asked <= known) {
            return Ok(());
        }
        let writer = if self.backend() == DbBackend::Postgres {
            // Waits for a writer at its last step alone, not for all that it writes.
            let transaction = self.begin_reading_time().await?;
            lock(&transaction).await?;
            Writer::new(transaction, self, None)
        } else {
            self.begin_write().await?
        };
        let taken = latest(writer.transaction()).await?;
        if taken.is_none_or(|taken| asked > taken) {
            let noted = vec![answered::Model { at: asked }];
            writer.insert_all::<answered::Entity, _>(noted).await?;
        }
        writer.commit().await
    }

    async fn begin_reading_time(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::ReadCommitted),
            ..TransactionOptions::default()
        };
        self.connection().begin_with_options(options).await
    }
}

impl Writer {
    /// The latest instant that is taken; none in a new store.
    pub(crate) async fn latest(&self) -> Result<Option<Moment>, DbErr> {
        latest(self.transaction()).await
    }

    /// The time of what is written, later than all before it. Taken last: from here to the commit others wait.
    pub(crate) async fn take_time(
        &self,
        clock: &Clock,
        not_before: Moment,
    ) -> Result<Moment, DbErr> {
        lock(self.transaction()).await?;
        let now = Moment::from(clock.now()).max(not_before);
        let taken = latest(self.transaction()).await?;
        Ok(taken.map_or(now, |taken| now.max(taken.next())))
    }
}
