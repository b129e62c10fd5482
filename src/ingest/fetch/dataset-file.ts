import { readFile } from "node:fs/promises";
import { valueAt } from "../../kit/expressions/field-path.ts";
import type { Dataset } from "../../kit/feed.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { FeedRefused, FeedUnreadable } from "../../model/run/run-error.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { parseJson } from "./parse-json.ts";

/** The address of a feed's file, and its dataset as described by the portal. */
export interface DatasetFile {
  readonly url: URL;
  readonly dataset: PortalDataset;
}

/**
 * Finds the feed's file in a portal's answer. `portal` is the address of the answer. Throws `FeedUnreadable` if the answer does not
 * describe a dataset, and `FeedRefused` if no file fits or its address is invalid.
 */
export async function findDatasetFile(wanted: Dataset, portal: URL, answer: FetchedPart): Promise<DatasetFile> {
  const text = new TextDecoder().decode(await readFile(answer.path)); // removes the BOM
  const { dataset, files } = readPortalAnswer(wanted.portal, text);
  const file = newestFile(files, wanted);
  const url = file.url === null ? null : linkedAddress(file.url, portal);
  if (url === null) throw new FeedRefused("address-refused", { host: "(unreadable address)", url: shownAddress(portal) });
  return { url, dataset: { ...dataset, file: file.title, fileChangedAt: file.changedAt } };
}

/** Maximum number of formats or titles in an error. */
const maxNames = 20;

/**
 * Returns the newest file with this format whose title contains the words of `titled`. Returns the first of equally old files; a file
 * without a date counts as oldest. Throws `FeedRefused` (`no-such-file`) with the titles of the files in this format, or, if there are
 * none, with the available formats.
 */
export function newestFile(files: readonly PortalFile[], { format, titled }: Pick<Dataset, "format" | "titled">): PortalFile {
  const inFormat = files.filter((file) => foldTerm(file.format ?? "") === foldTerm(format));
  const fitting = inFormat.filter(({ title }) => {
    const words = wordsOf(title ?? "");
    return wordsOf(titled ?? "").every((word) => words.includes(word));
  });
  const [first, ...others] = fitting;
  if (first !== undefined) return others.reduce((newest, file) => (changedMs(file) > changedMs(newest) ? file : newest), first);
  const found = inFormat.length === 0 ? files.map((file) => file.format) : inFormat.map((file) => file.title);
  const named = [...new Set(found.filter((name) => name !== null))].slice(0, maxNames).join(", ");
  throw new FeedRefused("no-such-file", { format, found: named, ...(inFormat.length > 0 && titled !== undefined && { titled }) });
}

function wordsOf(text: string): readonly string[] {
  return foldTerm(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Returns the time of the file's last change in milliseconds. Reads a time without a zone as UTC, because CKAN writes times so. */
function changedMs({ changedAt }: PortalFile): number {
  if (changedAt === null) return Number.NEGATIVE_INFINITY;
  const hasTime = /T\d\d/.test(changedAt);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(changedAt);
  const instant = Date.parse(hasTime && !hasZone ? `${changedAt}Z` : changedAt);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}

/** A file of a dataset in a portal's answer. A missing value is null. */
export interface PortalFile {
  readonly title: string | null;
  readonly format: string | null;
  readonly url: string | null;
  /** Time of the last change, as written. */
  readonly changedAt: string | null;
}

/** A portal's answer about a dataset. */
interface PortalAnswer {
  readonly dataset: Omit<PortalDataset, "file" | "fileChangedAt">;
  readonly files: readonly PortalFile[];
}

/** Paths in the answers of each kind of portal. */
const shapes = {
  dataGouv: {
    files: "resources",
    title: "title",
    organisation: "organization.name",
    licence: "license",
    frequency: "frequency",
    fileTitle: "title",
    changed: ["last_modified", "created_at"],
  },
  ckan: {
    files: "result.resources",
    title: "result.title",
    organisation: "result.organization.title",
    licence: "result.license_id",
    frequency: "result.frequency",
    fileTitle: "name",
    changed: ["last_modified", "created"],
  },
} as const;

/** Longer texts are truncated, because reports show them. */
const maxTextLength = 500;

/**
 * Reads a portal's answer about a dataset. Ignores documentation files of data.gouv.fr. Throws `FeedUnreadable` if the answer has no list
 * of files.
 */
function readPortalAnswer(portal: Dataset["portal"], text: string): PortalAnswer {
  const shape = shapes[portal];
  const answer = parseJson(text);
  const listed = valueAt(answer, shape.files);
  if (!Array.isArray(listed)) throw new FeedUnreadable("no-such-path", { path: shape.files });
  return {
    dataset: {
      title: textAt(answer, shape.title),
      organisation: textAt(answer, shape.organisation),
      licence: textAt(answer, shape.licence),
      frequency: textAt(answer, shape.frequency),
    },
    files: listed
      .filter((file: unknown) => valueAt(file, "type") !== "documentation")
      .map((file: unknown) => ({
        title: textAt(file, shape.fileTitle),
        format: textAt(file, "format"),
        url: textAt(file, "url", Number.POSITIVE_INFINITY),
        changedAt: shape.changed.map((key) => textAt(file, key)).find((instant) => instant !== null) ?? null,
      })),
  };
}

function textAt(value: unknown, path: string, maxLength = maxTextLength): string | null {
  const found = valueAt(value, path);
  if (typeof found !== "string" || found.trim() === "") return null;
  return found.trim().slice(0, maxLength);
}
