import type { FileToBring } from "../../model/run/digest.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { fileDueAt } from "../schedule/file-due.ts";

/** Returns the due files of connectors fed by hand. `brought`: time of each connector's last file. */
export function filesToBring(connectors: readonly LoadedConnector[], brought: ReadonlyMap<string, Date>, now: Date): FileToBring[] {
  return connectors.flatMap(({ definition }) => {
    const { id, publisher, rhythm } = definition;
    const last = brought.get(id) ?? null;
    const due = fileDueAt(definition, last);
    if (rhythm === undefined || due === null || due > now) return [];
    return [{ connector: id, publisher: publisher.name, everyDays: rhythm.everyDays, lastAt: last?.toISOString() ?? null }];
  });
}
