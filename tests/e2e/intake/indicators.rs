//! Indicators: to whom they belong, which values fit their definition, and which are far from the others.

use entity::Kind;

use super::files::{FUNDS, SUPPORT, said};
use crate::harness::{Sent, TestApp, on_both_engines};

const DEFINITION: &str = "indikator;definitionsversion;name_sv;enhet;riktning;mål;avser_personer;källa;valid_from_year;valid_to_year\n";
const VALUE: &str =
    "indikator;definitionsversion;område;år;kön;värde;täljare;nämnare;bortfallsorsak;källa\n";

async fn told(app: &TestApp, sent: &Sent) -> String {
    let dry = said(&app.dry_run(sent).await);
    assert_eq!(dry, said(&app.send(sent).await), "a dry run says the same");
    dry
}

fn definitions(rows: &str) -> Sent {
    Sent::csv(Kind::IndicatorDefinitions, &format!("{DEFINITION}{rows}")).assignment(SUPPORT)
}

fn values(rows: &str) -> Sent {
    Sent::csv(Kind::IndicatorValues, &format!("{VALUE}{rows}")).assignment(SUPPORT)
}

const PERCENT: &str = "andel;1;Andel;procent;högre är bättre;g2020_d1;nej;nck;2019;2023\n";

on_both_engines! {
    async fn an_indicator_belongs_to_whoever_sent_it_first(app: Reference) {
        assert_eq!(told(&app, &definitions(PERCENT).by("nck")).await, "ACCEPTED 1 0 0");
        let renamed = PERCENT.replace("Andel", "Andelen");
        assert_eq!(told(&app, &definitions(&renamed).by("barnafrid")).await, "REJECTED 0 0 0; ERROR not_your_data 2 indicator");
        // Another version of the code belongs to its owner too.
        let second = "andel;2;Andel;PERCENT;NEUTRAL;;ja;;2024;\n";
        assert_eq!(told(&app, &definitions(second).by("barnafrid")).await, "REJECTED 0 0 0; ERROR not_your_data 2 indicator");
        // The coordinator of its assignment may correct it; it stays the owner's.
        assert_eq!(told(&app, &definitions(&renamed)).await, "ACCEPTED 0 1 0");
        assert_eq!(told(&app, &definitions(second).by("nck")).await, "ACCEPTED 1 0 0");
        let row = "andel;1;SE;2020;;50;;;;\n";
        assert_eq!(told(&app, &values(row).by("barnafrid")).await, "REJECTED 0 0 0; ERROR not_your_data 2 indicator");
        assert_eq!(told(&app, &values(row).by("nck")).await, "ACCEPTED 1 0 0");
        assert_eq!(told(&app, &values("andel;1;SE;2020;totalt;51;;;;\n")).await, "ACCEPTED 0 1 0");
        let removal = "indikator;definitionsversion;område;år;kön;åtgärd\nandel;1;SE;2020;T;REMOVE\n";
        let removal = Sent::csv(Kind::IndicatorValues, removal).assignment(SUPPORT);
        assert_eq!(told(&app, &removal.clone().by("barnafrid")).await, "REJECTED 0 0 0; ERROR not_your_data 2 indicator");
        assert_eq!(told(&app, &removal.by("nck")).await, "ACCEPTED 0 1 0");
    }

    async fn a_definition_names_what_exists_and_years_of_its_own(app: Reference) {
        let row = "a;1;A;procent;neutral;finns_inte;nej;finns_inte;2019;2018\nb;1;B;%;neutral;;kanske;;2019;\n";
        assert_eq!(told(&app, &definitions(row)).await,
            "REJECTED 0 0 0; ERROR overlapping_validity 2 valid_to_year; ERROR unknown_code 2 goal; ERROR unknown_code 2 source_organisation; \
             ERROR unknown_value 3 unit; ERROR unknown_value 3 concerns_persons");
        assert_eq!(told(&app, &definitions(PERCENT)).await, "ACCEPTED 1 0 0");
        let second = "andel;2;Andel;PERCENT;NEUTRAL;;nej;;2023;\n";
        assert_eq!(told(&app, &definitions(second)).await, "REJECTED 0 0 0; ERROR overlapping_validity 2 valid_from_year");
        // A goal of another assignment is none of this one's.
        let other = Sent::csv(Kind::IndicatorDefinitions, &format!("{DEFINITION}{}", PERCENT.replace("andel", "annan")));
        assert_eq!(told(&app, &other.assignment(FUNDS)).await, "REJECTED 0 0 0; ERROR unknown_code 2 goal");
    }

    async fn a_file_of_koladas_shape_is_read_as_the_same_kind(app: Reference) {
        let all = "N07403;1;Andel;procent;högre är bättre;;nej;;2019;2021\nN07403;2;Andel;procent;högre är bättre;;nej;;2022;\n";
        assert_eq!(told(&app, &definitions(all)).await, "ACCEPTED 2 0 0");
        let kolada = |rows: &str| Sent::csv(Kind::IndicatorValues, &format!("kpi,municipality,period,gender,value\n{rows}")).assignment(SUPPORT);
        let rows = "N07403,0180,2020,T,33.3\nN07403,0000,2021,K,40\nN07403,0001,2022,M,\nN07403,0180,2022,T,35\n";
        assert_eq!(told(&app, &kolada(rows)).await, "ACCEPTED 4 0 0");
        assert_eq!(said(&app.send(&kolada(rows)).await), "UNCHANGED 0 0 0", "the same file again");
        let document = "{ indicatorValues(indicators: [\"N07403\"]) { nodes { area { code } year sex definitionVersion quantity { value absent } } } }";
        let found = app.ask(document).await["indicatorValues"]["nodes"].take();
        let value = |area: &str, year: i32, sex: &str, version: i64, quantity: serde_json::Value| {
            serde_json::json!({ "area": { "code": area }, "year": year, "sex": sex, "definitionVersion": version, "quantity": quantity })
        };
        let of = |value: &str| serde_json::json!({ "value": value, "absent": null });
        let expected = serde_json::json!([
            value("0180", 2020, "TOTAL", 1, of("33.3")),
            value("0180", 2022, "TOTAL", 2, of("35")),
            value("R01", 2022, "MEN", 2, serde_json::json!({ "value": null, "absent": "NOT_AVAILABLE" })),
            value("SE", 2021, "WOMEN", 1, of("40")),
        ]);
        assert_eq!(found, expected);
        for (rows, expected) in [
            ("N07403,9999,2020,T,1\n", "REJECTED 0 0 0; ERROR unknown_code 2 area_code"),
            ("N07403,0180,2021,T,1\nN07403,0180,2018,T,1\n", "REJECTED 0 0 0; ERROR unknown_code 3 year"),
            ("N99999,0180,2020,T,1\n", "REJECTED 0 0 0; ERROR unknown_code 2 indicator"),
            ("N07403,0180,2020,T,101\n", "REJECTED 0 0 0; ERROR value_out_of_range 2 value"),
            ("N07403,0180,2020,X,1\n", "REJECTED 0 0 0; ERROR unknown_value 2 sex"),
            ("N07403,0180,2020,T,1\nN07403,0180,2020,T,2\n", "REJECTED 0 0 0; ERROR duplicate_key 3 "),
        ] {
            assert_eq!(told(&app, &kolada(rows)).await, expected, "{rows}");
        }
        // Both shapes are one kind: a value of the one is corrected by the other.
        assert_eq!(told(&app, &values("N07403;1;0180;2020;T;34;;;;\n")).await, "ACCEPTED 0 1 0");
        let none = Sent::csv(Kind::IndicatorValues, "kpi,municipality,gender,value\nN07403,0180,T,1\n").assignment(SUPPORT);
        let missing = told(&app, &none).await;
        assert!(missing.starts_with("REJECTED") && missing.contains("missing_header") && missing.ends_with("year"), "{missing}");
    }

    async fn a_value_fits_its_definition(app: Reference) {
        let all = format!("{PERCENT}antal;1;Antal;antal;neutral;;ja;;2019;\nper;1;Per;per 10 000;neutral;;nej;;2019;\nja;1;Ja;ja/nej;neutral;;nej;;2019;\nindex;1;Index;index;neutral;;nej;;2019;\n");
        assert_eq!(told(&app, &definitions(&all)).await, "ACCEPTED 5 0 0");
        for (row, expected) in [
            ("andel;1;0180;2020;;33,3;1;3;;", "ACCEPTED 1 0 0"),
            ("andel;1;0180;2021;;33,4;1;3;;", "REJECTED 0 0 0; ERROR value_not_ratio 2 value"),
            ("andel;1;0180;2021;;33,4;;3;;", "ACCEPTED 1 0 0"),
            ("andel;1;0180;2022;;0;0;0;;", "REJECTED 0 0 0; ERROR value_not_ratio 2 value"),
            ("andel;1;0180;2022;;33,4;-1;3;;", "REJECTED 0 0 0; ERROR negative_amount 2 numerator"),
            ("andel;1;01;2020;K;100,01;;;;", "REJECTED 0 0 0; ERROR value_out_of_range 2 value"),
            ("andel;1;R14;2020;K;0;;;;", "ACCEPTED 1 0 0"),
            ("andel;1;01;2020;Z;0;;;;", "REJECTED 0 0 0; ERROR unknown_value 2 sex"),
            ("andel;1;02;2020;;0;;;;", "REJECTED 0 0 0; ERROR unknown_code 2 area_code"),
            ("andel;1;0181;1700;;0;;;;", "REJECTED 0 0 0; ERROR not_a_number 2 year"),
            ("andel;1;0182;2024;;0;;;;", "REJECTED 0 0 0; ERROR unknown_code 2 definition_version"),
            ("andel;3;0182;2020;;0;;;;", "REJECTED 0 0 0; ERROR unknown_code 2 definition_version"),
            ("annan;1;0182;2020;;0;;;;", "REJECTED 0 0 0; ERROR unknown_code 2 indicator"),
            ("andel;1;0182;2020;;;;;;", "REJECTED 0 0 0; ERROR missing_value 2 value"),
            ("andel;1;0182;2020;;;;;ej redovisat;", "ACCEPTED 1 0 0"),
            ("andel;1;0183;2020;;1;;;NOT_DUE;", "REJECTED 0 0 0; ERROR unknown_value 2 missing_reason"),
            ("andel;1;0183;2020;;ja;;;;", "REJECTED 0 0 0; ERROR not_a_number 2 value"),
            ("antal;1;0183;2020;;3,0;;;;", "ACCEPTED 1 0 0"),
            ("antal;1;0183;2020;;3;;;;", "ACCEPTED 0 0 1"),
            ("antal;1;0184;2020;;2,5;;;;", "REJECTED 0 0 0; ERROR value_out_of_range 2 value"),
            ("antal;1;0184;2020;;-2;;;;", "REJECTED 0 0 0; ERROR value_out_of_range 2 value"),
            ("per;1;0184;2020;;80,0;160;20 000;;Egen uppgift", "ACCEPTED 1 0 0"),
            ("per;1;0186;2020;;80,1;160;20 000;;", "REJECTED 0 0 0; ERROR value_not_ratio 2 value"),
            ("ja;1;0184;2020;;ja;;;;", "ACCEPTED 1 0 0"),
            ("ja;1;0184;2020;;1;;;;", "ACCEPTED 0 0 1"),
            ("ja;1;0184;2020;;2;;;;", "REJECTED 0 0 0; ERROR value_out_of_range 2 value"),
            ("index;1;SE;2020;;-12,25;;;;", "ACCEPTED 1 0 0"),
            ("index;1;SE;2021;;1e5;;;;", "REJECTED 0 0 0; ERROR not_a_number 2 value"),
        ] {
            assert_eq!(told(&app, &values(&format!("{row}\n"))).await, expected, "{row}");
        }
        // Sex left out is everybody's: the key is the same.
        let twice = "index;1;SE;2022;;1;;;;\nindex;1;SE;2022;T;1;;;;\n";
        assert_eq!(told(&app, &values(twice)).await, "REJECTED 0 0 0; ERROR duplicate_key 3 ");
    }

    async fn a_definition_that_its_values_no_longer_fit_is_warned_of(app: Reference) {
        assert_eq!(told(&app, &definitions(PERCENT)).await, "ACCEPTED 1 0 0");
        assert_eq!(told(&app, &values("andel;1;0180;2020;;33,3;1;3;;\n")).await, "ACCEPTED 1 0 0");
        let count = "andel;1;Andel;antal;neutral;;nej;;2021;\n";
        assert_eq!(told(&app, &definitions(count)).await,
            "ACCEPTED 0 1 0; WARNING unknown_code 2 valid_from_year; WARNING value_out_of_range 2 unit; WARNING value_not_ratio 2 unit");
        let removal = "indikator;definitionsversion;name_sv;enhet;riktning;avser_personer;valid_from_year;action\nandel;1;;;;;;ta bort\n";
        let removal = Sent::csv(Kind::IndicatorDefinitions, removal).assignment(SUPPORT);
        assert_eq!(told(&app, &removal).await, "ACCEPTED 0 1 0; WARNING unknown_code 2 ");
    }

    async fn a_value_far_from_its_history_and_its_group_is_noted(app: Reference) {
        assert_eq!(told(&app, &definitions("index;1;Index;index;neutral;;nej;;2015;\n")).await, "ACCEPTED 1 0 0");
        let codes = ["0180", "0115", "0117", "0120", "0123", "0125", "0126", "0127"];
        let mut history = String::new();
        for year in 2016..2020 {
            // Each goes 10, 11, 12, 13: median 11.5, median deviation 1.
            codes.iter().for_each(|code| history.push_str(&format!("index;1;{code};{year};;{};;;;\n", year - 2006)));
        }
        assert_eq!(told(&app, &values(&history)).await, "ACCEPTED 32 0 0");
        let of_2020 = |numbers: [&str; 8]| {
            let rows = codes.iter().zip(numbers).map(|(code, number)| format!("index;1;{code};2020;;{number};;;;\n"));
            values(&rows.collect::<String>())
        };
        // The group's median is 12 and its deviation 1; 16.5 and 17 are within reach of one of the two.
        let near = app.dry_run(&of_2020(["11", "11", "12", "12", "12", "13", "13", "17"])).await;
        assert_eq!(said(&near), "ACCEPTED 8 0 0");
        let far = app.dry_run(&of_2020(["11", "11", "12", "12", "13", "13", "13", "18"])).await;
        assert_eq!(said(&far), "ACCEPTED 8 0 0; WARNING outlier 9 value");
        // Where all have risen alike, nobody is far from the group.
        let risen = app.dry_run(&of_2020(["30", "31", "32", "33", "34", "35", "36", "37"])).await;
        assert_eq!(said(&risen), "ACCEPTED 8 0 0");
        // Seven are no group.
        let seven = of_2020(["11", "11", "12", "12", "13", "13", "13", "18"]);
        let rows = "index;1;0180;2020;;11;;;;\nindex;1;0115;2020;;900;;;;\n";
        assert_eq!(said(&app.dry_run(&values(rows)).await), "ACCEPTED 2 0 0");
        assert_eq!(told(&app, &seven).await, "ACCEPTED 8 0 0; WARNING outlier 9 value");
    }
}
