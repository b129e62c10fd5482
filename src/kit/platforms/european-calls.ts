import type { ConnectorInput } from "../definition.ts";
import { type Condition, firstOf } from "../expressions/expression.ts";
import { type ChooseRule, choose, type FieldRules } from "../field-rules.ts";
import { type ConstantRule, constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { type TextRule, text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { type CallFields, callsOutOfReach } from "./calls-out-of-reach.ts";

/** Where a feed of European calls has them; of several paths the first that is filled counts. */
interface EuropeanCallPaths extends Omit<CallFields, "isCascade"> {
  readonly id: string;
  /** `8` or "Cascade funding calls"; absent: the feed has no such calls. */
  readonly kind?: readonly string[];
  readonly url?: readonly string[];
  readonly startDate: readonly string[];
  /** One deadline or several, of which the latest counts. */
  readonly deadlines: readonly string[];
}

/** What all feeds of European calls have in common, whoever writes them. */
export type EuropeanCalls = Required<Pick<ConnectorInput, "publisher" | "language" | "timeZone" | "outOfScope" | "tellApartBy">> & {
  readonly fields: FieldRules;
};

/**
 * Calls of the European Commission, in English. Hours are Brussels local time whatever zone is written behind: the date is the one written.
 * A cascade-funding call shares identifier and title with the topic that pays for it, and has a title of its own. Titles that calls share
 * are told apart by their identifiers. Calls that are not for our audiences go out of scope.
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
