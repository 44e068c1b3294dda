//! Templates: filled in and sent they are accepted, for every kind; each viewer gets its own; nonsense is named.

use axum::http::StatusCode;
use entity::Kind;
use samsyn::intake::{Limits, Sheets, columns_sent};

use super::filled::{Filled, Input};
use super::{coordinator, get};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT, said};
use crate::intake::world::{NGO, accepted, paid, reported, rounds};
use Input::{Day, Kronor, Text};

/// 15 May 2016 as workbooks count days.
const A_DAY: i32 = 42505;

async fn template(app: &TestApp, kind: Kind, round: &str, viewer: &Persona) -> Filled {
    let round = if round.is_empty() {
        String::new()
    } else {
        format!("?round={round}")
    };
    let address = format!("/templates/{}.xlsx{round}", kind.code());
    let (status, bytes) = get(app, &address, viewer).await;
    assert_eq!(status, StatusCode::OK, "{address}");
    assert_eq!(
        get(app, &address, viewer).await.1,
        bytes,
        "{address}: the same bytes again"
    );
    let sheets = Sheets::of("mall.xlsx", &bytes, Limits::default());
    assert_eq!(sheets.kinds(), [kind], "{address}");
    assert!(sheets.left(&[kind]).is_empty(), "{address}");
    Filled::open(&bytes, kind.code())
}

async fn send(app: &TestApp, kind: Kind, filled: &Filled) -> String {
    let supports = [
        Kind::SupportEvents,
        Kind::ActivityPlan,
        Kind::ActivityReports,
        Kind::DeviationDecisions,
        Kind::IndicatorDefinitions,
        Kind::IndicatorValues,
    ];
    let assignment = if supports.contains(&kind) {
        SUPPORT
    } else {
        FUNDS
    };
    let mut sent = Sent::file(kind, "mall.xlsx", &filled.save()).assignment(assignment);
    if kind == Kind::ActivityPlan {
        sent = sent.plan(Some(2), chrono::NaiveDate::from_ymd_opt(2021, 12, 15));
    }
    said(&app.send(&sent).await)
}

/// Fills the rows of some recipients, deletes the others, and sends.
async fn told(app: &TestApp, kind: Kind, round: &str, rows: &[(&str, &[(&str, Input)])]) -> String {
    let mut filled = template(app, kind, round, &coordinator()).await;
    let codes: Vec<&str> = rows.iter().map(|(code, _)| *code).collect();
    filled.keep("mottagarkod", &codes);
    for (code, inputs) in rows {
        let row = filled.row_of("mottagarkod", code);
        for (header, input) in *inputs {
            filled.fill(row, header, input);
        }
    }
    send(app, kind, &filled).await
}

/// Fills the first blank row, and sends.
async fn told_anew(app: &TestApp, kind: Kind, inputs: &[(&str, Input)]) -> String {
    let mut filled = template(app, kind, "", &coordinator()).await;
    for (header, input) in inputs {
        filled.fill(2, header, input);
    }
    send(app, kind, &filled).await
}

