import { isDeepStrictEqual } from "node:util";
import { aidFields } from "../../../src/model/aid/aid.ts";
import { doesNotApply, type EdgeCase } from "../edge-case.ts";
import type { Field, Harness } from "../harness.ts";
import type { Values } from "../own-feed.ts";
import type { BytesRun, Fate } from "../run-bytes.ts";
import { keyOf, valuePathsOf, withoutValueAt, withValueAt } from "../value-paths.ts";

const errorPage = `<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Site en maintenance</h1></body></html>`;

/** Returns "as without" or the counts. */
function countsInWords(harness: Harness, { error, received, valid, skipped, rejected }: BytesRun): string {
  if (error !== null) return `${error.outcome} ${error.code}`;
  const { plain } = harness;
  if (received === plain.received && valid === plain.valid) return "as without";
  return `${received} received, ${valid} kept${skipped > 0 ? `, ${skipped} skipped` : ""}${rejected > 0 ? `, ${rejected} rejected` : ""}`;
}

/** Empties all fields that rules read, except those that every record needs. */
function emptied(harness: Harness, record: Values, how: "absent" | "null" | '""'): Values {
  const { records } = harness.feed;
  const paths = (fields: readonly Field[]) =>
    fields.flatMap((field) => valuePathsOf(harness.ruleOf(field) ?? { kind: "constant", value: "" }));
  const vital = paths(["externalId", "name"]);
  const vitalKeys = vital.map((path) => keyOf(path, records));
  const wanted = JSON.stringify(harness.connector.definition.keepWhen ?? null);
  const optional = [...new Set(paths(aidFields))].filter((path) => !vital.includes(path) && !wanted.includes(JSON.stringify(path)));
  return optional.reduce((rest, path) => {
    // The whole key is emptied if no needed field is below it.
    const key = keyOf(path, records);
    const at = vitalKeys.includes(key) ? path : key;
    return how === "absent" ? withoutValueAt(rest, at, records) : withValueAt(rest, at, how === "null" ? null : "", records);
  }, record);
}

/** Cases that concern more than one field. */
export const wholeFeedCases: readonly EdgeCase[] = [
  {
    name: "feed: BOM",
    outcome: async (harness) => {
      if (harness.connector.definition.decode.format === "excel") return doesNotApply("a workbook has none");
      const bytes = harness.feed.write(harness.feed.records);
      const untouched = harness.feed.records.map((_, index) => index);
      return countsInWords(harness, await harness.runBytes("BOM", Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]), untouched));
    },
  },
  {
    name: "feed: no record",
    outcome: async (harness) => countsInWords(harness, await harness.runBytes("no record", harness.feed.write([]))),
  },
  {
    name: "feed: an HTML page",
    outcome: async (harness) => countsInWords(harness, await harness.runBytes("HTML page", Buffer.from(errorPage))),
  },
  {
    name: "feed: an object in place of the list",
    outcome: async (harness) => {
      const { writeJson, records } = harness.feed;
      if (writeJson === undefined || (harness.connector.definition.decode.format === "json" && harness.connector.definition.decode.lines))
        return doesNotApply("the format has no lists");
      const [index = 0] = harness.kept;
      return countsInWords(harness, await harness.runBytes("an object", writeJson(records[index])));
    },
  },
  {
    name: "record: null, absent and empty are the same",
    outcome: async (harness) => {
      const [index = 0] = harness.kept;
      const record = harness.feed.records[index] ?? {};
      const fates: (Fate | undefined)[] = [];
      for (const how of harness.feed.isJson ? (["absent", '""', "null"] as const) : (["absent", '""'] as const)) {
        const empty = emptied(harness, record, how);
        if (isDeepStrictEqual(empty, record)) return doesNotApply("nothing may be left out");
        fates.push((await harness.run(`all fields ${how}`, new Map([[index, empty]]))).fates[index]);
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
    outcome: async (harness) => {
      const [index = 0] = harness.kept;
      const { definition } = harness.connector;
      const secret = "confidentiel-77";
      const hidden = definition.decode.format === "html" ? [] : definition.ignored.filter((key) => !key.startsWith("@"));
      if (definition.decode.format === "html") return doesNotApply("fields are those that the connector names");
      const added = { ...harness.feed.records[index], champNonPublie: secret, ...Object.fromEntries(hidden.map((key) => [key, secret])) };
      const run = await harness.run("not public", new Map([[index, added]]));
      if (run.error !== null) return `${run.error.outcome} ${run.error.code}`;
      const fate = run.fates[index];
      if (fate?.kind !== "kept") return fate?.kind === "skipped" ? `skipped: ${fate.reason}` : `${fate?.kind}`;
      const shown = aidFields.filter((field) => JSON.stringify(fate.content[field]).includes(secret));
      const told = run.unreadFields.includes("champNonPublie") ? ", told as unread" : ", told to nobody";
      return shown.length > 0 ? `shown in ${shown.join(", ")}` : `kept, not shown${told}`;
    },
  },
];
