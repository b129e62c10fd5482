import { isDeepStrictEqual } from "node:util";
import { aidFields } from "../../../src/model/aid/aid.ts";
import type { Bench, Field } from "../bench.ts";
import { doesNotApply, type EdgeCase } from "../edge-case.ts";
import type { Values } from "../own-feed.ts";
import type { BytesRun, Fate } from "../run-bytes.ts";
import { keyOf, valuePathsOf, withoutValueAt, withValueAt } from "../value-paths.ts";

const errorPage = `<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Site en maintenance</h1></body></html>`;

/** Returns "as without" or the counts. */
function countsInWords(bench: Bench, { error, received, valid, skipped, rejected }: BytesRun): string {
  if (error !== null) return `${error.outcome} ${error.code}`;
  const { plain } = bench;
  if (received === plain.received && valid === plain.valid) return "as without";
  return `${received} received, ${valid} kept${skipped > 0 ? `, ${skipped} skipped` : ""}${rejected > 0 ? `, ${rejected} rejected` : ""}`;
}

/** Empties everything that rules read, except what the record cannot do without. */
function emptied(bench: Bench, record: Values, how: "absent" | "null" | '""'): Values {
  const { records } = bench.feed;
  const paths = (fields: readonly Field[]) =>
    fields.flatMap((field) => valuePathsOf(bench.ruleOf(field) ?? { kind: "constant", value: "" }));
  const vital = paths(["externalId", "name"]);
  const vitalKeys = vital.map((path) => keyOf(path, records));
  const wanted = JSON.stringify(bench.connector.definition.keepWhen ?? null);
  const optional = [...new Set(paths(aidFields))].filter((path) => !vital.includes(path) && !wanted.includes(JSON.stringify(path)));
  return optional.reduce((rest, path) => {
    // Without vital fields under it, the whole key is emptied.
    const key = keyOf(path, records);
    const at = vitalKeys.includes(key) ? path : key;
    return how === "absent" ? withoutValueAt(rest, at, records) : withValueAt(rest, at, how === "null" ? null : "", records);
  }, record);
}

/** Cases that concern more than one field. */
export const wholeFeedCases: readonly EdgeCase[] = [
  {
    name: "feed: BOM",
    outcome: async (bench) => {
      if (bench.connector.definition.decode.format === "excel") return doesNotApply("a workbook has none");
      const bytes = bench.feed.write(bench.feed.records);
      const untouched = bench.feed.records.map((_, index) => index);
      return countsInWords(bench, await bench.runBytes("BOM", Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]), untouched));
    },
  },
  {
    name: "feed: no record",
    outcome: async (bench) => countsInWords(bench, await bench.runBytes("no record", bench.feed.write([]))),
  },
  {
    name: "feed: an HTML page",
    outcome: async (bench) => countsInWords(bench, await bench.runBytes("HTML page", Buffer.from(errorPage))),
  },
  {
    name: "feed: an object in place of the list",
    outcome: async (bench) => {
      const { writeJson, records } = bench.feed;
      if (writeJson === undefined || (bench.connector.definition.decode.format === "json" && bench.connector.definition.decode.lines))
        return doesNotApply("the format has no lists");
      const [index = 0] = bench.kept;
      return countsInWords(bench, await bench.runBytes("an object", writeJson(records[index])));
    },
  },
  {
    name: "record: null, absent and empty are the same",
    outcome: async (bench) => {
      const [index = 0] = bench.kept;
      const record = bench.feed.records[index] ?? {};
      const fates: (Fate | undefined)[] = [];
      for (const how of bench.feed.isJson ? (["absent", '""', "null"] as const) : (["absent", '""'] as const)) {
        const empty = emptied(bench, record, how);
        if (isDeepStrictEqual(empty, record)) return doesNotApply("nothing may be left out");
        fates.push((await bench.run(`all fields ${how}`, new Map([[index, empty]]))).fates[index]);
      }
      const [first] = fates;
      if (first?.kind !== "kept") return first?.kind === "rejected" ? `rejected ${first.codes.join(", ")}` : `${first?.kind}`;
      const differing = aidFields.filter((field) =>
        fates.some((fate) => fate?.kind !== "kept" || !isDeepStrictEqual(fate.content[field], first.content[field])),
      );
      if (differing.length > 0) return `kept, not the same: ${differing.join(", ")}`;
      const codes = first.issues.map(({ code, field }) => `${code} (${field})`);
      return ["kept, the same", ...new Set(codes)].join(" + ");
    },
  },
  {
    name: "record: a field that is not public",
    outcome: async (bench) => {
      const [index = 0] = bench.kept;
      const { definition } = bench.connector;
      const secret = "confidentiel-77";
      const hidden = definition.decode.format === "html" ? [] : definition.ignored.filter((key) => !key.startsWith("@"));
      if (definition.decode.format === "html") return doesNotApply("fields are those that the connector names");
      const added = { ...bench.feed.records[index], champNonPublie: secret, ...Object.fromEntries(hidden.map((key) => [key, secret])) };
      const run = await bench.run("not public", new Map([[index, added]]));
      if (run.error !== null) return `${run.error.outcome} ${run.error.code}`;
      const fate = run.fates[index];
      if (fate?.kind !== "kept") return fate?.kind === "skipped" ? `skipped: ${fate.reason}` : `${fate?.kind}`;
      const shown = aidFields.filter((field) => JSON.stringify(fate.content[field]).includes(secret));
      const told = run.unreadFields.includes("champNonPublie") ? ", told as unread" : ", told to nobody";
      return shown.length > 0 ? `shown in ${shown.join(", ")}` : `kept, not shown${told}`;
    },
  },
];
