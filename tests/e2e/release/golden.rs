//! A release that was sealed once, and is read by every program that comes after: its sums, its signature, its figures.

use std::path::Path;

use samsyn::commands::Outcome;

use super::run;

/// Sealed by the first program that could, signed with a key that was thrown away.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/release/golden");

#[tokio::test(flavor = "multi_thread")]
async fn a_release_of_the_first_form_is_verified_and_reproduced() {
    let folder = Path::new(GOLDEN);
    let (release, key) = (folder.join("release"), folder.join("key.pub.pem"));
    for command in ["verify", "reproduce"] {
        let (release, key) = (release.to_string_lossy(), key.to_string_lossy());
        let done = run(&[command, &release, "--key", &key]).await;
        assert_eq!(done.expect("it can be read"), Outcome::Done, "{command}");
    }
}
