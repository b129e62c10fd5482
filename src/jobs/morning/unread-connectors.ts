import path from "node:path";
import type { Digest, FileProblem, LeftBehind, RefusedFile } from "../../model/run/digest.ts";
import type { ConnectorActivity } from "../../model/run/silence.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import type { RegistryProblem } from "../../registry/registry-error.ts";

/** Folder of shared term files. */
const shared = "shared";

/**
 * Returns refused files, and connectors with aids whose file is gone, without paths of the machine. If a shared term file is refused, no
 * connector is read and missing files are unknown.
 */
export function unreadConnectors(
  { connectors, problems }: ReadConnectors,
  activities: readonly ConnectorActivity[],
): Pick<Digest["ops"], "refusedFiles" | "gone"> {
  const activityOf = new Map(activities.map((activity) => [activity.connector, activity]));
  const run = new Set(connectors.map(({ definition }) => definition.id));
  const byFile = new Map<string, RegistryProblem[]>();
  for (const problem of problems) byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), problem]);
  const places = new Map(
    [...byFile].map(([file, [problem]]) => [file, problem?.version === undefined ? placeOf(file) : versionPlace(file, problem.version)]),
  );
  const folders = new Set(
    [...connectors.map(({ folder }) => folder), ...[...places.values()].map(({ folder }) => folder)].filter((folder) => folder !== null),
  );
  const refusedFiles = [...byFile].map(([written, wrong]): RefusedFile => {
    const { file, connector, version } = places.get(written) ?? placeOf(written);
    return {
      file,
      connector,
      ...(version !== undefined && { version }),
      isRun: connector !== null && run.has(connector),
      ...leftBehind(connector === null ? undefined : activityOf.get(connector)),
      problems: wrong.map((problem) => fileProblem(problem, folders)),
    };
  });
  const refused = new Set(refusedFiles.map(({ connector }) => connector));
  const gone = activities.filter(({ connector, appliedAt }) => appliedAt !== null && !run.has(connector) && !refused.has(connector));
  return {
    refusedFiles,
    gone: refused.has(null) ? [] : gone.map((one) => ({ connector: one.connector, publisher: one.connector, ...leftBehind(one) })),
  };
}

interface Place {
  readonly folder: string | null;
  readonly file: string;
  readonly connector: string | null;
  readonly version?: number;
}

function versionPlace(file: string, { connector, number }: NonNullable<RegistryProblem["version"]>): Place {
  return { folder: null, file, connector, version: number };
}

/** Parses the path of a file: `<folder>/connectors/<id>.<ext>` or `<folder>/mappings/<id>/<vocabulary>.csv`. */
function placeOf(file: string): Place {
  const room = path.dirname(file);
  const isTermFile = path.basename(path.dirname(room)) === "mappings";
  const folder = path.dirname(isTermFile ? path.dirname(room) : room);
  const owner = isTermFile ? path.basename(room) : path.parse(file).name;
  return { folder, file: path.relative(folder, file).split(path.sep).join("/"), connector: isTermFile && owner === shared ? null : owner };
}

function fileProblem({ line, key, message, didYouMean }: RegistryProblem, folders: ReadonlySet<string>): FileProblem {
  return { line: line ?? null, key: key || null, message: withoutFolders(message, folders), didYouMean: didYouMean ?? null };
}

/** Shortens paths in an error message to the folder of connectors. */
function withoutFolders(message: string, folders: ReadonlySet<string>): string {
  const longestFirst = [...folders].filter((folder) => path.isAbsolute(folder)).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, folder) => text.replaceAll(`file://${folder}/`, "").replaceAll(`${folder}/`, ""), message);
}

function leftBehind(activity: ConnectorActivity | undefined): LeftBehind {
  return { appliedAt: activity?.appliedAt ?? null, liveAids: activity?.liveAids ?? 0 };
}
