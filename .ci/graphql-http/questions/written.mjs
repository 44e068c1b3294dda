// Writes questions that a schema takes, from its introspection alone: it shares nothing with the server.

import {
  getNamedType, getNullableType, isCompositeType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  isRequiredArgument, isRequiredInputField, GraphQLNonNull,
} from "graphql";

const MOST_DEPTH = 4;

/** A question: its text, and the variables that are sent with it. */
export function written(schema, dice) {
  return new Writer(schema, dice).question();
}

class Writer {
  constructor(schema, dice) {
    this.schema = schema;
    this.dice = dice;
    this.variables = [];
    this.sent = {};
    this.fragments = [];
    this.keys = 0;
  }

  question() {
    const { dice, schema } = this;
    const isQuery = dice.often(0.9);
    const root = isQuery ? schema.getQueryType() : schema.getMutationType();
    const set = this.set(root, 0);
    const name = dice.often(0.7) ? "Q" : "";
    const declared = this.variables.length > 0 ? `(${this.variables.join(dice.of([", ", " ", ",\n"]))})` : "";
    const kind = isQuery && !name && !declared && dice.often(0.8) ? "" : `${isQuery ? "query" : "mutation"} ${name}${declared}`;
    const parts = [`${kind} ${set}`, ...this.fragments];
    if (dice.often(0.3)) parts.reverse();
    return { document: parts.join("\n"), variables: this.sent };
  }

  set(type, depth) {
    const { dice } = this;
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < MOST_DEPTH || isLeafType(getNamedType(field.type)),
    );
    const selections = [];
    if (fields.length === 0 || dice.often(0.2)) selections.push("__typename");
    for (let left = 1 + dice.below(3); left > 0 && fields.length > 0; left -= 1) {
      selections.push(this.around(type, this.field(dice.of(fields), depth)));
    }
    return `{ ${selections.join(" ")} }`;
  }

  /** Some selections are in fragments of their own. */
  around(type, selection) {
    const { dice } = this;
    const on = dice.often(0.7) ? ` on ${type.name}` : "";
    switch (dice.below(12)) {
      case 0:
        return `...${on}${this.condition()} { ${selection} }`;
      case 1: {
        const name = `F${this.fragments.length}`;
        const at = this.fragments.push("") - 1;
        this.fragments[at] = `fragment ${name} on ${type.name} { ${selection} }`;
        const spread = `...${name}${this.condition()}`;
        return dice.often(0.2) ? `${spread} ${spread}` : spread;
      }
      default:
        return selection;
    }
  }

  condition() {
    const { dice } = this;
    if (dice.often(0.7)) return "";
    const directive = dice.of(["skip", "include"]);
    if (dice.often(0.6)) return ` @${directive}(if: ${dice.of(["true", "false"])})`;
    const boolean = new GraphQLNonNull(this.schema.getType("Boolean"));
    return ` @${directive}(if: ${this.variable(boolean, false, true)})`;
  }

  field(field, depth) {
    const { dice } = this;
    this.keys += 1;
    const alias = dice.often(0.8) ? `k${this.keys}: ` : "";
    const passed = field.args
      .filter((one) => isRequiredArgument(one) || dice.often(0.4))
      .map((one) => `${one.name}: ${this.value(one.type, one.defaultValue !== undefined, 0)}`);
    const args = passed.length > 0 ? `(${passed.join(", ")})` : "";
    const of = getNamedType(field.type);
    const below = isCompositeType(of) ? ` ${this.set(of, depth + 1)}` : "";
    return `${alias}${field.name}${args}${this.condition()}${below}`;
  }

  /** A literal, or a variable that holds one. */
  value(type, hasDefault, depth) {
    return this.dice.often(0.35) ? this.variable(type, hasDefault, false) : this.literal(type, depth, true);
  }

  variable(type, hasDefault, isCondition) {
    const { dice } = this;
    const name = `v${this.variables.length}`;
    const nullable = getNullableType(type);
    // A place that asks for something takes a variable that may be without, where one of the two has a default.
    const withDefault = dice.often(0.3);
    const mayBeOpen = !isNonNullType(type) || withDefault || hasDefault;
    const declared = mayBeOpen && dice.often(0.7) ? nullable : new GraphQLNonNull(nullable);
    const text = withDefault ? ` = ${this.literal(new GraphQLNonNull(nullable), 0, false)}` : "";
    this.variables.push(`$${name}: ${declared}${text}`);
    const isNeeded = isNonNullType(declared) && !withDefault;
    if (isNeeded || dice.often(0.6)) {
      const mayBeNull = !isNonNullType(declared) && !isCondition;
      this.sent[name] = mayBeNull && dice.often(0.1) ? null : this.json(new GraphQLNonNull(nullable), 0);
    }
    return `$${name}`;
  }

  literal(type, depth, withVariables) {
    const { dice } = this;
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && dice.often(0.1)) return "null";
    if (isListType(nullable)) {
      const item = nullable.ofType;
      if (dice.often(0.2)) return this.literal(new GraphQLNonNull(getNullableType(item)), depth + 1, withVariables);
      const items = Array.from({ length: dice.below(3) }, () =>
        withVariables && dice.often(0.15) ? this.variable(item, false, false) : this.literal(item, depth + 1, withVariables));
      return `[${items.join(", ")}]`;
    }
    if (isEnumType(nullable)) return dice.of(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const said = this.said(nullable, depth).map((field) => {
        const needed = nullable.isOneOf ? new GraphQLNonNull(getNullableType(field.type)) : field.type;
        const place = withVariables && dice.often(0.15)
          ? this.variable(needed, !nullable.isOneOf && field.defaultValue !== undefined, false)
          : this.literal(needed, depth + 1, withVariables);
        return `${field.name}: ${place}`;
      });
      return `{ ${said.join(", ")} }`;
    }
    return scalarLiteral(nullable.name, dice);
  }

  json(type, depth) {
    const { dice } = this;
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && dice.often(0.1)) return null;
    if (isListType(nullable)) {
      const item = nullable.ofType;
      if (dice.often(0.2)) return this.json(new GraphQLNonNull(getNullableType(item)), depth + 1);
      return Array.from({ length: dice.below(3) }, () => this.json(item, depth + 1));
    }
    if (isEnumType(nullable)) return dice.of(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const said = this.said(nullable, depth).map((field) => {
        const needed = nullable.isOneOf ? new GraphQLNonNull(getNullableType(field.type)) : field.type;
        return [field.name, this.json(needed, depth + 1)];
      });
      return Object.fromEntries(said);
    }
    return scalarJson(nullable.name, dice);
  }

  /** The fields of an input object that are said. */
  said(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) return [this.dice.of(fields)];
    return fields.filter((field) => isRequiredInputField(field) || (depth < 3 && this.dice.often(0.4)));
  }
}

