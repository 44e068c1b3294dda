// Spoils questions: one change of the tree, or of the text, that may or may not make them wrong.

import { Kind, Lexer, Source, TokenKind, parse, print, visit } from "graphql";

/** The question with one thing changed; its text may be no GraphQL at all. */
export function spoiled({ document, variables }, dice) {
  if (dice.often(0.15)) return { document: cut(document, dice), variables };
  if (dice.often(0.2)) return { document, variables: otherVariables(variables, dice) };
  const tree = structuredClone(JSON.parse(JSON.stringify(parse(document, { noLocation: true }))));
  const change = dice.of(CHANGES);
  change(tree, dice);
  return { document: print(tree), variables };
}

/** All nodes of some kinds. */
function nodes(tree, ...kinds) {
  const found = [];
  visit(tree, { enter: (node) => void (kinds.includes(node.kind) && found.push(node)) });
  return found;
}

const name = (value) => ({ kind: Kind.NAME, value });
const variable = (value) => ({ kind: Kind.VARIABLE, name: name(value) });
const named = (value) => ({ kind: Kind.NAMED_TYPE, name: name(value) });
const VALUES = [
  { kind: Kind.INT, value: "1" },
  { kind: Kind.INT, value: "2147483648" },
  { kind: Kind.INT, value: "99999999999999999999999" },
  { kind: Kind.FLOAT, value: "1.5" },
  { kind: Kind.STRING, value: "COUNTY" },
  { kind: Kind.BOOLEAN, value: true },
  { kind: Kind.NULL },
  { kind: Kind.ENUM, value: "COUNTY" },
  { kind: Kind.LIST, values: [] },
  { kind: Kind.LIST, values: [{ kind: Kind.LIST, values: [{ kind: Kind.NULL }] }] },
  { kind: Kind.OBJECT, fields: [] },
  { kind: Kind.OBJECT, fields: [{ kind: Kind.OBJECT_FIELD, name: name("nothing"), value: { kind: Kind.INT, value: "1" } }] },
];
const WRONG_NAMES = ["nothing", "__typename", "name", "code", "rows", "fundUsage"];
const TYPES = ["Int", "String", "Boolean", "ID", "Query", "FundUsage", "FundDimension", "Nothing", "JSON", "Date"];

/** Something of one kind, changed; nothing where there is none of it. */
const change = (kinds, how) => (tree, dice) => {
  const found = nodes(tree, ...kinds);
  if (found.length > 0) how(dice.of(found), dice, tree);
};

const list = (node, key) => (node[key] ??= []);
const twice = (node, key, dice) => {
  const all = list(node, key);
  if (all.length > 0) all.push(structuredClone(dice.of(all)));
};
const without = (node, key, dice) => {
  const all = list(node, key);
  if (all.length > 0) all.splice(dice.below(all.length), 1);
};

