//! What the crate answers, asked from outside: one binary, since each that links the frame engine
//! is large.

mod administration;
mod allocation_key;
mod behind;
mod coverage;
mod deliverable;
mod equality;
mod fund_balance;
mod fund_ledger;
mod fund_rows;
mod fund_usage;
mod indicators;
mod joined;
mod ledger_balance;
mod missing_reports;
mod orphan;
mod person_attack;
mod person_change;
mod person_table;
mod plan;
mod succession;
