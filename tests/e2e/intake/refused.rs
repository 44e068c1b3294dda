//! What must not be received: personal identity numbers, and what is somebody else's.

use entity::Kind;

use super::files::{self, FUNDS, SUPPORT};
use super::world::{NGO, paid, reported, rounds, send, told};
use crate::harness::{Sent, on_both_engines};
use crate::stored::Stored;

/// The tax agency's example number; it belongs to nobody.
const NUMBER: &str = "19811218-9876";

on_both_engines! {
    async fn a_personal_number_in_a_comment_is_refused_and_leaves_no_bytes(app: Reference) {
        paid(&app).await;
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let file = format!("round;kod;reported_on;unused;comment\nK;0180;2017-01-01;600;Ring {NUMBER}\n");
        let report = send(&app, Kind::UsageReports, &file).await;
        assert_eq!(files::said(&report), "REJECTED 0 0 0; ERROR personal_number 2 comment");
        assert!(!files::json(&report).to_string().contains(NUMBER), "the report does not repeat it");
        let after = stored.counts().await;
        for table in ["file_content", "free_text", "received_row", "usage_report", "dataset_version"] {
            assert_eq!(after[table], before[table], "{table}");
        }
        let kept = "SELECT COUNT(*) AS n FROM file_content JOIN submission ON submission.sha256 = file_content.sha256
                    WHERE submission.verdict = 'REJECTED'";
        assert_eq!(stored.number(kept).await, 0);
        assert_eq!(after["submission"], before["submission"] + 1, "that it came is known");
    }

    async fn a_personal_number_in_any_cell_is_not_repeated(app: Reference) {
        rounds(&app).await;
        let stored = Stored::of(&app).await;
        for (kind, file) in [
            (Kind::Recipients, format!("code;kind;name\n8112189876;NGO;A\n{NGO};NGO;{NUMBER}\n")),
            (Kind::Allocations, format!("round;kod;belopp\nK;{NUMBER};1\n{NUMBER};0180;1\n")),
            (Kind::Payments, format!("reference;round;kod;belopp;paid_on\n{NUMBER};K;0180;x;2016-01-01\n")),
            (Kind::Allocations, format!("round;kod;belopp;{NUMBER}\nK;0180;1;1\n")),
        ] {
            let report = send(&app, kind, &file).await;
            assert_eq!(report.verdict.code(), "REJECTED", "{file}");
            let said = files::json(&report).to_string();
            assert!(!said.contains(NUMBER) && !said.contains("8112189876"), "{said}");
        }
        let texts = "SELECT message_sv || message_en || COALESCE(natural_key, '') AS name FROM finding";
        let texts = stored.texts(texts).await;
        assert!(texts.len() >= 5 && texts.iter().all(|text| !text.contains("9876")), "{texts:?}");
    }

    async fn others_may_send_for_themselves_alone(app: Reference) {
        reported(&app).await;
        let board = "lansstyrelsen_skane";
        let costs = |code: &str| format!("year;organisation_code;cost_kind;amount\n2016;{code};STAFF;1\n");
        for (sender, code, expected) in [
            (board, board, "ACCEPTED 1 0 0"),
            (board, "lansstyrelserna", "ACCEPTED 1 0 0"),
            (board, "nck", "REJECTED 0 0 0; ERROR not_your_data 2 organisation_code"),
            ("nck", "lansstyrelserna", "REJECTED 0 0 0; ERROR not_your_data 2 organisation_code"),
            ("socialstyrelsen", "nck", "ACCEPTED 1 0 0"),
        ] {
            let sent = Sent::csv(Kind::AdministrativeCosts, &costs(code)).assignment(FUNDS).by(sender);
            assert_eq!(files::said(&app.send(&sent).await), expected, "{sender} for {code}");
        }
        let removal = Sent::csv(Kind::AdministrativeCosts, "year;organisation_code;cost_kind;amount;action\n2016;nck;STAFF;;REMOVE\n");
        let report = app.send(&removal.assignment(FUNDS).by(board)).await;
        assert_eq!(files::said(&report), "REJECTED 0 0 0; ERROR not_your_data 2 ");
        let round = Sent::csv(Kind::Allocations, "round;kod;belopp\nK;0180;1\n").assignment(FUNDS).by(board);
        let expected = "REJECTED 0 0 0; ERROR not_your_data 2 recipient_code";
        assert_eq!(files::said(&app.send(&round).await).replace("; WARNING requisition_over_allocation 2 amount", ""), expected);
    }

    async fn a_round_of_another_assignment_is_not_known_to_the_file(app: Reference) {
        rounds(&app).await;
        let other = Sent::csv(Kind::Allocations, "round;kod;belopp\nK;0180;1\n").assignment(SUPPORT);
        let expected = "REJECTED 0 0 0; ERROR unknown_code 2 round";
        assert_eq!(files::said(&app.send(&other).await), expected);
        assert_eq!(told(&app, Kind::Allocations, "round;kod;belopp\nK;0180;1\n").await, "ACCEPTED 1 0 0");
    }
}
