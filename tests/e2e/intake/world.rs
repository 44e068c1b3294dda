//! A small round of money: two municipalities, one association, sums that fit in a head.

use entity::{Kind, Verdict};
use samsyn::intake::FileReport;
use serde_json::Value;

use super::files::{self, FUNDS};
use crate::harness::{Sent, TestApp};

/// An association that does not exist.
pub(crate) const NGO: &str = "8999967212";

/// Sends a text file of the assignment that hands out money.
pub(crate) async fn send(app: &TestApp, kind: Kind, text: &str) -> FileReport {
    app.send(&Sent::csv(kind, text).assignment(FUNDS)).await
}

/// Sends a file; gives what is said of it.
pub(crate) async fn told(app: &TestApp, kind: Kind, text: &str) -> String {
    files::said(&send(app, kind, text).await)
}

/// Sends a file that must count, without a warning.
pub(crate) async fn accepted(app: &TestApp, kind: Kind, text: &str) {
    let report = send(app, kind, text).await;
    assert!(
        report.verdict == Verdict::Accepted && report.findings.is_empty(),
        "{text}: {}",
        files::said(&report)
    );
}

/// Rounds: `K` of 1 000 kronor for municipalities, `N` of 500 for associations.
pub(crate) async fn rounds(app: &TestApp) {
    accepted(
        app,
        Kind::Recipients,
        &format!("code;kind;name\n{NGO};NGO;Exempelföreningen\n"),
    )
    .await;
    let rounds = format!(
        "round;assignment;year;recipient_kind;available_amount;closes_on;use_by;report_by\n\
         K;{FUNDS};2016;MUNICIPALITY;1000;2016-10-01;2016-12-31;2017-03-31\n\
         N;{FUNDS};2016;NGO;500;2016-10-01;2016-12-31;2017-03-31\n"
    );
    accepted(app, Kind::Rounds, &rounds).await;
}

/// Stockholm asks for its 600 and Vallentuna for 100 of its 400; both are paid what they asked for.
pub(crate) async fn paid(app: &TestApp) {
    rounds(app).await;
    accepted(
        app,
        Kind::Allocations,
        "round;kod;belopp\nK;0180;600\nK;0115;400\n",
    )
    .await;
    let requisitions =
        "round;kod;belopp;rekvirerat_datum\nK;0180;600;2016-05-01\nK;0115;100;2016-05-01\n";
    accepted(app, Kind::Requisitions, requisitions).await;
    accepted(app, Kind::Payments, "reference;round;kod;belopp;utbetalt_datum\nP1;K;0180;600;2016-06-01\nP2;K;0115;100;2016-06-01\n").await;
}

/// Stockholm has used 500 of its 600.
pub(crate) async fn reported(app: &TestApp) {
    paid(app).await;
    accepted(
        app,
        Kind::UsageReports,
        "round;kod;reported_on;used_other;unused\nK;0180;2017-01-01;500;100\n",
    )
    .await;
}

/// An amount of a municipality or an association in the assignment.
pub(crate) async fn amounts(app: &TestApp, recipient: &str) -> Value {
    let document = format!(
        "{{ fundUsage(assignment: \"{FUNDS}\", filter: {{ recipients: [\"{recipient}\"] }}) {{ total {{
            allocatedAmount requisitionedAmount grantedAmount paidAmount usedAmount reportedUnusedAmount repaidAmount
            outstandingAmount unreportedAmount unexplainedAmount }} }} }}"
    );
    app.ask(&document).await["fundUsage"]["total"].take()
}
