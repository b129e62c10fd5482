import { valueAt } from "../../kit/expressions/field-path.ts";
import type { Dataset } from "../../kit/feed.ts";
import type { PortalDataset } from "../../model/run/portal-dataset.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

/** A file of a dataset, as the portal lists it; null if not given. */
export interface PortalFile {
  readonly title: string | null;
  readonly format: string | null;
  readonly url: string | null;
  /** Time of the last change, as written. */
  readonly changedAt: string | null;
}

/** A portal's answer about a dataset. */
export interface PortalAnswer {
  readonly dataset: Omit<PortalDataset, "file" | "fileChangedAt">;
  readonly files: readonly PortalFile[];
}

/** Paths of the facts in the answer of each portal. */
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
const longestText = 500;

/**
 * Reads the answer of `datasetAddress`. Documentation files of data.gouv.fr are ignored. Throws `FeedUnreadable` if no files are listed.
 */
export function readPortalAnswer(portal: Dataset["portal"], text: string): PortalAnswer {
  const shape = shapes[portal];
  const answer = parsedJson(text);
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

function textAt(value: unknown, path: string, longest = longestText): string | null {
  const found = valueAt(value, path);
  if (typeof found !== "string" || found.trim() === "") return null;
  return found.trim().slice(0, longest);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
