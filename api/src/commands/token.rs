//! `samsyn token`: a token for development and tests, signed with the local key, which is made where it is missing.

use anyhow::Context;
use chrono::TimeDelta;
use entity::OrganisationCode;

use super::{Outcome, print};
use crate::auth::{Authenticator, Key, Made};
use crate::clock::Clock;
use crate::config::{RoleOption, TokenOptions};
use crate::policy::{Role, Viewer};

pub(super) fn run(options: &TokenOptions) -> anyhow::Result<Outcome> {
    let viewer = viewer(options)?;
    let (key, made) = Key::read_or_make(&options.auth.key)?;
    if made == Made::New {
        // Beside the token, so that the token alone can go into a variable.
        eprintln!(
            "samsyn: made the key {}; a service that runs already must be started again to know it",
            options.auth.key.display()
        );
    }
    let authenticator = Authenticator::new(Some(key), &options.auth.issuer, &options.auth.audience);
    let lifetime = TimeDelta::hours(options.hours.into());
    let token = authenticator
        .token(&viewer, Clock::system().now(), lifetime)
        .with_context(|| format!("no token with {}", options.auth.key.display()))?;
    print(&format!("{token}\n"))?;
    Ok(Outcome::Done)
}

fn viewer(options: &TokenOptions) -> anyhow::Result<Viewer> {
    let organisation = options.organisation.as_deref().map(OrganisationCode::parse);
    let organisation = organisation.transpose().context("--organisation")?;
    let role = match options.role {
        RoleOption::Evaluator => Role::Evaluator,
        RoleOption::Coordinator => Role::Coordinator,
        RoleOption::Reporter => Role::Reporter,
    };
    let usual = || match &organisation {
        Some(organisation) => format!("{}@{organisation}", role.code()),
        None => role.code().to_owned(),
    };
    let subject = options.subject.clone().unwrap_or_else(usual);
    anyhow::ensure!(
        Viewer::is_name(&subject),
        "--subject is a name in plain text, of 200 characters at most"
    );
    Ok(Viewer {
        subject: subject.trim().to_owned(),
        role,
        organisation,
    })
}
