import type { Expression } from "../../kit/expressions/expression.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { Call, Code } from "./write-code.ts";

/** Returns a rule as the call of its builder: `date("date_fin", ["iso"])`. Conditions are written as data. */
export function ruleCode(rule: Rule): Code {
  switch (rule.kind) {
    case "constant":
      return call("constant", rule.value as Code);
    case "choose": {
      const cases = rule.cases.map(({ when, use }) => ({ when: when as unknown as Code, use: ruleCode(use) }));
      return rule.otherwise === undefined ? call("choose", cases) : call("choose", cases, ruleCode(rule.otherwise));
    }
    case "computed":
      throw new Error("a survey proposes no code");
    case "date":
      return call("date", inputCode(rule.of), [...rule.formats], ...(rule.pick === undefined ? [] : [{ pick: rule.pick }]));
    case "time":
      return call("time", inputCode(rule.of), [...rule.formats]);
    case "terms":
      return call("terms", inputCode(rule.of), rule.vocabulary);
    default: {
      const { kind, of, ...options } = rule;
      return call(kind, inputCode(of), ...(Object.keys(options).length === 0 ? [] : [options as unknown as Code]));
    }
  }
}

/** Returns an expression as code; a path is written as a text. */
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
    case "split":
      return call("split", inputCode(expression.of), expression.separator);
    case "labelled":
      return call("labelled", expression.label, inputCode(expression.of));
    case "when":
      return call("when", expression.condition as unknown as Code, inputCode(expression.of));
    case "slug":
      return call("slug", inputCode(expression.of));
    case "placeNames":
      return call("placeNames", inputCode(expression.of), expression.scale);
    case "capture":
      return call("capture", inputCode(expression.of), expression.pattern);
    case "section":
    case "json": {
      const { kind, of, ...into } = expression;
      return call(kind, inputCode(of), ...(Object.keys(into).length === 0 ? [] : [into as unknown as Code]));
    }
  }
}

function call(name: string, ...args: Code[]): Call {
  return { call: name, args };
}
