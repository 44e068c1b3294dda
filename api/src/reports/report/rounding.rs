//! Whether the numbers that a table shows add up as shown: its figures are exact, and what is printed of them is rounded.

use rust_decimal::Decimal;

use super::model::{Both, Cell, Row, Section, Table};
use crate::reports::Figure;
use crate::reports::figure::{FigureKey, Unit, Value};

/// What is said of a table whose numbers do not.
const ROUNDED: [&str; 2] = [
    "Avrundade tal: delarna kan avvika från summan.",
    "Rounded numbers: the parts may differ from the sum.",
];

/// Columns of a row that add up to another: the whole, and its parts.
const SUMS: [(&str, &[&str]); 3] = [
    (
        "fund.paid",
        &[
            "fund.used",
            "fund.repaid",
            "fund.outstanding",
            "fund.unreported",
            "fund.unexplained",
        ],
    ),
    ("fund.reported_unused", &["fund.repaid", "fund.outstanding"]),
    (
        "indicator.follow_up_mean",
        &["indicator.baseline_mean", "indicator.mean_change"],
    ),
];

/// Shares of one whole, which no table shows: it is 100 percent.
const SHARES: [&str; 2] = ["fund.share_of_use", "plan.state_share"];

/// Two sums that differ by less are the same: means have twelve decimals.
const CLOSE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

impl Section {
    /// What a reader must know of a table: what was said when it was composed, and that its numbers are rounded, where
    /// those that are shown do not add up.
    #[must_use]
    pub fn notes(&self, table: &Table) -> Vec<Both> {
        let mut notes = table.notes.clone();
        if self.is_off(table) {
            notes.push(ROUNDED.map(str::to_owned));
        }
        notes
    }

    /// Whether parts that a table shows do not add up to the whole that it shows.
    fn is_off(&self, table: &Table) -> bool {
        let rows = table.rows.iter();
        let mut rows = rows.map(|row| self.figures_of(row).collect::<Vec<_>>());
        if rows.any(|row| sums(table, &row) || shares(row.iter().filter_map(|one| *one))) {
            return true;
        }
        (0..table.columns.len()).any(|at| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let column: Vec<&Figure> = cells.filter_map(|cell| self.figure_of(cell)).collect();
            totals(&column) || shares(column.iter().copied())
        })
    }

    fn figures_of<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = Option<&'a Figure>> {
        row.cells.iter().map(|cell| self.figure_of(cell))
    }

    fn figure_of(&self, cell: &Cell) -> Option<&Figure> {
        match cell {
            Cell::Figure(place) => self.figures.get(*place).map(|one| &one.figure),
            Cell::Text(_) | Cell::Absent(_) => None,
        }
    }
}

/// A number as it is and as it is shown.
type Number = (Decimal, Decimal);

fn number(figure: &Figure) -> Option<Number> {
    let exact = figure.value.number().ok()?;
    Some((exact, figure.unit.rounded(exact)))
}

/// Whether parts make the whole, and what is shown of them does not.
fn differs(whole: Number, parts: &[Number]) -> bool {
    let sum = |of: fn(&Number) -> Decimal| {
        let mut all = parts.iter().map(of);
        all.try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let (Some(exact), Some(shown)) = (sum(|one| one.0), sum(|one| one.1)) else {
        return false;
    };
    let is_sum = exact
        .checked_sub(whole.0)
        .is_some_and(|off| off.abs() < CLOSE);
    is_sum && shown != whole.1
}

/// Columns of a row.
fn sums(table: &Table, row: &[Option<&Figure>]) -> bool {
    let of = |key: &str| {
        let at = table.columns.iter().position(|column| column.key == key)?;
        number(row.get(at).copied().flatten()?)
    };
    SUMS.iter().any(|(whole, parts)| {
        let parts: Option<Vec<Number>> = parts.iter().map(|part| of(part)).collect();
        of(whole)
            .zip(parts)
            .is_some_and(|(whole, parts)| differs(whole, &parts))
    })
}

/// Shares whose numerators make their one denominator.
fn shares<'a>(figures: impl Iterator<Item = &'a Figure>) -> bool {
    let (mut parts, mut made, mut denominator) = (Vec::new(), Decimal::ZERO, None);
    for figure in figures.filter(|one| SHARES.contains(&one.definition.code)) {
        let Value::Rate(rate) = &figure.value else {
            return false;
        };
        let (Some(own), Some(of), Some(share)) = (rate.numerator, rate.denominator, number(figure))
        else {
            return false;
        };
        if denominator.is_some_and(|known| known != of) {
            return false;
        }
        denominator = Some(of);
        made += own;
        parts.push(share);
    }
    let whole = (Decimal::ONE, Decimal::ONE_HUNDRED);
    let shown: Decimal = parts.iter().map(|one| one.1).sum();
    denominator == Some(made) && shown != whole.1
}

/// Kronor of a column: those of a whole, and those of the same by one thing more.
fn totals(column: &[&Figure]) -> bool {
    let money = column.iter().filter(|one| one.unit == Unit::Kronor);
    let money: Vec<&&Figure> = money.collect();
    money.iter().any(|whole| {
        BY.iter().any(|by| {
            let parts = money.iter().filter(|part| {
                part.definition.code == whole.definition.code && by(&part.key, &whole.key)
            });
            let parts: Option<Vec<Number>> = parts.map(|part| number(part)).collect();
            let parts = parts.filter(|parts| !parts.is_empty());
            number(whole)
                .zip(parts)
                .is_some_and(|(whole, parts)| differs(whole, &parts))
        })
    })
}

/// Whether a key is another's by year, by kind of recipient, or by one group more.
const BY: [fn(&FigureKey, &FigureKey) -> bool; 3] = [
    |part, whole| {
        let is_part = part.year.is_some() && whole.year.is_none();
        is_part && part.kind == whole.kind && part.groups == whole.groups
    },
    |part, whole| {
        let is_part = part.kind.is_some() && whole.kind.is_none();
        is_part && part.year == whole.year && part.groups == whole.groups
    },
    |part, whole| {
        let mut rest = part
            .groups
            .iter()
            .filter(|group| !whole.groups.contains(group));
        let is_part = rest.next().is_some() && rest.next().is_none();
        let is_within = whole.groups.iter().all(|group| part.groups.contains(group));
        is_part && is_within && part.year == whole.year && part.kind == whole.kind
    },
];
