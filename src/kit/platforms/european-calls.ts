import type { ConnectorInput } from "../definition.ts";
import { type Condition, firstOf } from "../expressions/expression.ts";
import { type ChooseRule, choose, type FieldRules } from "../field-rules.ts";
import { type ConstantRule, constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { type TextRule, text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { type CallFields, callsOutOfReach } from "./calls-out-of-reach.ts";
import europeanProgrammes from "./european-programmes.json" with { type: "json" };

/** Paths of the fields in a feed of European calls. Of several paths, the first non-empty value counts. */
interface EuropeanCallPaths extends Omit<CallFields, "isCascade"> {
  readonly id: string;
  /** A cascade-funding call has `8` or "Cascade funding calls" here. Missing if the feed has no such calls. */
  readonly kind?: readonly string[];
  readonly url?: readonly string[];
  readonly startDate: readonly string[];
  /** Of several deadlines, the latest counts. */
  readonly deadlines: readonly string[];
  /** Codes of programmes, as in `european-programmes.json`. Missing if the feed has none. */
  readonly programme?: readonly string[];
  /** Path of the name of a programme with an unknown code. */
  readonly programmeName?: string;
}

/** The part of a connector that all feeds of European calls share. */
export type EuropeanCalls = Required<
  Pick<ConnectorInput, "publisher" | "reuse" | "language" | "timeZone" | "outOfScope" | "tellApartBy">
> & {
  readonly fields: FieldRules;
};

/**
 * Returns the common part of connectors of the European Commission's calls, in English.
 *
 * - Times are local time in Brussels, whatever zone they claim.
 * - A cascade-funding call has the identifier and title of the topic that funds it, and its own `callTitle`.
 * - Identifiers distinguish calls with the same title.
 * - Calls that our audiences cannot use are out of scope.
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
    reuse: {
      basis: "ec-reuse",
      page: "https://digital-strategy.ec.europa.eu/en/news/rules-reuse-commission-information",
      seen: "2026-11-29",
      note: "décision 2011/833/UE ; un fichier fait par un tiers demande aussi l’accord de ce tiers",
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
      recurrence: oneOffWithDeadline(paths.deadlines),
      ...(paths.programme === undefined ? {} : { programs: programmeNames(paths.programme, paths.programmeName) }),
      aidTypes: constant(["grant"]),
      financers: constant([{ name: "Commission européenne", siren: null }]),
      perimeters: constant([{ scale: "continent", code: "EU" }]),
    },
    tellApartBy: [...paths.identifier, paths.id],
    outOfScope: callsOutOfReach({ ...paths, ...(isCascade === undefined ? {} : { isCascade }) }),
  };
}

function titleOf({ title, callTitle }: EuropeanCallPaths, isCascade: Condition | undefined): TextRule | ChooseRule<TextRule> {
  const topicTitle = text(firstOf(...title));
  if (callTitle === undefined || isCascade === undefined) return topicTitle;
  return choose([{ when: isCascade, use: text(firstOf(...callTitle, ...title)) }], topicTitle);
}

/** Names of programmes as in the facets of the portal in August 2026, which lose the "+". */
function programmeNames(codes: readonly string[], name: string | undefined) {
  const known = Object.entries(europeanProgrammes).map(([code, programme]) => ({
    when: { any: codes.map((field) => ({ field, isOneOf: [code] })) },
    use: constant([programme]),
  }));
  return choose(known, name === undefined ? undefined : list(name));
}

function oneOffWithDeadline(deadlines: readonly string[]): ChooseRule<ConstantRule<"oneoff">> {
  return choose([{ when: anyOf(deadlines, { isFilled: true }), use: constant("oneoff") }]);
}

function anyOf(paths: readonly string[], holds: { isFilled: true } | { isOneOf: readonly string[] }): Condition {
  return { any: paths.map((field) => ({ field, ...holds })) };
}
