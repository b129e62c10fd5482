import type { ConnectorInput } from "../definition.ts";
import { type Condition, firstOf } from "../expressions/expression.ts";
import { type ChooseRule, choose, type FieldRules } from "../field-rules.ts";
import { type ConstantRule, constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { type TextRule, text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { type CallFields, callsOutOfReach } from "./calls-out-of-reach.ts";

/** Paths of a feed of European calls. The first non-empty one counts. */
interface EuropeanCallPaths extends Omit<CallFields, "isCascade"> {
  readonly id: string;
  /** `8` or "Cascade funding calls"; absent if the feed has no such calls. */
  readonly kind?: readonly string[];
  readonly url?: readonly string[];
  readonly startDate: readonly string[];
  /** One or several deadlines; the latest counts. */
  readonly deadlines: readonly string[];
}

/** Settings shared by all feeds of European calls. */
export type EuropeanCalls = Required<Pick<ConnectorInput, "publisher" | "language" | "timeZone" | "outOfScope" | "tellApartBy">> & {
  readonly fields: FieldRules;
};

/**
 * Calls of the European Commission, in English. Times are Brussels local time whatever zone is written; the date is used as written. A
 * cascade-funding call shares identifier and title with the topic that funds it, and has a title of its own. Shared titles are
 * distinguished by identifier. Calls that are not for our audiences go out of scope.
 */
export function europeanCalls(paths: EuropeanCallPaths): EuropeanCalls {
  const isCascade = paths.kind === undefined ? undefined : anyOf(paths.kind, { isOneOf: ["8", "Cascade funding calls"] });
  const startDate = firstOf(...paths.startDate);
  const deadlines = firstOf(...paths.deadlines);
  return {
    publisher: {
      name: "Commission européenne",
      kind: "european",
      territory: { scale: "continent", code: "EU" },
      website: "https://ec.europa.eu/info/funding-tenders/opportunities/portal/",
      licence: "unknown",
    },
    language: "en",
    timeZone: "Europe/Brussels",
    fields: {
      externalId: identifier(paths.id),
      name: titleOf(paths, isCascade),
      shortTitle: text(firstOf(...paths.identifier)),
      ...(paths.url === undefined ? {} : { originUrl: url(firstOf(...paths.url)) }),
      isCallForProject: constant(true),
      europeanAid: constant("sectorial"),
      startDate: date(startDate, ["iso-local"]),
      submissionDeadline: date(deadlines, ["iso-local"], { pick: "latest" }),
      submissionDeadlineTime: time(deadlines, ["iso-local"]),
      recurrence: onceIfClosing(paths.deadlines),
      aidTypes: constant(["grant"]),
      financers: constant([{ name: "Commission européenne", siren: null }]),
      perimeters: constant([{ scale: "continent", code: "EU" }]),
    },
    tellApartBy: [...paths.identifier, paths.id],
    outOfScope: callsOutOfReach({ ...paths, ...(isCascade === undefined ? {} : { isCascade }) }),
  };
}

function titleOf({ title, callTitle }: EuropeanCallPaths, isCascade: Condition | undefined): TextRule | ChooseRule<TextRule> {
  const ofTopic = text(firstOf(...title));
  if (callTitle === undefined || isCascade === undefined) return ofTopic;
  return choose([{ when: isCascade, use: text(firstOf(...callTitle, ...title)) }], ofTopic);
}

function onceIfClosing(deadlines: readonly string[]): ChooseRule<ConstantRule<"oneoff">> {
  return choose([{ when: anyOf(deadlines, { isFilled: true }), use: constant("oneoff") }]);
}

function anyOf(paths: readonly string[], holds: { isFilled: true } | { isOneOf: readonly string[] }): Condition {
  return { any: paths.map((field) => ({ field, ...holds })) };
}
