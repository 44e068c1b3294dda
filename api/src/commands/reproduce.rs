//! `samsyn reproduce`: every figure of a sealed report computed again from the sealed facts alone.

use super::{Outcome, print, release};
use crate::config::ReleaseOptions;
use crate::releases::Opened;

pub(super) async fn run(options: ReleaseOptions) -> anyhow::Result<Outcome> {
    let (package, manifest, signer) = match release::read(&options.folder, options.key.as_deref()) {
        Ok(read) => read,
        Err(error) if release::is_fault(&error) => {
            print(&format!("{error:#}\n"))?;
            return Ok(Outcome::Refused);
        }
        Err(error) => return Err(error),
    };
    let opened = Opened::of(&package, manifest).await?;
    let differing = opened.reproduce().await?;
    for one in &differing {
        print(&format!("{one}\n"))?;
    }
    let (count, name) = (opened.figures.figures.len(), &opened.manifest.name);
    let definitions = &opened.manifest.definitions_version;
    if definitions != analytics::DEFINITIONS_VERSION {
        print(&format!(
            "sealed by version {definitions} of the definitions, computed by {}\n",
            analytics::DEFINITIONS_VERSION
        ))?;
    }
    print(&format!("{}\n", release::said(&signer)))?;
    if differing.is_empty() {
        print(&format!(
            "{name}: all {count} figures are as they were sealed\n"
        ))?;
        return Ok(Outcome::Done);
    }
    print(&format!(
        "{name}: {} of {count} figures differ\n",
        differing.len()
    ))?;
    Ok(Outcome::Refused)
}
