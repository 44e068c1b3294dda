//! `samsyn release-person-table`: releases a table of persons as the present dataset has it.

use anyhow::Context;
use entity::IndicatorCode;

use super::{Outcome, print};
use crate::clock::Clock;
use crate::config::ReleasePersonTableOptions;
use crate::policy::Scope;
use crate::service::person_table::{self, Error, Order};
use crate::store::Store;

pub(super) async fn run(options: ReleasePersonTableOptions) -> anyhow::Result<Outcome> {
    let order = Order {
        indicator: IndicatorCode::parse(&options.indicator).context("--indicator")?,
        actor: options.by.clone(),
        scope: Scope::Everything,
        hidden_up_to: options.hide_persons_up_to,
    };
    let store = Store::open_as_it_is(&options.store.database_url).await?;
    let done = person_table::publish(&store, &Clock::system(), &order).await;
    store.close().await?;
    let indicator = &order.indicator;
    let (said, outcome) = match done {
        Ok(person_table::Outcome::Released) => {
            (format!("{indicator} is released.\n"), Outcome::Done)
        }
        Ok(person_table::Outcome::Unchanged) => (
            format!(
                "Nothing was released: the last release of {indicator} shows the same counts.\n"
            ),
            Outcome::Done,
        ),
        Err(error @ (Error::NotFound(_) | Error::Empty(_) | Error::Unprotectable(_))) => (
            format!("Nothing was released: {error}.\n"),
            Outcome::Refused,
        ),
        Err(error) => return Err(error.into()),
    };
    print(&said)?;
    Ok(outcome)
}
