//! Links between recipients' codes: a register that says which code came after which.

use entity::Kind;

use super::files::said;
use super::world::{accepted, told};
use crate::harness::{Sent, on_both_engines};

const HEADER: &str = "händelse;från_kod;till_kod;datum\n";

on_both_engines! {
    async fn a_link_leads_from_a_code_to_another(app: Reference) {
        accepted(&app, Kind::Recipients, "kod;typ;namn;länskod;giltig_från;giltig_till\n9901;kommun;Gamla;01;;2017-12-31\n9902;kommun;Nya;01;2018-01-01;\n").await;
        for (row, expected) in [
            ("sammanslagning;9901;9902;2018-01-01", "ACCEPTED 1 0 0"),
            ("MERGED;9901;9902;2018-01-01", "ACCEPTED 0 0 1"),
            ("namnbyte;9901;9902;2018-01-01", "ACCEPTED 0 1 0"),
            ("namnbyte;R14;R14;2019-01-01", "ACCEPTED 1 0 0"),
            ("delning;9902;0180;2020-01-01", "ACCEPTED 1 0 0"),
            ("länsbyte;9902;0115;2020-01-01", "ACCEPTED 1 0 0"),
            ("sammanslagning;0180;0180;2020-01-01", "REJECTED 0 0 0; ERROR unknown_value 2 to_code"),
            ("sammanslagning;0180;R01;2020-01-01", "REJECTED 0 0 0; ERROR unknown_value 2 to_code"),
            // The old code ended before, the new one has not begun.
            ("sammanslagning;9901;0180;2020-01-01", "REJECTED 0 0 0; ERROR unknown_code 2 from_code"),
            ("sammanslagning;0180;9902;2016-01-01", "REJECTED 0 0 0; ERROR unknown_code 2 to_code"),
            ("försvunnen;0180;9902;2018-01-01", "REJECTED 0 0 0; ERROR unknown_value 2 link"),
        ] {
            assert_eq!(told(&app, Kind::RecipientLinks, &format!("{HEADER}{row}\n")).await, expected, "{row}");
        }
        let removal = "link;from_code;to_code;date;action\n;9901;9902;2018-01-01;REMOVE\n";
        assert_eq!(told(&app, Kind::RecipientLinks, removal).await, "ACCEPTED 0 1 0");
        let strange = Sent::csv(Kind::RecipientLinks, &format!("{HEADER}namnbyte;R14;R14;2020-01-01\n")).by("nck");
        assert_eq!(said(&app.dry_run(&strange).await), "REJECTED 0 0 0; ERROR not_your_data 2 ");
    }
}
