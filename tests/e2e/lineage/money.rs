//! The rows that lines of money name add up to the lines.

use serde_json::json;

use super::named::{NAMED, adds_up, amounts, ask, names, rows_where};
use crate::answer::ore;
use crate::harness::{Persona, on_both_engines};
use crate::intake::files::FUNDS;

on_both_engines! {
    async fn every_line_of_a_grouping_is_the_sum_of_its_rows(app: Example) {
        let who = Persona::public();
        for (arguments, at_least) in [
            (", groupBy: [GRANT_YEAR, RECIPIENT_KIND]", 4_000),
            (", groupBy: [COUNTY, GRANT_YEAR]", 4_000),
            (", groupBy: [POPULATION_GROUP, ROUND]", 4_000),
            (", groupBy: [ROUND], filter: { recipientKinds: [MUNICIPALITY], counties: [\"14\"] }", 300),
            (", groupBy: [RECIPIENT], filter: { recipients: [\"0180\", \"0114\"] }", 10),
        ] {
            let named = adds_up(&app, &who, "", arguments).await;
            assert!(named >= at_least, "{named} rows by{arguments}");
        }
    }

    async fn a_year_of_costs_is_the_sum_of_its_rows(app: Example) {
        let held = amounts(&app, "administrative_cost", "t.amount").await;
        let selection = format!("administrativeCosts(assignment: \"{FUNDS}\") {{ years {{ year amount sources(first: 500) {NAMED} }} }}");
        let found = ask(&app, &Persona::public(), "", &selection).await["administrativeCosts"].take();
        let years = found["years"].as_array().expect("years");
        assert!(years.len() > 2);
        let mut named = 0;
        for year in years {
            let names = names(&year["sources"]);
            assert_eq!(names.iter().map(|name| i128::from(held[name])).sum::<i128>(), ore(&year["amount"]), "{}", year["year"]);
            named += names.len();
        }
        assert_eq!(named, held.len(), "no cost of the example was corrected");
    }

    async fn equality_rests_on_the_members_rows(app: Example) {
        let payments = amounts(&app, "payment", "CASE WHEN t.reverses IS NULL THEN t.amount ELSE -t.amount END").await;
        let selection = format!("equality(assignment: \"{FUNDS}\", measure: PAID_PER_INHABITANT, grantYear: 2018, recipientKind: MUNICIPALITY, groupBy: [COUNTY])
            {{ sources {{ totalCount }} groups {{ rate {{ numerator }} sources(first: 500) {NAMED} }}
               gap {{ highest {{ key {{ county {{ code }} }} sources {{ totalCount }} }} }} }}");
        let found = ask(&app, &Persona::public(), "", &selection).await["equality"].take();
        let groups = found["groups"].as_array().expect("groups");
        assert_eq!(groups.len(), 21);
        let (mut all, mut others) = (0, 0);
        for group in groups {
            let names = names(&group["sources"]);
            let paid: Vec<i128> = names.iter().filter_map(|name| payments.get(name)).map(|ore| i128::from(*ore)).collect();
            assert_eq!(paid.iter().sum::<i128>(), ore(&group["rate"]["numerator"]));
            all += names.len();
            others += names.len() - paid.len();
        }
        assert_eq!(found["sources"]["totalCount"], json!(all));
        let populations = rows_where(&app, "population", "1 = 1").await;
        assert!(others > 200 && others <= populations.len(), "{others} populations");
        assert!(found["gap"]["highest"]["sources"]["totalCount"].as_u64().is_some_and(|count| count > 0));
    }

    async fn without_a_figure_all_rows_of_the_pairs_are_named_and_the_round(app: Example) {
        let selection = format!("fundUsage(assignment: \"{FUNDS}\", filter: {{ recipients: [\"0114\"], rounds: [\"KOM-2018\"] }}) {{ total {{
            sources {{ nodes {{ submission {{ kind sha256 fileName sentBy {{ code }} }} decision {{ registryNumber }} }} }} }} }}");
        let found = ask(&app, &Persona::public(), "", &selection).await;
        let nodes = found["fundUsage"]["total"]["sources"]["nodes"].as_array().expect("nodes").clone();
        let kinds: Vec<&str> = nodes.iter().filter_map(|node| node["submission"]["kind"].as_str()).collect();
        for kind in ["allocations", "payments", "populations", "recipients", "requisitions", "rounds", "usage_reports"] {
            assert!(kinds.contains(&kind), "{kind} among {kinds:?}");
        }
        for node in &nodes {
            assert_eq!(node["decision"]["registryNumber"], FUNDS, "{node}");
            assert_eq!(node["submission"]["sha256"].as_str().map(str::len), Some(64));
        }
        let selection = format!("allocationKey(assignment: \"{FUNDS}\", recipientKind: MUNICIPALITY, year: 2016) {{
            sources {{ citation {{ document }} }} rows {{ population sources {{ submission {{ kind }} }} }} }}");
        let found = ask(&app, &Persona::public(), "", &selection).await["allocationKey"].take();
        assert!(found["sources"][0]["citation"]["document"].is_string(), "{}", found["sources"]);
        let rows = found["rows"].as_array().expect("rows");
        let with_population = rows.iter().filter(|row| row["sources"].as_array().expect("sources").iter().any(|one| one["submission"]["kind"] == "populations"));
        assert_eq!((rows.len(), with_population.count()), (290, 290));
    }
}
