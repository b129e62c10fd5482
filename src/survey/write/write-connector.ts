import type { Expression } from "../../kit/expressions/expression.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { Proposal } from "../propose/proposal.ts";
import { Call, type Code, writeCode } from "./write-code.ts";

/** Returns the formatted source of a connector file. `remarks`: lines of its docstring, in English. */
export function writeConnector(proposal: Pick<Proposal, "factory" | "argument" | "base">, remarks: readonly string[]): string {
  const argument = { ...(proposal.base && { "...": factoryCall(proposal.base) }), ...memberCode(proposal.argument) };
  const written = new Call(proposal.factory, [argument]);
  const head = "export const connector = ";
  const names = [...new Set(namesIn(written))].sort();
  return `${importOf(names)}\n\n${docstring(remarks)}\n${head}${writeCode(written, 0, head.length, 1)};\n`;
}

function factoryCall({ factory, argument }: NonNullable<Proposal["base"]>): Call {
  return new Call(factory, [memberCode(argument)]);
}

function memberCode(argument: Readonly<Record<string, unknown>>): Readonly<Record<string, Code>> {
  const members = inOrder(argument).map(([key, value]): [string, Code] => [
    key,
    key === "fields" ? fieldCode(value as object) : (value as Code),
  ]);
  return Object.fromEntries(
    members.filter(([key, value]) => value !== undefined && !(key === "ignored" && (value as readonly Code[]).length === 0)),
  );
}

function fieldCode(fields: object): Code {
  return Object.fromEntries(Object.entries(fields).map(([field, rule]) => [field, ruleCode(rule as Rule)]));
}

const order = (
  "id title publisher state because language timeZone importIdPrefix schedule rhythm shape servedBy format recordPath domain dataset version " +
  "software list feed decode pages details keepWhen outOfScope ignored placeholders noise fields tellApartBy policy emptyMeansEmpty contacts absence otherSources guards budget expect"
).split(" ");

function inOrder(argument: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(argument).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

function namesIn(code: Code): string[] {
  if (typeof code !== "object" || code === null) return [];
  if (code instanceof Call) return [code.call, ...code.args.flatMap(namesIn)];
  return (Array.isArray(code) ? code : Object.values(code)).flatMap((member) => (member === undefined ? [] : namesIn(member as Code)));
}

function importOf(names: readonly string[]): string {
  const from = ' } from "moisson/connector-kit";';
  const flat = `import { ${names.join(", ")}${from}`;
  return flat.length <= 140 ? flat : `import {\n${names.map((name) => `  ${name},\n`).join("")}}${from.slice(2)}`;
}

/** Returns the docstring. Escapes ends of comments, which texts of a feed may contain. */
function docstring(remarks: readonly string[]): string {
  const lines = remarks.map((line) => line.replaceAll("*/", "* /").replace(/[\r\n\u2028\u2029]+/g, " "));
  return ["/**", ...lines.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"].join("\n");
}

/** Members of rules and expressions that are arguments of their own, in order. The others are options, the last argument. */
const ownArguments: Readonly<Record<string, readonly string[]>> = {
  date: ["formats"],
  time: ["formats"],
  terms: ["vocabulary"],
  namedTerms: ["vocabulary"],
  split: ["separator"],
  placeNames: ["scale"],
  capture: ["pattern"],
};

/** Converts a rule to a call: `date("date_fin", ["iso"])`. Conditions remain data. */
function ruleCode(rule: Rule): Code {
  switch (rule.kind) {
    case "constant":
      return rule.stated === undefined
        ? call("constant", rule.value as Code)
        : call("constant", rule.value as Code, rule.stated as unknown as Code);
    case "choose": {
      const cases = rule.cases.map(({ when, use }) => ({ when: when as unknown as Code, use: ruleCode(use) }));
      return rule.otherwise === undefined ? call("choose", cases) : call("choose", cases, ruleCode(rule.otherwise));
    }
    case "computed":
      throw new Error("a survey proposes no code");
    default:
      return callOf(rule);
  }
}

/** Converts an expression to code: a path to a string, anything else to a call. */
function inputCode(expression: Expression): Code {
  switch (expression.kind) {
    case "field":
      return expression.path;
    case "literal":
      return call("literal", expression.value);
    case "firstOf":
      return call("firstOf", ...expression.of.map(inputCode));
    case "join": {
      const inputs = expression.of.map(inputCode);
      return expression.separator === "<br>" ? call("join", inputs) : call("join", inputs, expression.separator);
    }
    case "underLabel":
      return call("underLabel", inputCode(expression.of), ...expression.labels);
    case "labelled":
      return call("labelled", expression.label, inputCode(expression.of));
    case "when":
      return call("when", expression.condition as unknown as Code, inputCode(expression.of));
    case "each":
      return call("each", expression.path, inputCode(expression.of));
    default:
      return callOf(expression);
  }
}

function callOf({ kind, of, ...members }: { readonly kind: string; readonly of: Expression }): Code {
  const written = members as Readonly<Record<string, Code | undefined>>;
  const own = ownArguments[kind] ?? [];
  const options = Object.entries(written).filter(([name, value]) => !own.includes(name) && value !== undefined);
  return call(
    kind,
    inputCode(of),
    ...own.map((name) => written[name] ?? null),
    ...(options.length === 0 ? [] : [Object.fromEntries(options)]),
  );
}

function call(name: string, ...args: Code[]): Call {
  return new Call(name, args);
}
