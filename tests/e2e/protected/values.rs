//! Values of indicators by area: who sent one is open, and a county's board sends those of its county.

use entity::{Kind, Verdict};
use serde_json::{Value, json};

use super::attacker::answered;
use crate::harness::{Persona, Sent, TestApp};
use crate::intake::files::SUPPORT;

/// An association of the county whose location is open, and one whose is not.
const OPEN: &str = "8999704425";
const HIDDEN: &str = "8999895041";

/// The board of a county sends values of two associations in its county.
pub(super) async fn of_a_board(app: &TestApp) {
    let definition = "indikator;definitionsversion;name_sv;enhet;riktning;avser_personer;valid_from_year\nandel;1;Andel;procent;neutral;nej;2019\n";
    let values = format!(
        "indikator;definitionsversion;område;år;värde\nandel;1;{OPEN};2020;50\nandel;1;{HIDDEN};2020;60\n"
    );
    for (kind, text) in [
        (Kind::IndicatorDefinitions, definition),
        (Kind::IndicatorValues, values.as_str()),
    ] {
        let sent = Sent::csv(kind, text)
            .assignment(SUPPORT)
            .by("lansstyrelsen_vasterbotten");
        let report = app.send(&sent).await;
        assert_eq!(
            report.verdict,
            Verdict::Accepted,
            "{}",
            crate::intake::files::said(&report)
        );
    }
}

/// Somebody is told of the one, and of the other as if nothing had been sent.
pub(super) async fn tell_nothing(app: &TestApp, who: &Persona) {
    let document = format!("{{ indicatorValues(indicators: [\"andel\"], first: 100) {{ nodes {{ area {{ code }} source {{ submission {{ sentBy {{ code }} }} }} }} }}
        one: recipient(code: \"{OPEN}\") {{ indicatorValues {{ year }} }} other: recipient(code: \"{HIDDEN}\") {{ indicatorValues {{ year }} }}
        indicatorGroupValues(indicators: [\"andel\"], years: [2020], groupBy: [COUNTY], recipientKind: NGO) {{ rows {{ key {{ county {{ code }} }} answered {{ numerator }} }} }} }}");
    let found = answered(app, who, &document, json!({})).await;
    let text = found["indicatorValues"].to_string();
    assert!(text.contains(OPEN) && !text.contains(HIDDEN), "{text}");
    assert_eq!(
        (
            &found["one"]["indicatorValues"],
            &found["other"]["indicatorValues"]
        ),
        (&json!([{ "year": 2020 }]), &json!([]))
    );
    let apart: Vec<&Value> = found["indicatorGroupValues"]
        .as_array()
        .expect("indicators")
        .iter()
        .flat_map(|one| one["rows"].as_array().expect("rows").iter())
        .filter(|row| row["key"]["county"].is_null())
        .collect();
    assert!(
        apart.iter().all(
            |row| row["answered"]["numerator"] == "0" || row["answered"]["numerator"].is_null()
        ),
        "{apart:?}"
    );
}
