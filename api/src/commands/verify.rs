//! `samsyn verify`: whether a sealed release in a folder is what was sealed.

use super::{Outcome, print, release};
use crate::config::ReleaseOptions;

pub(super) fn run(options: &ReleaseOptions) -> anyhow::Result<Outcome> {
    let (_, manifest, signer) = match release::read(&options.folder, options.key.as_deref()) {
        Ok(read) => read,
        Err(error) if release::is_fault(&error) => {
            print(&format!("{error:#}\n"))?;
            return Ok(Outcome::Refused);
        }
        Err(error) => return Err(error),
    };
    let rows: u64 = manifest.files.iter().map(|one| one.rows).sum();
    print(&format!(
        "{}: {} files, {rows} rows and figures, version {} of the dataset as of {}\n{}\n",
        manifest.name,
        manifest.files.len(),
        manifest.dataset.version,
        manifest.dataset.as_of.to_rfc3339(),
        release::said(&signer),
    ))?;
    Ok(Outcome::Done)
}
