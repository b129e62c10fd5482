import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { territoriesAround } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { ApiVisit } from "../api-route.ts";
import type { Commune } from "./find-commune.ts";

/** What the sources of an answer cover for a commune, and what they leave out. */
export interface Coverage {
  /** Sources whose territory contains the commune, by name. `readOn`: day of the last applied run, `YYYY-MM-DD`. */
  readonly sources: readonly { readonly name: string; readonly readOn: string }[];
  /** Names of the department and region of which no source is read. */
  readonly absent: readonly string[];
  /** The department, or overseas collectivity, whose préfecture decides on the State's grants. Null if it is unknown. */
  readonly prefecture: Perimeter | null;
}

/** Reads what the sources cover for a commune. */
export async function readCoverage({ services }: ApiVisit, commune: Commune): Promise<Coverage> {
  const own = { scale: "commune", code: commune.code } as const;
  const around = territoriesAround(own);
  const containing = new Set([own, ...around, ...commune.basins].map(({ scale, code }) => `${scale}:${code}`));
  const days = new Map((await services.catalogue.appliedRuns.lastTimes()).map(({ connector, appliedAt }) => [connector, appliedAt]));
  const read = (await services.connectors()).flatMap(({ definition: { id, publisher, title } }) => {
    const at = days.get(id);
    const territory = `${publisher.territory.scale}:${publisher.territory.code}`;
    if (at === undefined || !containing.has(territory)) return [];
    return [{ name: title === undefined ? publisher.name : `${publisher.name}, ${title}`, readOn: parisDay(at), territory }];
  });
  const covered = new Set(read.map(({ territory }) => territory));
  const isOwn = ({ scale }: Perimeter) => scale === "department" || scale === "region" || scale === "collectivity";
  const absent = around.filter((territory) => isOwn(territory) && !covered.has(`${territory.scale}:${territory.code}`));
  return {
    sources: read.map(({ name, readOn }) => ({ name, readOn })).sort((one, other) => one.name.localeCompare(other.name, "fr")),
    absent: [...new Set(absent.map(({ name }) => name))],
    prefecture: around.find(({ scale }) => scale === "department" || scale === "collectivity") ?? null,
  };
}
