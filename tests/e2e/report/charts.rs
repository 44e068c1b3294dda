//! Charts of a report: each drawn from a table, whose numbers it says in words too.

use std::collections::BTreeMap;

use super::SUPPORT;
use super::documents::{run_of, written};
use crate::harness::on_both_engines;

/// The texts of the elements of a name.
fn texts(svg: &[u8], name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(svg);
    reader.config_mut().check_end_names = true;
    let (mut found, mut is_within) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(start) if start.name().0 == name => {
                is_within = true;
                found.push(String::new());
            }
            Event::End(_) => is_within = false,
            Event::Text(text) if is_within => {
                found.last_mut().expect("an element").push_str(&text);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The rows of the table with a heading, as Markdown has them.
fn rows<'a>(markdown: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let from = markdown
        .find(heading)
        .unwrap_or_else(|| panic!("no table {heading}"));
    let lines = markdown[from..]
        .lines()
        .skip_while(|line| !line.starts_with('|'));
    let lines = lines.take_while(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

on_both_engines! {
    async fn charts_say_the_numbers_of_their_tables(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(run_of(&app, SUPPORT, folder.path(), &["--format", "md"]));
        let files = written(folder.path());
        let (_, markdown) = files.iter().find(|(name, _)| name.ends_with(".md")).expect("Markdown");
        let markdown = String::from_utf8(markdown.clone()).expect("UTF-8");
        let charts: BTreeMap<&str, &[u8]> = files.iter().filter_map(|(name, bytes)| {
            let name = name.strip_suffix(".svg")?.rsplit('.').next()?;
            Some((name, bytes.as_slice()))
        }).collect();
        for name in ["coverage_map", "coverage_matrix", "indicator_slope"] {
            assert!(charts.contains_key(name), "{name} of {:?}", charts.keys());
        }
        assert!(charts.keys().any(|name| name.starts_with("plan_timeline")), "{:?}", charts.keys());
        for (name, svg) in &charts {
            assert_eq!((texts(svg, "title").len(), texts(svg, "desc").len()), (1, 1), "{name}");
            assert!(markdown.contains(&format!(".{name}.svg)")), "{name} is not shown");
        }
        let said = |name: &str| texts(charts[name], "desc").remove(0);
        let map = said("coverage_map");
        let by_county = rows(&markdown, "Kommunernas täckning per län**");
        assert_eq!(by_county.len(), 21);
        for row in &by_county {
            // Stockholms län is called Stockholm on a tile; the value is the same.
            assert!(map.contains(&format!(": {}", row[1])), "{row:?}: {map}");
        }
        let matrix = said("coverage_matrix");
        let pairs = rows(&markdown, "Kommunernas täckning per län och huvudaktivitet");
        for row in &pairs {
            let values = row[1..row.len() - 1].join(", ");
            assert!(matrix.contains(&format!("{}: {values}", row[0])), "{row:?}: {matrix}");
        }
        let drawn = texts(charts["coverage_matrix"], "text");
        let (first, last) = (pairs[0][1], pairs[20][pairs[20].len() - 2]);
        assert!(drawn.iter().any(|one| one == first) && drawn.iter().any(|one| one == last), "{drawn:?}");
        let slope = said("indicator_slope");
        for row in rows(&markdown, "Förflyttning mellan periodens första och sista år") {
            assert!(slope.contains(&format!("{} → {}", row[4], row[5])), "{row:?}: {slope}");
        }
        let activities = rows(&markdown, "Delaktiviteterna, planerade och genomförda");
        let names = charts.keys().filter(|name| name.starts_with("plan_timeline"));
        let timeline: Vec<String> = names.map(|name| said(name)).collect();
        let timeline = timeline.join("; ");
        assert!(activities.len() > 10);
        for row in &activities {
            assert!(timeline.contains(&format!("{}. ", row[0])) && timeline.contains(&format!("{}: {}", row[3], row[5])), "{row:?}: {timeline}");
        }
    }
}
