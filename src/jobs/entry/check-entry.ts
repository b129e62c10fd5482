import { issueMessage } from "../../french/issues.ts";
import { french, sentence, truncate } from "../../french/typography.ts";
import { previewAids } from "../../ingest/preview-aids.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { templateScales } from "../../kit/platforms/moisson-template.ts";
import { exampleIdentifier, type TemplateField } from "../../kit/platforms/template-columns.ts";
import type { AidContent, AidField } from "../../model/aid/aid.ts";
import type { Issue, IssueCode } from "../../model/issue.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { entryQuestions } from "./entry-questions.ts";
import { cellText, type Entry, entryName } from "./entry-record.ts";

/** The aid of an entry, and its problems. */
export interface CheckedEntry {
  /** Null without an identifier or a title. */
  readonly content: AidContent | null;
  /** Fields that the aid needs for publication. */
  readonly missing: readonly AidField[];
  /** Answers that cannot be read: a French sentence by name of the control. */
  readonly problems: Readonly<Record<string, string>>;
  /** French sentences about answers that are kept as they are. */
  readonly remarks: readonly string[];
}

/** Issues after which a value is lost. The others only ask for a second look. */
const losses: ReadonlySet<IssueCode> = new Set<IssueCode>([
  ...(["text-too-long", "unexpected-value", "unreadable-date", "impossible-date", "text-for-date", "unreadable-url"] as const),
  ...(["unreadable-amount", "foreign-currency", "unreadable-rate", "rate-out-of-range", "rate-bounds-inverted"] as const),
  ...(["unreadable-yes-no", "unmapped-term", "unknown-perimeter", "unsafe-markup", "name-too-long-to-publish"] as const),
]);

/** Reads a row as a run of the connector would. */
export async function checkEntry({ definition, terms }: LoadedConnector, row: Values): Promise<CheckedEntry> {
  const read = async function* () {
    yield [{ kind: "record" as const, locator: "1", values: row }];
  };
  const { aids, firstRejected, skipped } = await previewAids(read, definition, terms, 1);
  const [aid] = aids;
  const found = [...(aid?.issues ?? []), ...(firstRejected[0]?.reasons ?? [])];
  const problems = new Map<string, string>();
  const remarks = new Set<string>();
  for (const one of found) {
    const question = questionOf(one);
    const isLoss = one.severity === "error" || losses.has(one.code);
    if (question !== null && isLoss) problems.set(entryName(question), problems.get(entryName(question)) ?? problemOf(one, question));
    else if (one.severity !== "info") remarks.add(problemOf(one, question));
  }
  if (skipped > 0) problems.set(entryName("externalId"), skippedMessage(row));
  const scale = cellText(row[entryQuestions.scale.titles[0] ?? ""]);
  if (scale !== "" && templateScales[scale] === undefined)
    problems.set(entryName("scale"), french`${entryQuestions.scale.label} : « ${truncate(scale, 80)} » n'est pas dans la liste.`);
  return { content: aid?.content ?? null, missing: aid?.missing ?? [], problems: Object.fromEntries(problems), remarks: [...remarks] };
}

/** Returns problems of answers that no control of the form sends: unknown words of a list, and texts beyond the limits. */
export function formProblems(entry: Entry): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(entryQuestions).flatMap(({ field, label, maxLength, control }): [string, string][] => {
      const isTooLong = control !== "terms" && entry[field].length > maxLength;
      return isTooLong ? [[entryName(field), french`${label} : ${maxLength} caractères au plus.`]] : [];
    }),
  );
}

function skippedMessage(row: Values): string {
  const written = cellText(row[entryQuestions.externalId.titles[0] ?? ""]);
  return written === exampleIdentifier
    ? french`Identifiant : « ${exampleIdentifier} » est celui de la ligne d'exemple, qui n'est pas lue. Choisissez-en un autre.`
    : french`Le connecteur laisse de côté les lignes comme celle-ci : voyez « Les fiches à laisser de côté » dans sa définition.`;
}

/** Fields that a question fills under another name. */
const sameQuestion: Readonly<Record<string, TemplateField>> = {
  nameInitial: "name",
  subventionRateLowerBound: "subventionRateUpperBound",
};
const ofCode: Readonly<Partial<Record<IssueCode, TemplateField>>> = {
  // The identifier is made from the title.
  "missing-external-id": "name",
  "external-id-too-long": "externalId",
  "missing-name": "name",
  "name-too-long": "name",
};

function questionOf({ field, code }: Issue): TemplateField | null {
  const own = ofCode[code] ?? (field === null ? undefined : (sameQuestion[field] ?? field));
  const found = Object.values(entryQuestions).find((question) => question.field === own || question.titles.includes(own ?? ""));
  return found?.field ?? null;
}

function problemOf({ code, params, value }: Issue, question: TemplateField | null): string {
  if (code === "missing-name" || code === "missing-external-id") return "Titre : donnez un titre à l’aide.";
  const of = question === null ? "" : french`${entryQuestions[question].label} : `;
  const shown = value === null || value === undefined ? "" : french` (« ${truncate(String(value), 100)} »)`;
  return sentence(`${of}${issueMessage(code, params)}${shown}`);
}
