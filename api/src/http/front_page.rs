//! What somebody sees who opens the address in a browser: what this is, and how to ask it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Html;

/// Where the page below says that the service is.
const USUAL: &str = "http://127.0.0.1:8080";

/// The page, with the address that the service was told is its own: what a request says of its host is anybody's. It holds
/// no script and no style: the content policy allows neither.
pub(super) async fn show(State(public_url): State<Arc<str>>) -> Html<String> {
    let safe = |one: char| one.is_ascii_alphanumeric() || ".:-_~%/[]".contains(one);
    let address = if public_url.chars().all(safe) {
        &*public_url
    } else {
        USUAL
    };
    Html(PAGE.replace(USUAL, address))
}

const PAGE: &str = r#"<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><title>Samsyn</title></head>
<body>
<h1>Samsyn</h1>
<p>En gemensam bild av gemensamma regeringsuppdrag: medel, insatser och täckning, exakt och spårbart.</p>
<p lang="en">A shared view of joint government assignments: money, activities and coverage, exact and traceable.</p>
<h2>Fråga / Ask</h2>
<p>Frågor ställs med GraphQL till <code>/graphql</code>, från en GraphQL-klient eller så här:<br>
<span lang="en">Questions are asked in GraphQL at <code>/graphql</code>, from a GraphQL client or like this:</span></p>
<pre>curl http://127.0.0.1:8080/graphql -H 'Content-Type: application/json' -d '{"query":
  "{ fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR, RECIPIENT_KIND]) {
     rows { key { parts { label } } paidAmount usedAmount usageRate { value numerator denominator } } } }"}'</pre>
<p><a href="/schema.graphql">Schemat beskriver varje fält / The schema describes every field</a></p>
</body>
</html>
"#;
