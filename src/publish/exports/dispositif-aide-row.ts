import { audienceWords, type typeWords } from "../../kit/platforms/dispositif-aide-words.ts";
import { dayEnd, dayStart } from "../../kit/values/dates/day-instants.ts";
import { htmlToMarkdown } from "../../kit/values/html/html-to-markdown.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Aid } from "../../model/aid/aid.ts";
import { kindOf } from "../../model/aid/field-table.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { mainlandMembers, overseasMembers, toInseeCode } from "../../model/territories/perimeters.ts";
import { compareCodePoints } from "../../model/text/canonical.ts";
import { isDay } from "../../model/text/is-day.ts";
import { labelOf, type Slug, slugsOf } from "../../model/vocabularies.ts";
import { type ColumnRule, type DispositifAideRow, dispositifAideColumns, type FieldColumn } from "./dispositif-aide-schema.ts";
import { isUuid } from "./validate-dispositif-aide.ts";

/** Why an aid has no row. */
export type RowRefusal = "perimeter-without-insee-code" | "separator-in-program" | "impossible-date";

/** The schema's words for types of aid; our label for others. */
const wordsOfTypes: Partial<Record<Slug<"aidTypes">, keyof typeof typeWords>> = {
  grant: "financement",
  loan: "prêt",
  "technical-engineering": "étude",
};

/** The audiences written as each of the schema's four kinds of beneficiaries, in its order. */
const audiencesOfWords: Readonly<Record<string, readonly Slug<"targetedAudiences">[]>> = {
  ...audienceWords,
  professionnels: [...audienceWords.professionnels, "farmer"],
};

/**
 * Returns an aid as a row of the national schema, or why it has none. `validateDispositifAide` checks the row. Dates are the start of the
 * day, the deadline its end (`day-instants.ts`). The deadline's time is left out: the aid has no time zone, and 15:00 in Réunion read as
 * Paris time would be three hours late.
 */
export function dispositifAideRow(aid: Aid): DispositifAideRow | RowRefusal {
  const coverage = geographicCoverage(aid.perimeters);
  const exclusions = geographicCoverage(aid.perimeterExclusions);
  if (coverage === undefined || exclusions === undefined) return "perimeter-without-insee-code";
  if (aid.programs.some((program) => program.includes("|"))) return "separator-in-program";
  const ofFields = dispositifAideColumns.flatMap((column: ColumnRule) => (column.field ? [[column.name, cellOf(aid, column.field)]] : []));
  if (ofFields.some(([, cell]) => cell === undefined)) return "impossible-date";
  return {
    ...(Object.fromEntries(ofFields) as Pick<DispositifAideRow, FieldColumn>),
    id: isUuid(aid.externalId) ? aid.externalId : aid.aidId,
    promesse: "",
    types_aides: typesOf(aid).join("|"),
    porteurs: carriersOf(aid),
    programmes_parents: [...new Set(aid.programs)].sort(compareCodePoints).join("|"),
    cibles: targetsOf(aid).join("|"),
    eligibilite_geographique: coverage,
    eligibilite_geographique_exclusions: exclusions,
  };
}

/** Returns the cell of a field; undefined for a day that does not exist. */
function cellOf(aid: Aid, field: NonNullable<ColumnRule["field"]>): string | undefined {
  const value = aid[field];
  if (value === null) return "";
  const kind = kindOf(field);
  if (kind === "date") return isDay(value) ? `${value}${field === "submissionDeadline" ? dayEnd : dayStart}` : undefined;
  return kind === "html" ? htmlToMarkdown(value) : value;
}

function typesOf({ aidTypes }: Aid): string[] {
  const held = new Set(aidTypes);
  return slugsOf("aidTypes")
    .filter((slug) => held.has(slug))
    .map((slug) => wordsOfTypes[slug] ?? labelOf("aidTypes", slug));
}

function targetsOf({ targetedAudiences }: Aid): string[] {
  return Object.entries(audiencesOfWords).flatMap(([word, audiences]) =>
    audiences.some((audience) => targetedAudiences.includes(audience)) ? [word] : [],
  );
}

/**
 * Writes `[{"nom","siren","roles"}]`: instructors, then other financers, in the publisher's order, so that reading and writing the cell
 * gives the same cell. Names that compare equal are one organisation with its known SIREN. Empty without organisations.
 */
function carriersOf({ instructors, financers }: Aid): string {
  const carriers = new Map<string, { nom: string; siren: string | null; roles: string[] }>();
  for (const [role, organisations] of [["instructeur", instructors] as const, ["financeur", financers] as const]) {
    for (const { name, siren } of organisations) {
      const key = foldTerm(name);
      const carrier = carriers.get(key) ?? { nom: name, siren, roles: [] };
      carrier.siren ??= siren;
      if (!carrier.roles.includes(role)) carrier.roles.push(role);
      carriers.set(key, carrier);
    }
  }
  return carriers.size === 0 ? "" : JSON.stringify([...carriers.values()]);
}

/** The schema's pattern allows no letter in a code. */
const writable = /^[A-Z]+-\d+$/;

/**
 * Returns territories in the national schema, joined by `|`, in code-point order, without duplicates. Mainland and overseas are written as
 * their members, EPCI with their SIREN, both departments of Corsica as the region (`REG-94`). Undefined if one has no code there (basin,
 * Europe) or a letter in it (one Corsican department or commune).
 */
export function geographicCoverage(perimeters: readonly Perimeter[]): string | undefined {
  const codes = new Set(perimeters.flatMap(membersOf).map((perimeter) => codeOf(perimeter)));
  if (codes.has("DEP-2A") && codes.has("DEP-2B")) {
    codes.delete("DEP-2A");
    codes.delete("DEP-2B");
    codes.add("REG-94");
  }
  const written: string[] = [];
  for (const code of codes) {
    if (code === null || !writable.test(code)) return undefined;
    written.push(code);
  }
  return written.sort(compareCodePoints).join("|");
}

function membersOf(perimeter: Perimeter): readonly Perimeter[] {
  if (perimeter.scale === "overseas") return overseasMembers();
  return perimeter.scale === "mainland" ? mainlandMembers() : [perimeter];
}

function codeOf(perimeter: Perimeter): string | null {
  return perimeter.scale === "epci" ? `EPCI-${perimeter.code}` : toInseeCode(perimeter);
}
