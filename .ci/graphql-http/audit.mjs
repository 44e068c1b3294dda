// Runs the server audits of GraphQL over HTTP (npm "graphql-http") against a running server:
//   npm ci && node audit.mjs http://127.0.0.1:8080/graphql
// Prints each audit that fails, then one line with the sum; exits with 1 unless all passed.

import { auditServer } from "graphql-http";

const url = process.argv[2];
if (!url) {
  console.error("usage: node audit.mjs <url of the GraphQL endpoint>");
  process.exit(2);
}

let results;
try {
  results = await auditServer({ url });
} catch (error) {
  console.error(`The audits could not be run against ${url}: ${error.cause?.message ?? error.message}`);
  process.exit(2);
}

const failed = results.filter((result) => result.status !== "ok");
for (const { status, id, name, reason, response } of failed) {
  const body = await response.text().catch(() => "");
  console.log(`${status} ${id} ${name}`);
  console.log(`  ${reason}`);
  console.log(`  HTTP ${response.status} ${response.headers.get("content-type") ?? "without content-type"} ${body.slice(0, 300)}`);
}
console.log(`${results.length - failed.length} of ${results.length} audits passed`);
process.exit(failed.length === 0 && results.length > 0 ? 0 : 1);
