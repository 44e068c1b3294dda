//! A world: an association in a county and counts of an indicator, received open; read, sealed, and protected afterwards.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{Kind, Nature};
use samsyn::clock::Clock;

use crate::harness::{Sent, TestApp};
use crate::intake::files::SUPPORT;
use crate::release::sealed;
use crate::time::asked::present;

/// An association of the example whose location is open there.
pub(super) const ASSOCIATION: &str = "8999967212";

/// An indicator that is said not to count persons at first.
pub(super) const INDICATOR: &str = "senare_personer";

/// The counties of the two worlds.
pub(super) const COUNTIES: [&str; 2] = ["12", "14"];

/// Municipalities that have counts.
pub(super) const AREAS: [&str; 6] = ["0114", "0115", "0180", "1280", "1480", "2480"];

/// What is known of a world: the same texts in both.
pub(super) struct World {
    number: usize,
    tick: Arc<AtomicI64>,
    /// The instant before anything was protected.
    pub(super) then: String,
    /// The release that was sealed then.
    pub(super) sealed: String,
    /// The instant and the release after it was protected.
    pub(super) later: Option<(String, String)>,
}

/// The instant at which both worlds begin. Tokens are of now, and the clocks of the worlds stand a little later.
fn begin() -> DateTime<Utc> {
    static BEGIN: OnceLock<DateTime<Utc>> = OnceLock::new();
    *BEGIN.get_or_init(|| Clock::system().now() + TimeDelta::minutes(20))
}

/// A clock that moves when it is told to, so that both worlds say the same instants.
fn clock(tick: &Arc<AtomicI64>) -> Clock {
    let (tick, begin) = (Arc::clone(tick), begin());
    Clock::from_fn(move || begin + TimeDelta::seconds(tick.load(Ordering::Relaxed)))
}

pub(super) async fn accept(app: &TestApp, sent: Sent) {
    let report = app.send(&sent.nature(Nature::Synthetic)).await;
    assert_eq!(report.verdict.code(), "ACCEPTED", "{:?}", report.findings);
}

/// The association in a county, its location protected or not.
pub(super) fn association(county: &str, protected: &str) -> Sent {
    let text = format!(
        "kod;typ;namn;länskod;organisationsnummer;skyddad_plats\n\
         {ASSOCIATION};NGO;Exempelföreningen 01;{county};{ASSOCIATION};{protected}\n"
    );
    Sent::csv(Kind::Recipients, &text)
}

fn definition(concerns_persons: &str) -> Sent {
    let text = format!(
        "indikator;definition_version;name_sv;enhet;riktning;avser_personer;valid_from_year\n\
         {INDICATOR};1;Senare personer;COUNT;LOWER_IS_BETTER;{concerns_persons};2019\n"
    );
    Sent::csv(Kind::IndicatorDefinitions, &text).assignment(SUPPORT)
}

/// Counts that differ between the worlds, and so do their changes.
fn values(number: usize) -> Sent {
    let mut text = "indicator;definition_version;area_code;year;sex;value\n".to_owned();
    for (place, area) in AREAS.iter().enumerate() {
        for (years, year) in [2020, 2021, 2022].into_iter().enumerate() {
            let value = 40 + 7 * place + years * (1 + (place + number) % 3) + 11 * number;
            text.push_str(&format!("{INDICATOR};1;{area};{year};T;{value}\n"));
        }
    }
    Sent::csv(Kind::IndicatorValues, &text).assignment(SUPPORT)
}

impl World {
    /// The world of a number, open and sealed.
    pub(super) async fn made(app: TestApp, number: usize) -> (TestApp, Self) {
        let tick = Arc::new(AtomicI64::new(0));
        let app = app.with_clock(clock(&tick));
        let mut world = Self {
            number,
            tick,
            then: String::new(),
            sealed: String::new(),
            later: None,
        };
        accept(&app, association(COUNTIES[number], "nej")).await;
        world.goes_on();
        accept(&app, definition("nej")).await;
        world.goes_on();
        accept(&app, values(number)).await;
        world.then = present(&app).await;
        world.goes_on();
        world.sealed = sealed(&app).await;
        world.goes_on();
        (app, world)
    }

    fn goes_on(&self) {
        self.tick.fetch_add(60, Ordering::Relaxed);
    }
}

/// Protects the association, says that the indicator counts persons, and seals again.
pub(super) async fn protect(app: &TestApp, mut world: World) -> World {
    accept(app, association(COUNTIES[world.number], "ja")).await;
    world.goes_on();
    accept(app, definition("ja")).await;
    let now = present(app).await;
    world.goes_on();
    world.later = Some((now, sealed(app).await));
    world.goes_on();
    world
}
