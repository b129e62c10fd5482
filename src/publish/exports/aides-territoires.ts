import { aidesTerritoiresRecord, type ImportSource } from "./aides-territoires-record.ts";
import { type AidSource, eachAid } from "./each-aid.ts";
import { isExported } from "./is-exported.ts";

/**
 * The catalogue as Aides-territoires' public API would answer it, JSON in pieces: `{ previous, next, results, count }`, one aid a line, in the
 * order given, whatever the licence (this goes to the site, it is no open data). `count` comes last, because aids are written as they are read:
 * memory does not grow with the catalogue. `sourceOf` knows connectors.
 */
export async function* exportAidesTerritoires(
  aids: AidSource,
  options: { readonly publishedOnly: boolean; readonly sourceOf: (connector: string) => ImportSource },
): AsyncGenerator<string> {
  let count = 0;
  yield '{"previous":null,"next":null,"results":[';
  for await (const aid of eachAid(aids)) {
    if (!isExported(aid, options.publishedOnly)) continue;
    const record = JSON.stringify(aidesTerritoiresRecord(aid, options.sourceOf(aid.connector)));
    yield `${count === 0 ? "\n" : ",\n"}${record}`;
    count++;
  }
  yield `${count === 0 ? "" : "\n"}],"count":${count}}\n`;
}