on_both_engines! {
    async fn every_template_is_accepted_once_it_is_filled_in(app: Reference) {
        let mut kinds = vec![Kind::Recipients, Kind::Populations, Kind::Rounds];
        let ngo = [("kod", Text(NGO)), ("typ", Text("förening")), ("namn", Text("Exempelföreningen")), ("skyddad_plats", Text("nej"))];
        assert_eq!(told_anew(&app, Kind::Recipients, &ngo).await, "ACCEPTED 1 0 0");
        let people = [("mottagarkod", Text("0114")), ("datum", Day(A_DAY)), ("befolkning", Kronor(42_000))];
        assert_eq!(told_anew(&app, Kind::Populations, &people).await, "ACCEPTED 1 0 0");
        for (code, kind) in [("K", "kommun"), ("N", "förening")] {
            let round = [
                ("omgång", Text(code)), ("uppdrag", Text(FUNDS)), ("år", Kronor(2016)), ("mottagartyp", Text(kind)),
                ("tillgängligt_belopp", Kronor(1000)), ("används_senast", Day(A_DAY)), ("redovisas_senast", Day(A_DAY + 365)),
            ];
            assert_eq!(told_anew(&app, Kind::Rounds, &round).await, "ACCEPTED 1 0 0");
        }
        let day = |header: &'static str| (header, Day(A_DAY));
        let amount = |amount| ("belopp", Kronor(amount));
        let mut check = async |kind: Kind, round: &str, rows: &[(&str, &[(&str, Input)])]| {
            let expected = format!("ACCEPTED {} 0 0", rows.len());
            assert_eq!(told(&app, kind, round, rows).await, expected, "{}", kind.code());
            kinds.push(kind);
        };
        // 0114 keeps its zero from the template to the store.
        check(Kind::Allocations, "K", &[("0114", &[amount(600)]), ("0180", &[amount(400)])]).await;
        check(Kind::Requisitions, "K", &[("0114", &[amount(600), day("rekvirerat_datum"), ("önskar_omfördelning", Text("ja"))])]).await;
        let applied = [("sökt_belopp", Kronor(90)), day("sökt_datum"), ("beslut", Text("delvis beviljad")), ("beviljat_belopp", Kronor(50))];
        check(Kind::Applications, "N", &[(NGO, &applied)]).await;
        check(Kind::Payments, "K", &[("0114", &[amount(600), day("utbetalt_datum"), ("betalningsreferens", Text("007"))])]).await;
        check(Kind::UsageReports, "K", &[("0114", &[day("redovisat_datum"), ("använt_övrigt", Kronor(500)), ("ej_använt", Kronor(100)), ("kommentar", Text("=1+1"))])]).await;
        let claim = [amount(100), ("läge", Text("krävd")), day("beslutsdatum"), ("betalas_senast", Day(A_DAY + 30)), ("återkravsreferens", Text("009"))];
        check(Kind::RepaymentClaims, "K", &[("0114", &claim)]).await;
        check(Kind::Repayments, "K", &[("0114", &[amount(100), day("återbetalt_datum"), ("betalningsreferens", Text("008"))])]).await;

        let mut costs = template(&app, Kind::AdministrativeCosts, "", &coordinator()).await;
        assert_eq!(costs.under("kostnadsslag"), ["lön", "resor", "konsult", "kommunikation", "övrigt"]);
        for row in 2..=6 {
            costs.fill(row, "år", &Kronor(2016));
            costs.fill(row, "belopp", &Kronor(1));
        }
        assert_eq!(send(&app, Kind::AdministrativeCosts, &costs).await, "ACCEPTED 5 0 0");
        kinds.push(Kind::AdministrativeCosts);
        let event = [
            ("myndighet", Text("socialstyrelsen")), ("insats_id", Text("0001")), ("datum", Day(44_000)), ("form", Text("training")),
            ("huvudaktivitet", Text("1")), ("titel", Text("Utbildning")), ("målgrupp", Text("hälso- och sjukvård")),
            ("deltagare", Kronor(20)), ("nådda", Text("0114|0180")), ("digitalt", Text("nej")),
        ];
        assert_eq!(told_anew(&app, Kind::SupportEvents, &event).await, "ACCEPTED 1 0 0");
        kinds.push(Kind::SupportEvents);
        let text = |header, text| (header, Text(text));
        let number = |header, number| (header, Kronor(number));
        let activity = [
            number("rad", 1), text("delaktivitet", "Stöd"), text("ansvarig", "socialstyrelsen|nck"), number("startår", 2021),
            number("slutår", 2022), text("huvudaktivitet", "1"),
        ];
        let report = [
            number("planversion", 1), number("rad", 1), text("myndighet", "socialstyrelsen"), ("per_datum", Day(44_000)),
            text("läge", "pågår"), text("avvikelse", "Sjukdom"),
        ];
        let decision = [
            number("planversion", 1), number("rad", 1), text("myndighet", "socialstyrelsen"), ("per_datum", Day(44_000)),
            text("beslut", "annan åtgärd"), ("beslutsdatum", Day(44_010)),
        ];
        let definition = [
            text("indikator", "andel"), number("definitionsversion", 1), text("name_sv", "Andel"), text("enhet", "procent"),
            text("riktning", "högre är bättre"), text("avser_personer", "nej"), number("valid_from_year", 2019),
        ];
        let value = [
            text("indikator", "andel"), number("definitionsversion", 1), text("område", "0180"), number("år", 2020),
            number("värde", 50),
        ];
        let link = [text("händelse", "namnbyte"), text("från_kod", "R14"), text("till_kod", "R14"), ("datum", Day(44_000))];
        let delivery = [
            text("redovisning", "genomförandeplan"), ("förfallodag", Day(42_521)), text("myndighet", "socialstyrelsen"),
            ("lämnat_datum", Day(42_520)), text("diarienummer", "1.1-1/2016"),
        ];
        let narrative = [
            text("redovisning", "slutredovisning"), ("förfallodag", Day(43_738)), text("del", "4"), text("avsnitt", "slutsatser"),
            text("myndighet", "socialstyrelsen"), text("språk", "svenska"), text("text", "# Slutsatser\n\n- en\n- två"),
        ];
        for (kind, inputs) in [
            (Kind::Narratives, &narrative[..]), (Kind::Deliveries, &delivery[..]), (Kind::ActivityPlan, &activity), (Kind::ActivityReports, &report), (Kind::DeviationDecisions, &decision), (Kind::IndicatorDefinitions, &definition),
            (Kind::IndicatorValues, &value), (Kind::RecipientLinks, &link),
        ] {
            assert_eq!(told_anew(&app, kind, inputs).await, "ACCEPTED 1 0 0", "{}", kind.code());
            kinds.push(kind);
        }

        kinds.sort();
        let mut all: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| columns_sent(*kind).is_some()).collect();
        all.sort();
        assert_eq!(kinds, all, "every kind that organisations send is tried");
    }

    async fn a_template_offers_what_has_a_basis_and_tells_what_is_known(app: Reference) {
        reported(&app).await;
        let rows = async |kind: Kind| template(&app, kind, "K", &coordinator()).await;
        let requisitions = rows(Kind::Requisitions).await;
        assert_eq!(requisitions.under("mottagarkod"), ["0180", "0115"], "those with an allocation, by name");
        assert_eq!(requisitions.under("flex_namn"), ["Stockholm", "Vallentuna"]);
        assert_eq!(requisitions.under("flex_tilldelat"), ["600", "400"]);
        assert_eq!(requisitions.under("omgång"), ["K", "K"]);
        let reports = rows(Kind::UsageReports).await;
        assert_eq!(
            reports.headers()[..5],
            ["omgång", "mottagarkod", "flex_namn", "flex_utbetalt", "flex_redovisat"],
        );
        assert_eq!(reports.under("flex_utbetalt"), ["600", "100"]);
        assert_eq!(reports.under("flex_redovisat"), ["42736", ""], "1 January 2017");
        let repayments = rows(Kind::Repayments).await;
        assert_eq!(repayments.under("mottagarkod"), ["0180"], "only Stockholm has something left");
        assert_eq!(repayments.under("flex_ej_använt"), ["100"]);
        assert_eq!(rows(Kind::Allocations).await.under("mottagarkod").len(), 290, "every municipality of the year");

        let told = reports.texts("Anvisningar");
        for part in ["Stänger\n2016-10-01", "Används senast\n2016-12-31", "Redovisas senast\n2017-03-31", "Socialstyrelsen, 2 rader", "1 000,00 kr"] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(!told.contains("syntetiska"));
    }

    async fn cells_are_ready_to_be_filled_in(app: Reference) {
        paid(&app).await;
        let filled = template(&app, Kind::UsageReports, "K", &coordinator()).await;
        let seen = filled.sheets();
        let seen: Vec<(&str, bool)> = seen.iter().map(|(name, visible)| (name.as_str(), *visible)).collect();
        assert_eq!(seen, [("usage_reports", true), ("Anvisningar", true), ("Listor", false)]);
        let sheet = filled.sheet();
        assert!(sheet.sheet_protection().is_some(), "the header is locked");
        let code = sheet.style((filled.column("mottagarkod"), 2)).number_format().map(|format| format.format_code().to_owned());
        assert_eq!(code.as_deref(), Some("@"), "codes are text");
        let unlocked = sheet.style((filled.column("ej_använt"), 2)).protection().map(|protection| protection.locked());
        assert_eq!(unlocked, Some(false));
        let rules = sheet.data_validations().expect("rules").data_validation_list();
        let types: Vec<_> = rules.iter().map(|rule| rule.formula1().to_owned()).collect();
        assert!(types.iter().any(|formula| formula == "Listor!$C$2:$C$291"), "{types:?}");
        assert!(types.iter().any(|formula| formula == "\"sätt,ta bort\""), "{types:?}");
        assert_eq!(sheet.comments().len(), filled.headers().len(), "every header says what it is");
        assert!(filled.texts("Listor").contains("Vallentuna"));
    }

    async fn each_gets_its_own_rows(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Recipients, "code;kind;name;county_code\nlansstyrelsen_uppsala;COUNTY_BOARD;Länsstyrelsen Uppsala;03\nlansstyrelsen_stockholm;COUNTY_BOARD;Länsstyrelsen Stockholm;01\n").await;
        accepted(&app, Kind::Rounds, &format!("round;assignment;year;recipient_kind;available_amount;use_by;report_by\nL;{FUNDS};2016;COUNTY_BOARD;100;2016-12-31;2017-03-31\n")).await;
        accepted(&app, Kind::Allocations, "round;kod;belopp\nL;lansstyrelsen_uppsala;60\nL;lansstyrelsen_stockholm;40\n").await;
        let codes = async |viewer: &Persona| {
            let filled = template(&app, Kind::Payments, "L", viewer).await;
            (filled.under("mottagarkod"), filled.texts("Listor"))
        };
        let uppsala = Persona::reporter("lansstyrelsen_uppsala");
        let (own, offered) = codes(&uppsala).await;
        assert_eq!(own, ["lansstyrelsen_uppsala"]);
        assert!(!offered.contains("lansstyrelsen_stockholm"));
        assert_eq!(codes(&coordinator()).await.0, ["lansstyrelsen_stockholm", "lansstyrelsen_uppsala"]);
        // A municipality reports for itself.
        accepted(&app, Kind::Allocations, "round;kod;belopp\nK;0114;60\nK;0180;40\n").await;
        let own = template(&app, Kind::Requisitions, "K", &Persona::reporter("0114")).await;
        assert_eq!(own.under("mottagarkod"), ["0114"]);
        assert!(own.texts("Anvisningar").contains("Upplands Väsby, 1 rad"));
        // Without a token, and for those who send nothing: the lists alone.
        for viewer in [Persona::public(), Persona::evaluator()] {
            let (own, offered) = codes(&viewer).await;
            assert!(own.is_empty(), "{viewer:?}");
            assert!(offered.contains("lansstyrelsen_stockholm") && offered.contains("lansstyrelsen_uppsala"));
            let filled = template(&app, Kind::Payments, "L", &viewer).await;
            assert!(!filled.headers().iter().any(|header| header.starts_with("flex_")));
        }
        // Somebody who coordinates another assignment, or none, gets no others' rows.
        assert!(codes(&Persona::coordinator("nck")).await.0.is_empty());
        let costs = template(&app, Kind::AdministrativeCosts, "", &uppsala).await;
        assert_eq!(costs.under("myndighet").iter().filter(|code| *code == "lansstyrelsen_uppsala").count(), 5);
        assert_eq!(costs.under("myndighet").len(), 10, "its own, and those of the boards together");
    }

    async fn what_does_not_exist_is_named(app: Reference) {
        rounds(&app).await;
        for (address, status, code) in [
            ("/templates/usage.xlsx", 404, "UNKNOWN_KIND"),
            ("/templates/decisions.xlsx", 404, "UNKNOWN_KIND"),
            ("/templates/payments", 404, "NOT_FOUND"),
            ("/templates/payments.xlsx?round=KOM", 404, "UNKNOWN_ROUND"),
            ("/templates/payments.xlsx?round=", 404, "UNKNOWN_ROUND"),
            ("/templates/payments.xlsx?omgang=K", 400, "UNKNOWN_PARAMETER"),
            ("/templates/payments.xlsx?round=K&round=N", 400, "BAD_REQUEST"),
            ("/templates/payments.xlsx?round=%FF", 400, "BAD_REQUEST"),
            ("/templates/populations.xlsx?round=K", 400, "UNKNOWN_PARAMETER"),
            ("/templates/rounds.xlsx?round=K", 400, "UNKNOWN_PARAMETER"),
        ] {
            let (found, body) = get(&app, address, &coordinator()).await;
            let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            assert_eq!(found.as_u16(), status, "{address}");
            assert_eq!(body["errors"][0]["extensions"]["code"], code, "{address}");
        }
    }
}
