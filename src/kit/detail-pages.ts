import { z } from "zod";
import { Expression } from "./expressions/expression.ts";

/** Name of a field of a record. */
export const fieldName = z
  .string()
  .min(1)
  .refine((name) => name !== "__proto__", "is not a name of a field");
const selector = z.string().min(1);
/** A heading or a label as the page writes it, or alternatives. Compared folded, without numbering and final punctuation. */
const titles = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** Data that a page contains for machines. It becomes an object in the record, so paths such as `fiche.provider.name` read it. */
const PageData = z.discriminatedUnion("from", [
  /** schema.org in `<script type="application/ld+json">`. `type`: the class to take; default: the first that describes no page or site. */
  z.strictObject({ from: z.literal("jsonLd"), type: z.string().min(1).optional() }),
  /** `itemscope` and `itemprop`. `type`: the last part of `itemtype`. */
  z.strictObject({ from: z.literal("microdata"), type: z.string().min(1).optional() }),
  /** `<meta>` by `property` or `name`: OpenGraph, Dublin Core, description. */
  z.strictObject({ from: z.literal("meta") }),
  /** JSON in a script. `path` leads to the object. Without a selector, the whole page is JSON. */
  z.strictObject({ from: z.literal("json"), selector: selector.optional(), path: z.string().min(1).optional() }),
]);

/** How to read a page. Each key is a field of the record. */
const PageReading = z.strictObject({
  /** The part of the page with headings, labels and documents. Default: `main`, else the whole page. */
  within: selector.optional(),
  /** CSS selectors, as in `decode` of format `html`. They start from the whole page. */
  values: z.record(fieldName, z.string()).default({}),
  /** The markup under a heading: `{ publics: "Bénéficiaires" }`. */
  headings: z.record(fieldName, titles).default({}),
  /** The text beside a label, in a `dl`, a table, or a line such as "Date limite : 31 mars". */
  labels: z.record(fieldName, titles).default({}),
  data: z.record(fieldName, PageData).default({}),
  /** Field for the markup between `h1` and the first of these headings and labels. */
  introduction: fieldName.optional(),
  /** Field for the list of linked documents: title, address, size, date. Their texts are not read. */
  documents: fieldName.optional(),
});

/** The page of each record of a list, and how it is read. */
export const Details = z.strictObject({
  /** Address of the page: a field of the list's record, or an expression. A relative address starts from the list's. */
  url: z.union([z.string().min(1), Expression]),
  /** Patterns of the paths of the pages, as in robots.txt (`/aides/*`). Records with another address are no aids. For sitemaps. */
  only: z.array(z.string().startsWith("/")).min(1).optional(),
  /** Hosts of the pages, besides the list's own. */
  hosts: z.array(z.string().min(1)).default([]),
  read: PageReading,
  /** Fields that every page fills. A page that lacks one has lost its structure. Without this, a page must fill at least one field. */
  required: z.array(fieldName).min(1).optional(),
  /** Fields of the page that replace the list's. Other fields of the page fill what the list leaves empty. */
  override: z.array(fieldName).default([]),
  /** Field of the list that changes when the page does, such as `lastmod`. A change makes the page due. */
  changed: z.string().min(1).optional(),
  /** Days after which a page is requested again. */
  recheckDays: z.number().min(0).default(7),
  /** Minimum share of the listed pages that must be read. With fewer, the plan is not applied and no aid counts as absent. */
  minRead: z.number().min(0).max(1).default(0.95),
  /** Budget of one run. The other pages are read in the next nights. */
  perNight: z.strictObject({ pages: z.int().min(1).default(500), megabytes: z.number().positive().default(100) }).prefault({}),
  /** Pause between two requests. A longer `Crawl-delay` of robots.txt takes precedence. */
  pauseSeconds: z.number().min(0).max(60).default(1),
});

/** The page of each record of a list, and how it is read. */
export type Details = z.output<typeof Details>;
export type PageReading = Details["read"];
export type PageData = z.output<typeof PageData>;

/** Lists the fields that the pages may fill, in the order of the definition. */
export function pageFields({ values, headings, labels, data, introduction, documents }: PageReading): string[] {
  const named = [values, headings, labels, data].flatMap((fields) => Object.keys(fields));
  return [...new Set([...named, introduction, documents].filter((field) => field !== undefined))];
}
