//! Who keeps what nobody else sends: registers, and the plan of an assignment.

use super::basis::Basis;
use super::check::place;
use super::finding::Findings;
use super::row::Row;
use super::rule::Rule;

/// Notes on every row that the sender may not keep registers.
pub(super) fn register_keeper<F>(rows: &[Row<F>], basis: &Basis, findings: &mut Findings) {
    if !basis.sender.keeps_registers() {
        not_theirs(rows, findings);
    }
}

/// Whether the sender keeps the assignment's plan; notes on every row that it does not.
pub(super) fn plan_keeper<F>(rows: &[Row<F>], basis: &Basis, findings: &mut Findings) -> bool {
    let assignment = basis.assignment.as_ref();
    let keeps = assignment.is_some_and(|assignment| basis.sender.keeps_plan(assignment));
    if !keeps {
        not_theirs(rows, findings);
    }
    keeps
}

fn not_theirs<F>(rows: &[Row<F>], findings: &mut Findings) {
    for row in rows {
        findings.row(place(&row.head), Rule::NotYourData, None, &row.head.key);
    }
}
