import { z } from "zod";

/** Answers of earlier requests of the same client, oldest first. */
// biome-ignore lint/suspicious/noExplicitAny: clients read parsed JSON without types
type Answers = readonly any[];

/** A request that a public client of Aides-territoires sends, and the shape that it parses. */
export interface ClientRequest {
  readonly path: string | ((answers: Answers) => string);
  readonly shape: z.ZodType;
  /** Follows `next` until it is null. */
  readonly walks?: true;
  /** The parameters that we refuse on purpose. Absent: the answer is 200 and not empty. */
  readonly refused?: readonly string[];
  /** An empty list is a true answer. */
  readonly mayBeEmpty?: true;
}

export interface PublicClient {
  /** Description of the client, and the source of its requests. */
  readonly name: string;
  readonly requests: readonly ClientRequest[];
}

const backer = z.object({ id: z.int(), name: z.string(), logo: z.string().nullable() });
const aidType = z.object({
  id: z.int(),
  name: z.string(),
  group: z.object({ id: z.int(), name: z.enum(["Aide financière", "Aide en ingénierie"]) }),
});
const texts = z.array(z.string());
const day = z.iso.date().nullable();
const text = z.string().nullable();
const aid = z.object({
  id: z.int().positive(),
  slug: z.string(),
  url: z.string().startsWith("/aides/"),
  name: z.string(),
  name_initial: text,
  short_title: text,
  financers: texts,
  financers_full: z.array(backer),
  instructors: texts,
  instructors_full: z.array(backer),
  programs: texts,
  description: text,
  eligibility: text,
  perimeter: text,
  perimeter_id: z.int().nullable(),
  perimeter_scale: text,
  mobilization_steps: texts,
  origin_url: text,
  categories: texts,
  is_call_for_project: z.boolean().nullable(),
  application_url: text,
  targeted_audiences: texts,
  aid_types: texts,
  aid_types_full: z.array(aidType),
  is_charged: z.boolean().nullable(),
  destinations: texts,
  start_date: day,
  predeposit_date: day,
  submission_deadline: day,
  subvention_rate_lower_bound: z.number().nullable(),
  subvention_rate_upper_bound: z.number().nullable(),
  subvention_comment: text,
  loan_amount: z.number().nullable(),
  contact: text,
  recurrence: text,
  project_examples: text,
  is_live: z.boolean(),
  date_created: z.iso.datetime(),
  date_updated: z.iso.datetime(),
});
const pageOf = (results: z.ZodType) =>
  z.object({ count: z.int(), previous: z.url().nullable(), next: z.url().nullable(), results: z.array(results) });
const aids = pageOf(aid);
const perimeters = pageOf(
  z.object({
    id: z.string().regex(/^\d+-[a-z0-9-]+$/),
    text: z.string(),
    name: z.string(),
    scale: z.string(),
    zipcodes: texts,
    code: z.string(),
  }),
);
const terms = pageOf(z.object({ id: z.string(), name: z.string() }));
const groupedTerms = pageOf(z.object({ id: z.string(), name: z.string(), type: z.string() }));
const numbered = { id: z.int(), slug: z.string(), name: z.string() };

