import { decodeEntitiesOnce } from "../../kit/values/html/decode-entities.ts";
import type { Aid } from "../../model/aid/aid.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { groupName } from "./aides-territoires-record.ts";
import type { ExcelColumn } from "./excel-of.ts";

/** An aid for the open data workbook. */
export interface OpenDataRow {
  readonly aid: PublicAid;
  /** Name of its publisher. */
  readonly publisher: string;
  /** What readers see instead of « Permanente », which is only our assumption. Null: somebody says so, or it is not permanent. */
  readonly assumed: string | null;
}

/** Columns of the workbook for people: French labels, plain text, dates as `YYYY-MM-DD`, values separated by ` | `. */
export const openDataColumns: readonly ExcelColumn<OpenDataRow>[] = [
  column("Identifiant", ({ aidId }) => aidId),
  column("Titre", ({ name }) => name),
  column("Titre du producteur", ({ nameInitial }) => nameInitial),
  column("Porteurs", ({ financers }) => joined(financers.map(({ name }) => name))),
  column("Instructeurs", ({ instructors }) => joined(instructors.map(({ name }) => name))),
  column("Programmes", ({ programs }) => joined(programs)),
  column("Description", ({ description }) => plainLines(description)),
  column("Conditions", ({ eligibility }) => plainLines(eligibility)),
  column("Types d’aide", labels("aidTypes")),
  column("Bénéficiaires", labels("targetedAudiences")),
  column("Thématiques", labels("categories")),
  column("Avancement du projet", labels("mobilizationSteps")),
  column("Dépenses couvertes", labels("destinations")),
  column("Territoire", ({ perimeters, perimeterExclusions }) =>
    perimeters.length === 0 ? null : groupName(perimeters, perimeterExclusions),
  ),
  { title: "Récurrence", text: ({ aid: { recurrence }, assumed }) => assumed ?? (recurrence && labelOf("recurrence", recurrence)) },
  column("Ouverture", ({ startDate }) => startDate),
  column("Clôture", ({ submissionDeadline }) => submissionDeadline),
  number("Taux minimal (%)", ({ subventionRateLowerBound }) => subventionRateLowerBound),
  number("Taux maximal (%)", ({ subventionRateUpperBound }) => subventionRateUpperBound),
  column("Contact", ({ contact }) => plainLines(contact)),
  column("Lien", ({ originUrl }) => originUrl),
  column("Candidature", ({ applicationUrl }) => applicationUrl),
  { title: "Producteur", text: ({ publisher }) => publisher },
  column("Licence", ({ importShareLicence }) => labelOf("importShareLicence", importShareLicence)),
  column("Mention", ({ importDataMention }) => importDataMention),
  column("Mise à jour", ({ sourceUpdatedDate }) => sourceUpdatedDate),
];

function column(title: string, text: (aid: Aid) => string | null): ExcelColumn<OpenDataRow> {
  return { title, text: ({ aid }) => text(aid) };
}

function number(title: string, value: (aid: Aid) => number | null): ExcelColumn<OpenDataRow> {
  return { title, text: ({ aid }) => value(aid), isNumber: true };
}

function labels(
  field: "aidTypes" | "targetedAudiences" | "categories" | "mobilizationSteps" | "destinations",
): (aid: Aid) => string | null {
  return (aid) => joined(aid[field].map((slug) => labelOf(field, slug)));
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(" | ");
}

/** Converts canonical HTML to lines of plain text for a spreadsheet cell: lists with dashes, no formats, no link addresses. */
function plainLines(html: string | null): string | null {
  if (html === null) return null;
  const text = html
    .replace(/<li>/g, "- ")
    .replace(/<br>|<\/(?:p|li|h\d|tr|blockquote)>/g, "\n")
    .replace(/<\/t[dh]>(?=<t[dh])/g, " | ")
    .replace(/<!--.*?-->|<\/?[a-z][^<>]*>/g, "");
  return (text.includes("&") ? decodeEntitiesOnce(text) : text).replace(/\n{3,}/g, "\n\n").trim() || null;
}
