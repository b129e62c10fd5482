import { readFile } from "node:fs/promises";
import { valueAt } from "../../kit/expressions/field-path.ts";
import type { Dataset } from "../../kit/feed.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { FeedRefused, FeedUnreadable } from "../../model/run/run-error.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { linkedAddress } from "./page-addresses.ts";
import { parseJson } from "./parse-json.ts";

/** Address of the feed and the portal's description of its dataset. */
export interface DatasetFile {
  readonly url: URL;
  readonly dataset: PortalDataset;
}

/**
 * Finds the feed's file in the answer of the portal at `portal`. Throws `FeedUnreadable` if the answer is not a dataset, and `FeedRefused`
 * if there is no such file or its address is invalid.
 */
export async function findDatasetFile(wanted: Dataset, portal: URL, answer: FetchedPart): Promise<DatasetFile> {
  const text = new TextDecoder().decode(await readFile(answer.path)); // removes the BOM
  const { dataset, files } = readPortalAnswer(wanted.portal, text);
  const file = newestFile(files, wanted);
  const url = file.url === null ? null : linkedAddress(file.url, portal);
  if (url === null) throw new FeedRefused("address-refused", { host: "(unreadable address)", url: shownAddress(portal) });
  return { url, dataset: { ...dataset, file: file.title, fileChangedAt: file.changedAt } };
}

const maxNamed = 20;

/**
 * Returns the newest file with the dataset's format and the words of `titled` in its title. The first of equally old files wins; a file
 * without a date is the oldest. Throws `FeedRefused` (`no-such-file`) with the available formats, or with the titles of the files in the
 * format.
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
  const named = [...new Set(found.filter((name) => name !== null))].slice(0, maxNamed).join(", ");
  throw new FeedRefused("no-such-file", { format, found: named, ...(inFormat.length > 0 && titled !== undefined && { titled }) });
}

function wordsOf(text: string): readonly string[] {
  return foldTerm(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Returns the time of the file's last change in milliseconds. A time without zone is UTC, as CKAN writes it. */
function changedMs({ changedAt }: PortalFile): number {
  if (changedAt === null) return Number.NEGATIVE_INFINITY;
  const hasTime = /T\d\d/.test(changedAt);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(changedAt);
  const instant = Date.parse(hasTime && !hasZone ? `${changedAt}Z` : changedAt);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}

/** A file of a dataset, as the portal lists it; null if not given. */
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

/** Where each portal's answer has the title, the licence and the files. */
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

/** Reports show these texts: longer ones are cut. */
const maxTextLength = 500;

/**
 * Reads the portal's answer about a dataset. Documentation files of data.gouv.fr are ignored. Throws `FeedUnreadable` if no files are
 * listed.
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
