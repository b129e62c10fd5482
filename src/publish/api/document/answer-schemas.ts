import { z } from "zod";
import { maxReportLength, reportedKinds } from "../../../model/publisher/error-report.ts";
import { AidRecord } from "../../exports/record-schema.ts";

const named = { slug: z.string(), name: z.string() };
const identified = {
  id: z.union([z.string(), z.int()]).describe("Numéro des thématiques et familles ; sinon le slug."),
  number: z.int().describe("Pour les filtres en _ids."),
  ...named,
};
const Term = z.object({
  ...identified,
  group: z.object({ id: z.int(), ...named }).optional(),
  type: z.string().optional().describe("Nom de `group`."),
  type_full: z
    .object({ id: z.int(), ...named })
    .optional()
    .describe("`group`, avec le slug d’Aides-territoires."),
  theme: z.object(named).optional(),
  category_theme: z.object(identified).optional().describe("`theme`, comme Aides-territoires l’écrit."),
  categories: z.array(z.object(identified)).optional().describe("Thématiques de cette famille."),
});
const FoundTerritory = z.object({
  id: z.string().describe("Pour perimeter_id."),
  number: z.int().describe("Pour perimeter_id."),
  text: z.string(),
  name: z.string(),
  scale: z.string(),
  scale_slug: z.string(),
  zipcodes: z.array(z.string()).describe("Codes postaux d’une commune."),
  territory: z.string().describe("Échelle et code, pour perimeter_id."),
  code: z.string(),
  insee_code: z.string().nullable(),
});
const FoundBacker = z.object({
  id: z.string().describe("Pour backer_ids."),
  number: z.int().nullable().describe("Pour backer_ids."),
  slug: z.string(),
  text: z.string(),
  name: z.string(),
  perimeter: z.null(),
  logo: z.string().nullable(),
  group: z.null().describe("Les porteurs ne sont pas groupés ici."),
  siren: z.string().nullable(),
  aids: z.int().describe("Aides publiées."),
});

const FoundName = z.object({
  id: z.int(),
  slug: z.string(),
  name: z.string(),
  perimeter: z.null(),
  projectReferenceCategory: z.null().optional().describe("D’un projet référent ; il n’y a pas de familles ici."),
});
const Scale = z.object({ id: z.string(), ...named });
const Synonyms = z.object({
  id: z.string(),
  number: z.int(),
  text: z.string(),
  name: z.string(),
  synonyms: z.array(z.string()),
});
const ClassicSynonyms = z.array(z.object({ id: z.int(), text: z.string().describe("Nom de la liste.") }));

const tombstone = {
  id: z.int().positive(),
  aid_id: z.uuid(),
  slug: z.string().nullable(),
  deleted: z.literal(true),
  reason: z
    .enum(["withdrawn", "rejected", "merged", "removed", "unpublished", "licence", "out-of-filter", "renumbered"])
    .describe(
      "`out-of-filter` : l’aide ne répond pas, ou plus, au filtre demandé. `renumbered` : l’aide a désormais le numéro d’Aides-territoires, `merged_into`.",
    ),
  merged_into: z.int().nullable().describe("Numéro de l’aide qui la remplace."),
};
const GoneAid = z.object(tombstone).describe("Aide qui n’est plus là, avec changed_since : à retirer de chez vous.");

const WrongParameter = z.object({ name: z.string(), detail: z.string().describe("Ce qui peut être écrit.") });
const problem = {
  type: z.string().describe("`about:blank`, ou urn:moisson:… pour les problèmes que le statut ne dit pas."),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
};
const Problem = z.object({ ...problem, errors: z.array(WrongParameter).optional() }).describe("Problème, selon la RFC 9457.");
const { merged_into: mergedInto, ...ofGone } = tombstone;
const GoneProblem = z
  .object({ ...problem, ...ofGone, mergedInto, merged_into: mergedInto })
  .describe("Aide retirée : pourquoi, et par quoi.");

const pageOf = (results: z.ZodType, more: Readonly<Record<string, z.ZodType>> = {}) =>
  z.object({
    count: z.int().nonnegative(),
    previous: z.url().nullable(),
    next: z.url().nullable().describe("Adresse de la page suivante, à suivre telle quelle."),
    ignored_parameters: z.array(z.string()).optional().describe("Paramètres inconnus, sans effet sur la réponse."),
    ...more,
    results: z.array(results),
  });

const unclassifiedCount = z
  .int()
  .nonnegative()
  .optional()
  .describe(
    "Avec un filtre de thématique, d’avancement ou de nature des dépenses : aides qui ne sont pas encore classées, et qui peuvent y répondre. `unclassified=only` les donne.",
  );
const resume = z.url().optional().describe("Avec changed_since : où reprendre un autre jour.");

/** Name -> schema in the document. */
const schemas = {
  AidRecord,
  GoneAid,
  AidPage: pageOf(z.union([AidRecord, GoneAid]), { resume, unclassified_count: unclassifiedCount }),
  TermPage: pageOf(Term),
  TerritoryPage: pageOf(FoundTerritory),
  Territory: FoundTerritory,
  BackerPage: pageOf(FoundBacker),
  NamePage: pageOf(FoundName),
  ScalePage: pageOf(Scale),
  SynonymPage: pageOf(Synonyms),
  ClassicSynonyms,
  EmptyPage: pageOf(z.never()),
  SignedToken: z.object({ token: z.string().describe("JWT, pour l’en-tête Authorization: Bearer ; valable un jour.") }),
  ErrorReport: z.object({
    kind: z.enum(reportedKinds).describe("Ce qui est faux : aide close, date, montant, conditions, territoire, contact, lien, autre."),
    text: z
      .string()
      .max(maxReportLength)
      .optional()
      .describe("Ce qu’il faudrait lire. Ni nom, ni adresse, ni numéro de personne : ils sont retirés."),
  }),
  ReceivedReport: z.object({ received: z.literal(true) }),
  Problem,
  GoneProblem,
} as const;

/** Name of a schema of the document. */
export type SchemaName = keyof typeof schemas;

/** Name of an operation, or prefix such as `list-` -> name of the schema of its answer. */
const answers: Readonly<Record<string, SchemaName>> = {
  "list-aids": "AidPage",
  "list-perimeters": "TerritoryPage",
  "list-backers": "BackerPage",
  "list-backer-groups": "EmptyPage",
  "list-perimeter-data": "EmptyPage",
  "list-project-reference-categories": "EmptyPage",
  "list-programs": "NamePage",
  "list-project-references": "NamePage",
  "list-scales": "ScalePage",
  "list-synonymlists": "SynonymPage",
  "list-classic-synonymlists": "ClassicSynonyms",
  "perimeter-by-id": "Territory",
  "aid-by-id": "AidRecord",
  "aid-by-slug": "AidRecord",
  "report-error": "ReceivedReport",
  "exchange-key": "SignedToken",
};

/** Returns the schema of an operation's answer. Throws for an unknown one, which would make the document wrong. */
export function answerSchemaOf(operation: string): SchemaName {
  const found = answers[operation] ?? (operation.startsWith("list-") ? "TermPage" : undefined);
  if (found === undefined) throw new Error(`the document knows no answer of "${operation}"`);
  return found;
}

/** Returns all JSON Schemas (2020-12) for `components/schemas`. Unknown members are allowed, because some may be added. */
export function jsonSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
    override({ jsonSchema }) {
      // `format` says the same.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]));
}