const CHANGES = [
  change([Kind.FIELD], (node, dice) => { node.name = name(dice.of(WRONG_NAMES)); }),
  change([Kind.FIELD], (node, dice) => { node.alias = name(dice.of(["k1", "k2", "k3"])); }),
  change([Kind.FIELD], (node, dice) => twice(node, "arguments", dice)),
  change([Kind.FIELD], (node, dice) => without(node, "arguments", dice)),
  change([Kind.FIELD], (node, dice) => {
    list(node, "arguments").push({ kind: Kind.ARGUMENT, name: name(dice.of(["nothing", "first"])), value: dice.of(VALUES) });
  }),
  change([Kind.FIELD], (node) => { delete node.selectionSet; }),
  change([Kind.FIELD], (node) => {
    node.selectionSet = { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: name("__typename") }] };
  }),
  change([Kind.ARGUMENT, Kind.OBJECT_FIELD], (node, dice) => { node.value = structuredClone(dice.of(VALUES)); }),
  change([Kind.ARGUMENT, Kind.OBJECT_FIELD], (node, dice) => { node.value = structuredClone(dice.of(VALUES)); }),
  change([Kind.ARGUMENT, Kind.OBJECT_FIELD], (node, dice) => { node.value = variable(dice.of(["v0", "v1", "v2", "nothing"])); }),
  change([Kind.ARGUMENT, Kind.OBJECT_FIELD], (node) => { node.value = { kind: Kind.LIST, values: [node.value, node.value] }; }),
  change([Kind.OBJECT], (node, dice) => twice(node, "fields", dice)),
  change([Kind.OBJECT], (node, dice) => without(node, "fields", dice)),
  change([Kind.OBJECT], (node, dice) => {
    list(node, "fields").push({ kind: Kind.OBJECT_FIELD, name: name(dice.of(["nothing", "release", "graphql"])), value: dice.of(VALUES) });
  }),
  change([Kind.LIST], (node, dice) => { node.values = [...node.values, dice.of([...VALUES, variable("v0"), variable("nothing")])]; }),
  change([Kind.OPERATION_DEFINITION], (node, dice) => twice(node, "variableDefinitions", dice)),
  change([Kind.OPERATION_DEFINITION], (node, dice) => without(node, "variableDefinitions", dice)),
  change([Kind.OPERATION_DEFINITION], (node, dice) => {
    list(node, "variableDefinitions").push({ kind: Kind.VARIABLE_DEFINITION, variable: variable("unused"), type: named(dice.of(TYPES)) });
  }),
  change([Kind.OPERATION_DEFINITION], (node, dice, tree) => { tree.definitions.push(structuredClone(node)); }),
  change([Kind.OPERATION_DEFINITION], (node, dice, tree) => {
    tree.definitions.push({ ...structuredClone(node), name: name("Other"), variableDefinitions: [] });
  }),
  change([Kind.VARIABLE_DEFINITION], (node, dice) => { node.type = named(dice.of(TYPES)); }),
  change([Kind.VARIABLE_DEFINITION], (node) => {
    node.type = node.type.kind === Kind.NON_NULL_TYPE ? node.type.type : { kind: Kind.NON_NULL_TYPE, type: node.type };
  }),
  change([Kind.VARIABLE_DEFINITION], (node) => { node.type = { kind: Kind.LIST_TYPE, type: node.type }; }),
  change([Kind.VARIABLE_DEFINITION], (node) => { delete node.defaultValue; }),
  change([Kind.VARIABLE_DEFINITION], (node, dice) => { node.defaultValue = structuredClone(dice.of(VALUES)); }),
  change([Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD], (node, dice) => {
    const value = dice.of([...VALUES, variable("v0")]);
    const directive = dice.of(["skip", "include", "nothing", "deprecated", "oneOf"]);
    const args = dice.often(0.8) ? [{ kind: Kind.ARGUMENT, name: name(dice.of(["if", "if", "unless"])), value }] : [];
    list(node, "directives").push({ kind: Kind.DIRECTIVE, name: name(directive), arguments: args });
  }),
  change([Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD], (node, dice) => twice(node, "directives", dice)),
  change([Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION], (node) => {
    list(node, "directives").push({ kind: Kind.DIRECTIVE, name: name("include"), arguments: [{ kind: Kind.ARGUMENT, name: name("if"), value: { kind: Kind.BOOLEAN, value: true } }] });
  }),
  change([Kind.FRAGMENT_DEFINITION], (node, dice) => { node.typeCondition = named(dice.of(TYPES)); }),
  change([Kind.FRAGMENT_DEFINITION], (node, dice, tree) => { tree.definitions.push(structuredClone(node)); }),
  change([Kind.FRAGMENT_DEFINITION], (node, dice, tree) => { tree.definitions.splice(tree.definitions.indexOf(node), 1); }),
  change([Kind.FRAGMENT_DEFINITION], (node) => { node.name = name("Unspread"); }),
  change([Kind.FRAGMENT_DEFINITION], (node) => {
    node.selectionSet.selections.push({ kind: Kind.FRAGMENT_SPREAD, name: node.name });
  }),
  change([Kind.INLINE_FRAGMENT], (node, dice) => { node.typeCondition = named(dice.of(TYPES)); }),
  change([Kind.FRAGMENT_SPREAD], (node, dice) => { node.name = name(dice.of(["F0", "F1", "nothing"])); }),
  change([Kind.SELECTION_SET], (node, dice) => {
    const field = node.selections.find((one) => one.kind === Kind.FIELD);
    if (field) node.selections.push({ ...structuredClone(field), arguments: dice.often(0.5) ? [] : field.arguments, selectionSet: field.selectionSet });
  }),
  change([Kind.SELECTION_SET], (node) => {
    const [first, second] = node.selections.filter((one) => one.kind === Kind.FIELD);
    if (first && second) second.alias = first.alias ?? first.name;
  }),
];

/** The text with one token taken out, said twice, or put where another stood. */
function cut(document, dice) {
  const lexer = new Lexer(new Source(document));
  const tokens = [];
  while (lexer.advance().kind !== TokenKind.EOF) tokens.push(lexer.token);
  const token = dice.of(tokens);
  const other = dice.of(tokens);
  const text = (one) => document.slice(one.start, one.end);
  const instead = dice.of(["", `${text(token)} ${text(token)}`, text(other), "\u{FEFF}", "&", "01", "1.", '"\\x"', '"\\u{61}"', '"\\uD83D\\uDE00"', '"\\uD83D"', ".", "..", "$", "{}", "()", "extend type Query { a: Int }"]);
  return document.slice(0, token.start) + instead + document.slice(token.end);
}

const OTHERS = [null, 1, 1.5, "text", "COUNTY", true, [], [null], [["a"]], {}, { nothing: 1 }, 2147483648, 1e20, "1"];

function otherVariables(variables, dice) {
  const names = Object.keys(variables);
  if (names.length === 0) return { undeclared: 1 };
  const changed = { ...variables };
  const which = dice.of(names);
  if (dice.often(0.3)) delete changed[which];
  else changed[which] = dice.of(OTHERS);
  return changed;
}
