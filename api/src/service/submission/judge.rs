//! Judging a file: its rows read, checked by the rules, and compared with what counts. On receipt and at acceptance alike.

use std::collections::BTreeSet;

use entity::RegistryNumber;

use super::compare::{self, Comparison};
use super::delivery::Delivery;
use super::{Error, basis};
use crate::intake::{self, Findings, Intake, Limits, Row};
use crate::policy::may_hand_in;
use crate::store::{Dataset, Writer};

/// A file whose form has been read: what can be said without the store.
pub(super) struct Read<F> {
    rows: Vec<Row<F>>,
    /// What is said already.
    pub(super) findings: Findings,
    sheet: Option<String>,
    hidden_up_to: i64,
}

/// A file that has been judged.
pub(super) struct Judged<F> {
    /// Its rows, in their order.
    pub(super) rows: Vec<Row<F>>,
    /// What the rules say.
    pub(super) findings: Findings,
    /// Name of its sheet; none for text files.
    pub(super) sheet: Option<String>,
    /// What becomes of each row.
    pub(super) comparison: Comparison,
    /// Whether its actor's clean files count at once.
    pub(super) settles: bool,
    /// Counts of persons from 1 up to this are hidden in the tables that it brings.
    pub(super) hidden_up_to: i64,
}

impl<F> Read<F> {
    /// The rounds and indicators that its rows name.
    pub(super) fn named<K: Intake<Fact = F>>(&self) -> intake::Named {
        intake::Named::of(K::KIND, &self.rows)
    }

    /// The assignments that its rows name in a column of their own.
    pub(super) fn assignments<K: Intake<Fact = F>>(&self) -> BTreeSet<RegistryNumber> {
        let facts = self.rows.iter().filter_map(|row| row.fact.as_ref());
        facts.filter_map(K::assignment_of).cloned().collect()
    }
}

/// Reads a file.
pub(super) fn read<K: Intake>(delivery: &Delivery, limits: Limits) -> Result<Read<K::Fact>, Error> {
    let (table, mut findings) =
        intake::table_of(&delivery.file_name, &delivery.bytes, delivery.kind, limits);
    let rows = match &table {
        Some(table) => intake::read_rows::<K>(table, delivery.beside(), &mut findings)?,
        None => Vec::new(),
    };
    Ok(Read {
        rows,
        findings,
        sheet: table.and_then(|table| table.sheet),
        hidden_up_to: limits.hidden_up_to,
    })
}

/// Judges a file against a dataset, under the write lock.
pub(super) async fn judge<K: Intake>(
    writer: &Writer,
    dataset: &Dataset,
    delivery: &Delivery,
    read: Read<K::Fact>,
) -> Result<Judged<K::Fact>, Error> {
    let Read {
        mut rows,
        mut findings,
        sheet,
        hidden_up_to,
    } = read;
    let named = intake::Named::of(K::KIND, &rows);
    let rounds = named.rounds.clone();
    let basis = basis::load(writer, dataset, delivery, named, K::MONEY).await?;
    K::settle(&mut rows, &basis);
    K::check(&rows, &basis, &mut findings);
    if !may_hand_in(K::KIND, basis::standing(&basis, K::KIND)) {
        findings.not_your_kind(K::KIND.code(), rows.len());
    }
    let settles = delivery.actor.settles(&basis, &rounds);
    // What counts at once changes what counts; what waits changes what waits too.
    let against = if settles {
        &dataset.accepted()
    } else {
        dataset
    };
    let comparison =
        compare::with_counting(writer, against, delivery, &rows, &mut findings).await?;
    Ok(Judged {
        settles,
        hidden_up_to,
        rows,
        findings,
        sheet,
        comparison,
    })
}
