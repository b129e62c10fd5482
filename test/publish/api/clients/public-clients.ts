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
const terms = pageOf(z.object({ id: z.string(), name: z.string() }));
const groupedTerms = pageOf(z.object({ id: z.string(), name: z.string(), type: z.string() }));
const numbered = { id: z.int(), slug: z.string(), name: z.string() };

/** Requests as public clients send them, written from what their sources send and parse. */
export const publicClients: readonly PublicClient[] = [
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
