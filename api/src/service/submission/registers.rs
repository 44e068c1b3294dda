//! The registers that files are checked against, read once and kept until one of them changes.

use std::sync::Arc;

use sea_orm::DbErr;

use crate::intake::Register;
use crate::kept::Share;
use crate::store::{Dataset, Kinds, Writer};

/// The registers of a dataset, under the write lock.
pub(super) async fn registers(writer: &Writer, dataset: &Dataset) -> Result<Arc<Register>, DbErr> {
    let store = writer.store();
    let dataset = store.resting_on(Kinds::REGISTERS, dataset).await?;
    let (name, key) = ("registers of intake", dataset.key());
    if let Some(found) = store.kept().get(Share::Bases, name, key.clone()).await {
        return Ok(found);
    }
    let read = Register::load(writer.transaction(), &dataset).await?;
    let read = Arc::new(read);
    store
        .kept()
        .insert(Share::Bases, name, key, Arc::clone(&read))
        .await;
    Ok(read)
}
