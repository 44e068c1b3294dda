// Holds what Samsyn makes of questions against graphql-js: whether they are valid, and what their variables are.
//   npm ci && node questions.mjs <the example questions of the tests> <schema.graphql> [<url of the GraphQL endpoint>]
// The questions are written from the schema with a fixed seed, spoiled, and listed by hand for each rule. With a server
// they are asked of it too, and the verdict alone is compared.
// Prints each difference, then one line with the sums; exits with 1 unless there is none.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  MaxIntrospectionDepthRule, buildSchema, getOperationAST, getVariableValues, parse, specifiedRules, validate, visit,
} from "graphql";
import { Dice } from "./questions/dice.mjs";
import { spoiled } from "./questions/spoiled.mjs";
import { written } from "./questions/written.mjs";
import { wrong } from "./questions/wrong.mjs";

const [program, schemaPath, url] = process.argv.slice(2);
if (!schemaPath) {
  console.error("usage: node questions.mjs <program> <schema.graphql> [<url>]");
  process.exit(2);
}
const WRITTEN = Number(process.env.SAMSYN_QUESTIONS ?? 1500);
const ASKED = 400;

const schema = buildSchema(readFileSync(schemaPath, "utf8"));
// How deep introspection may go is a limit, which Samsyn has of its own.
const rules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);

/** What graphql-js says. */
function judged({ document, variables, operationName }) {
  let tree;
  try {
    tree = parse(document);
  } catch (error) {
    return { valid: false, why: error.message };
  }
  const errors = validate(schema, tree, rules, { maxErrors: 1 });
  if (errors.length > 0) return { valid: false, why: errors[0].message };
  const operation = getOperationAST(tree, operationName);
  if (!operation || !schema.getRootType(operation.operation)) return { valid: false, why: "no such operation" };
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (values.errors) return { valid: false, why: values.errors[0].message };
  return { valid: true, variables: values.coerced, fails: hasNullCondition(tree, values.coerced) };
}

/** Whether a condition's variable is null, which is found out only where the question is executed. */
function hasNullCondition(tree, values) {
  let found = false;
  visit(tree, {
    Directive(node) {
      const said = node.arguments?.find((argument) => argument.name.value === "if")?.value;
      found ||= /^(skip|include)$/.test(node.name.value) && said?.kind === "Variable" && values[said.name.value] === null;
    },
  });
  return found;
}

/** The same JSON with its keys in one order. */
const sorted = (value) =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part);

const dice = new Dice(12);
const questions = [...wrong];
for (let count = 0; count < WRITTEN; count += 1) {
  const question = written(schema, dice);
  questions.push(question, spoiled(question, dice));
}

const lines = questions.map((question) => JSON.stringify(question)).join("\n");
const run = spawnSync(program, { input: lines, maxBuffer: 2 ** 30, encoding: "utf8" });
if (run.status !== 0) {
  console.error(`${program} failed: ${run.error ?? run.stderr}`);
  process.exit(2);
}
const answers = run.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
if (answers.length !== questions.length) {
  console.error(`${questions.length} questions, ${answers.length} answers`);
  process.exit(2);
}

/** Refusals that are about how much is asked, which graphql-js does not measure. */
const LIMITS = /^(DOCUMENT_TOO_LARGE|TOO_)/;
const tally = { valid: 0, invalid: 0, limited: 0, withVariables: 0, different: 0, asked: 0 };
const different = (question, said, expected) => {
  tally.different += 1;
  console.log(`DIFFERENT: ${JSON.stringify(question)}\n  Samsyn: ${said}\n  graphql-js: ${expected}`);
};
const expected = questions.map(judged);
questions.forEach((question, at) => {
  const [answer, should] = [answers[at], expected[at]];
  if (LIMITS.test(answer.code ?? "")) {
    tally.limited += 1;
    return;
  }
  tally[should.valid ? "valid" : "invalid"] += 1;
  if (should.fails) {
    if (answer.code !== "BAD_USER_INPUT") different(question, JSON.stringify(answer), "valid, and fails");
  } else if (answer.valid !== should.valid) {
    different(question, answer.valid ? "valid" : answer.message, should.valid ? "valid" : should.why);
  } else if (should.valid) {
    if (Object.keys(should.variables).length > 0) tally.withVariables += 1;
    const [ours, theirs] = [sorted(answer.variables), sorted(should.variables)];
    if (ours !== theirs) different(question, ours, theirs);
  }
});

if (url) {
  const REFUSED = /^(GRAPHQL_|OPERATION_RESOLUTION_FAILURE|SUBSCRIPTION_NOT_SUPPORTED)/;
  const isQuery = ({ document }) => !/\bmutation\b/.test(document);
  const some = questions.map((question, at) => [question, expected[at]]).filter(([question]) => isQuery(question));
  for (const [question, should] of some.slice(0, ASKED)) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query: question.document, variables: question.variables, operationName: question.operationName }),
    });
    const answer = await response.json();
    const code = answer.errors?.[0]?.extensions?.code ?? "";
    if (LIMITS.test(code)) continue;
    tally.asked += 1;
    const valid = !REFUSED.test(code);
    if (valid !== should.valid) different(question, `asked: ${code || "valid"}`, should.valid ? "valid" : should.why);
  }
}

const { valid, invalid, limited, withVariables, asked } = tally;
console.log(
  `${valid + invalid} questions: ${valid} valid (${withVariables} with variables), ${invalid} invalid, ` +
    `${limited} beyond a limit and left aside; ${asked} asked of the server; ${tally.different} different from graphql-js`,
);
const isEnough = valid > 500 && invalid > 500 && withVariables > 300 && (!url || asked > 300);
if (!isEnough) console.log("That is too few to say anything.");
process.exit(tally.different === 0 && isEnough ? 0 : 1);