const TEXTS = ['"0180"', '"S2016/00633/FST"', '"åäö"', '"\\u00e5 \\"x\\" \\\\ \\n"', '""', '"""block\n  \\""" of # text"""'];

function scalarLiteral(name, dice) {
  switch (name) {
    case "Int":
      return dice.of(["0", "1", "-7", "2016", "2147483647", "-2147483648"]);
    case "Float":
      return dice.of(["0", "1.5", "-2e3", "7"]);
    case "Boolean":
      return dice.of(["true", "false"]);
    case "ID":
      return dice.of(['"a"', "7", '""']);
    case "String":
      return dice.of(TEXTS);
    default:
      // A scalar of the schema's own: any literal is valid, whatever the resolver says.
      return dice.of([...TEXTS, "1", "2.5", "true", "WORD", "[1, \"a\"]", "{ a: 1, b: [null] }"]);
  }
}

function scalarJson(name, dice) {
  switch (name) {
    case "Int":
      return dice.of([0, 1, -7, 2016, 2147483647, 3.0]);
    case "Float":
      return dice.of([0, 1.5, -2000, 9007199254740993]);
    case "Boolean":
      return dice.of([true, false]);
    case "ID":
      return dice.of(["a", 7, ""]);
    case "String":
      return dice.of(["0180", "åäö \u{1F600}", "", "x\ny"]);
    default:
      return dice.of(["0180", 1, 2.5, true, [1, "a"], { a: { b: null } }]);
  }
}