/** Requests as public clients send them, written from what their sources send and parse. */
export const publicClients: readonly PublicClient[] = [
  {
    name: "Plus fraîche ma ville: a commune by INSEE code, its aids for some words, one aid",
    requests: [
      { path: "/api/perimeters/?insees=38185", shape: perimeters },
      {
        path: ([found]) =>
          `/api/aids/?perimeter=${found.results[0].id}&text=arbre,eau,bâtiment\n    &itemsPerPage=1000&targeted_audiences=commune&targeted_audiences=epci&new=1`,
        shape: aids,
      },
      { path: (answers) => `/api/aids/by-id/${answers[1].results[0].id}`, shape: aid },
    ],
  },
  {
    name: "Plus fraîche ma ville: a commune by postal code, and France if there is none",
    requests: [
      { path: "/api/perimeters/?zipcodes=38000", shape: perimeters },
      { path: "/api/perimeters/?insees=99999", shape: perimeters, mayBeEmpty: true },
      { path: "/api/aids/?perimeter=70956-france&text=eau&itemsPerPage=1000&targeted_audiences=commune", shape: aids },
      { path: "/api/aids/?perimeter=97843-grenoble&text=eau&itemsPerPage=1000&targeted_audiences=commune", shape: aids },
    ],
  },
  {
    name: "Les communs: all aids, 50 a page",
    requests: [
      { path: "/api/aids/?page_size=50&page=1", shape: aids },
      { path: "/api/aids/?page_size=50&page=2", shape: aids },
    ],
  },
  {
    name: "A simulator of Les communs: slugs, one territory at a time",
    requests: [
      {
        path: "/api/aids/?organization_type_slugs[]=commune&aid_step_slugs[]=preop&aid_destination_slugs[]=investment&aid_type_group_slug[]=financial-group&perimeter_id=70956-france",
        shape: aids,
      },
    ],
  },
  {
    name: "A search for a municipality by the start of its name",
    requests: [
      { path: "/api/perimeters?q=greno&page=1&itemsPerPage=50&is_visible_to_users=true&is_non_obsolete=true", shape: perimeters },
      { path: ([found]) => `/api/aids/?perimeter=${found.results[0].id}&targeted_audiences=commune`, shape: aids },
    ],
  },
  {
    name: "A server of tools for language models: repeated parameters, INSEE codes and slugs",
    requests: [
      {
        path: "/api/aids/?itemsPerPage=10&keyword=eau&perimeter_codes=38185&organization_type_slugs=commune&aid_type_slugs=grant&category_slugs=eau-potable",
        shape: aids,
      },
    ],
  },
  { name: "A notebook that loads everything", requests: [{ path: "/api/aids/?page=1&itemsPerPage=30", shape: aids, walks: true }] },
  {
    name: "A village that keeps a copy of its aids",
    requests: [{ path: "/api/aids/?perimeter_codes=38185&organization_type_slugs=commune", shape: aids, walks: true }],
  },
  {
    name: "A site for associations, with the first generation's parameters",
    requests: [{ path: "/api/aids/?targeted_audiences=association&is_live=true&page_size=50", shape: aids, walks: true }],
  },
  {
    name: "The site of France Relance: a backer by number and name",
    requests: [
      { path: "/api/aids/?backers=22-ademe&text=eau", shape: aids },
      { path: "/api/aids/?backers=22-ademe&in_france_relance=true&text=eau", shape: z.unknown(), refused: ["in_france_relance"] },
      { path: "/api/aids/?programs=france-relance", shape: aids },
    ],
  },
  {
    name: "A site for farmers: numbers on the address of all aids",
    requests: [
      {
        path: "/api/aids/all/?organization_type_ids=31&category_ids=47&status=open",
        shape: z.unknown(),
        refused: ["organization_type_ids", "category_ids"],
      },
      {
        path: "/api/aids/?organization_type_ids=31&category_ids=47&status=open",
        shape: z.unknown(),
        refused: ["organization_type_ids", "category_ids"],
      },
      { path: "/api/aids/?organization_type_ids=11&status=open", shape: aids, walks: true },
    ],
  },
  {
    name: "A form with numbers of types, steps and destinations",
    requests: [
      { path: "/api/aids/?aid_type_ids=1&aid_type_ids=3&aid_step_ids=1,2&aid_destination_ids=2&aid_type_group_id=1", shape: aids },
    ],
  },
  {
    name: "A form made from the lists",
    requests: [
      { path: "/api/aids/audiences/", shape: groupedTerms },
      { path: "/api/aids/types/", shape: groupedTerms },
      { path: "/api/aids/steps/", shape: terms },
      { path: "/api/aids/destinations/", shape: terms },
      { path: "/api/aids/recurrences/", shape: terms },
      { path: "/api/categories/", shape: pageOf(z.object({ ...numbered, category_theme: z.object(numbered) })) },
      { path: "/api/themes/", shape: pageOf(z.object({ ...numbered, categories: z.array(z.object(numbered)).min(1) })) },
      { path: "/api/perimeters/scales/", shape: terms },
      { path: "/api/programs/", shape: pageOf(z.object({ ...numbered, perimeter: text })) },
      {
        path: "/api/backers/?has_published_financed_aids=true&itemsPerPage=1",
        shape: pageOf(z.object({ id: z.string().regex(/^\d+-/), text: z.string(), perimeter: text, logo: text, group: z.null() })),
        walks: true,
      },
      {
        path: "/api/synonymlists/",
        shape: pageOf(z.object({ id: z.string().regex(/^\d+-synonyms-/), text: z.string(), name: z.string() })),
      },
      { path: "/api/backer-groups/", shape: pageOf(z.unknown()), mayBeEmpty: true },
      { path: "/api/project-references/", shape: pageOf(z.object(numbered)), mayBeEmpty: true },
      { path: (answers) => `/api/aids/?category_ids=${answers[6].results[2].categories[3].id},${answers[5].results[0].id}`, shape: aids },
      { path: (answers) => `/api/aids/?programs=${answers[8].results[0].id}`, shape: aids },
      { path: (answers) => `/api/aids/?backer_ids=${answers[9].results[0].id}`, shape: aids },
    ],
  },
];
