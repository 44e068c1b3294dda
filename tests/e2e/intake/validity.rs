//! Validity in time: periods of one code do not overlap, and a code counts in the years it is valid in.

use entity::Kind;

use super::world::{NGO, accepted, rounds, told};
use crate::harness::on_both_engines;

const HEADER: &str = "kod;typ;namn;giltig_från;giltig_till\n";

on_both_engines! {
    async fn periods_of_one_code_may_not_overlap(app: Reference) {
        accepted(&app, Kind::Recipients, &format!("{HEADER}{NGO};förening;A;2015-01-01;2016-12-31\n")).await;
        let expected = "REJECTED 0 0 0; ERROR overlapping_validity 2 valid_from";
        for period in ["2016-12-31;", ";2015-01-01", ";", "2014-01-01;2018-01-01", "2015-06-01;2015-06-30"] {
            assert_eq!(told(&app, Kind::Recipients, &format!("{HEADER}{NGO};NGO;B;{period}\n")).await, expected, "{period}");
        }
        assert_eq!(told(&app, Kind::Recipients, &format!("{HEADER}{NGO};NGO;B;2017-01-01;\n")).await, "ACCEPTED 1 0 0");
        assert_eq!(told(&app, Kind::Recipients, &format!("{HEADER}{NGO};NGO;C;;2014-12-31\n")).await, "ACCEPTED 1 0 0");
    }

    async fn periods_in_one_file_may_not_overlap(app: Reference) {
        let both = format!("{HEADER}{NGO};NGO;A;2015-01-01;2016-12-31\n{NGO};NGO;B;2016-12-31;\n");
        let expected = "REJECTED 0 0 0; ERROR overlapping_validity 2 valid_from; ERROR overlapping_validity 3 valid_from";
        assert_eq!(told(&app, Kind::Recipients, &both).await, expected);
        let backwards = format!("{HEADER}{NGO};NGO;A;2016-01-01;2015-12-31\n");
        assert_eq!(told(&app, Kind::Recipients, &backwards).await, "REJECTED 0 0 0; ERROR overlapping_validity 2 valid_to");
    }

    async fn a_period_shortened_in_the_same_file_makes_room(app: Reference) {
        accepted(&app, Kind::Recipients, &format!("{HEADER}{NGO};NGO;A;;\n")).await;
        let split = format!("{HEADER}{NGO};NGO;B;2017-01-01;\n{NGO};NGO;A;;2016-12-31\n");
        assert_eq!(told(&app, Kind::Recipients, &split).await, "ACCEPTED 1 1 0");
    }

    async fn a_recipient_is_known_in_a_year_if_it_is_valid_on_some_day_of_it(app: Reference) {
        rounds(&app).await;
        let application = format!("round;kod;applied_amount;applied_on\nN;{NGO};1;2016-01-01\n");
        for (period, expected) in [
            ("2016-12-31;", "ACCEPTED 1 0 0"),
            ("2017-01-01;", "REJECTED 0 0 0; ERROR unknown_code 2 recipient_code"),
            (";2016-01-01", "ACCEPTED 1 0 0"),
            (";2015-12-31", "REJECTED 0 0 0; ERROR unknown_code 2 recipient_code"),
        ] {
            let from = period.split(';').next().unwrap_or_default();
            let action = "kod;typ;namn;giltig_från;giltig_till;åtgärd\n";
            accepted(&app, Kind::Recipients, &{
                // The period without bounds of the round's association gives way first.
                let away = if from.is_empty() { String::new() } else { format!("{NGO};;;;;REMOVE\n") };
                format!("{action}{away}{NGO};NGO;A;{period};\n")
            }).await;
            assert_eq!(told(&app, Kind::Applications, &application).await, expected, "{period}");
            if expected.starts_with("ACCEPTED") {
                let removal = format!("round;kod;applied_amount;applied_on;action\nN;{NGO};;;REMOVE\n");
                assert_eq!(told(&app, Kind::Applications, &removal).await, "ACCEPTED 0 1 0");
            }
            let back = if from.is_empty() { String::new() } else { format!("{NGO};;;{from};;REMOVE\n") };
            accepted(&app, Kind::Recipients, &format!("{action}{back}{NGO};NGO;A;;;\n")).await;
        }
    }
}
