//! A whole table, its rows in a temporary file: counted, summed and hashed while they come, so that every form can say so.

use std::io;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::csv::{self, Dialect};
use super::spool::{Spool, Spooling};
use super::written::NotWritten;
use crate::graphql::exported::{Cell, Column, Kind, Layout, Row};
use crate::intake::hex;

/// A whole table.
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Lists of the answer that are in no column, or some of whose members are in no row.
    pub left_out: Vec<String>,
    /// How many rows.
    pub row_count: u64,
    /// The sum of each of the rows' own columns of kronor, by its name. What stands beside the rows and is repeated on
    /// each has none.
    pub totals: Vec<(String, Decimal)>,
    /// SHA-256 over the rows as CSV for programs.
    pub sha256: String,
    spool: Spool,
}

/// A table whose rows are coming.
pub struct Filling {
    columns: Vec<Column>,
    most: u64,
    row_count: u64,
    /// The sums by the column's place.
    totals: Vec<(usize, Decimal)>,
    hashed: csv::Rows<Sha256>,
    spooling: Spooling,
}

impl Filling {
    /// Nothing has come yet; more rows than `most` are refused.
    ///
    /// # Errors
    /// There is no room for a temporary file.
    pub fn begin(layout: &Layout, most: u64) -> Result<Self, NotWritten> {
        let columns = layout.columns.clone();
        let money = columns.iter().enumerate();
        let money = money.filter(|(_, column)| column.kind == Kind::Money && column.is_of_row);
        Ok(Self {
            totals: money.map(|(at, _)| (at, Decimal::new(0, 2))).collect(),
            hashed: csv::Rows::begin(Sha256::new(), &columns, Dialect::Programs)?,
            spooling: Spooling::begin()?,
            columns,
            most,
            row_count: 0,
        })
    }

    /// Takes the rows of a page.
    ///
    /// # Errors
    /// They are too many, or there is no room for them.
    pub fn take(&mut self, rows: &[Row]) -> Result<(), NotWritten> {
        self.row_count += rows.len() as u64;
        if self.row_count > self.most {
            return Err(NotWritten::TooManyRows { most: self.most });
        }
        for row in rows {
            for (at, total) in &mut self.totals {
                if let Cell::Number(digits) = &row[*at] {
                    let amount = digits.parse().ok();
                    let sum = amount.and_then(|amount| total.checked_add(amount));
                    *total = sum.ok_or_else(|| NotWritten::not_held(&self.columns[*at]))?;
                }
            }
            self.hashed.put(row)?;
            self.spooling.put(row)?;
        }
        Ok(())
    }

    /// The table, when all have come, with the lists that are left out of it.
    ///
    /// # Errors
    /// There is no room for the rows.
    pub fn end(self, left_out: Vec<String>) -> Result<Table, NotWritten> {
        let name = |at: usize| self.columns[at].name.clone();
        let totals = self.totals.into_iter().map(|(at, sum)| (name(at), sum));
        Ok(Table {
            totals: totals.collect(),
            sha256: hex(&self.hashed.end()?.finalize()),
            spool: self.spooling.end(self.columns.len(), self.row_count)?,
            columns: self.columns,
            left_out,
            row_count: self.row_count,
        })
    }
}

impl Table {
    /// The rows from the first on, read one by one; one reader at a time.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn rows(&self) -> io::Result<impl Iterator<Item = io::Result<Row>>> {
        self.spool.rows()
    }

    /// A table of a few rows.
    #[cfg(test)]
    pub(super) fn of(document: &str, rows: &[Row]) -> Self {
        let layout = crate::graphql::exported::layout(document, None).expect("a table");
        let mut filling = Filling::begin(&layout, 100).expect("a file");
        filling.take(rows).expect("taken");
        filling.end(layout.left_out).expect("whole")
    }
}
