import { RE2JS, RE2JSSyntaxException } from "re2js";
import { z } from "zod";
import { toLinear } from "./linear-pattern.ts";

/** What is wrong with a part of a pattern, and what to write instead. `src/french/pattern-faults.ts` has the same in French. */
export const patternFaults = {
  syntax: "is no regular expression: it needs the syntax of JavaScript with the flags s and u",
  groups: "must contain exactly one group: write (?:…) for all others",
  lookahead:
    "is a lookahead inside the pattern: write what follows after the group; only at the end, (?=…) without groups and (?!…) with one character are possible",
  backreference: "is a backreference: write the possible texts again",
  repetition: "repeats more than 1000 times: write * or +",
  size: "is too large: shorten it, and write * or + instead of large repetitions",
  unsupported: "is not supported: write the characters, such as [a-zé] or \\p{L}",
} as const;

export type PatternFault = keyof typeof patternFaults;

const maxPatternLength = 1000;
/** Instructions of a compiled pattern. A search may try all of them at each character. */
const maxInstructions = 1000;
/** Characters times instructions, which take a second at most. */
const maxTries = 10_000_000;

/** A regular expression with one group. Its engine does not backtrack: the time of a search grows only with the length of the text. */
export const CapturePattern = z.string().superRefine((pattern, { addIssue }) => {
  const read = compile(pattern);
  if (!("fault" in read)) return;
  addIssue({ code: "custom", message: `pattern "${shown(pattern)}": "${shown(read.part)}" ${patternFaults[read.fault]}` });
});

function shown(part: string): string {
  return part.length > 200 ? `${part.slice(0, 200)}…` : part;
}

/** Cache: connectors contain few patterns, each used for every record. */
const known = new Map<string, RE2JS>();

/** Returns the length of the longest text that may be searched: 10,000 characters for the largest patterns, a million for short ones. */
export function maxCaptureLength(pattern: string): number {
  return Math.floor(maxTries / (known.get(pattern) ?? kept(pattern)).programSize());
}

/** Returns the trimmed text that the group captures, or null without a match or text. `pattern`: a `CapturePattern`. */
export function captured(text: string, pattern: string): string | null {
  const matcher = (known.get(pattern) ?? kept(pattern)).matcher(text);
  const part = matcher.find() ? (matcher.group(1)?.trim() ?? "") : "";
  return part === "" ? null : part;
}

function kept(pattern: string): RE2JS {
  const read = compile(pattern);
  if ("fault" in read) throw new Error(`the pattern "${pattern}" was not checked`);
  known.set(pattern, read.expression);
  return read.expression;
}

type Compiled = { readonly expression: RE2JS } | { readonly fault: PatternFault; readonly part: string };

function compile(pattern: string): Compiled {
  if (pattern.length > maxPatternLength) return { fault: "size", part: pattern };
  try {
    new RegExp(pattern, "su");
  } catch {
    return { fault: "syntax", part: pattern };
  }
  const linear = toLinear(pattern);
  if ("fault" in linear) return linear;
  try {
    const expression = RE2JS.compile(linear.pattern, RE2JS.DOTALL | RE2JS.LOOKBEHINDS);
    if (expression.groupCount() !== 1) return { fault: "groups", part: pattern };
    return expression.programSize() > maxInstructions ? { fault: "size", part: pattern } : { expression };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return { fault: "size", part: pattern };
    return { fault: error.error === "invalid repeat count" ? "repetition" : "unsupported", part: error.input ?? pattern };
  }
}
