import { aidesTerritoiresRecord, type ImportSource } from "./aides-territoires-record.ts";
import { type AidSource, eachAid } from "./each-aid.ts";
import { isExported } from "./is-exported.ts";

/**
 * Writes the catalogue as Aides-territoires' public API would answer, JSON in pieces: `{ previous, next, results, count }`, one aid a
 * line, in the given order, under any licence (it is for the site, not open data). `count` comes last because aids are written as they are
 * read, in constant memory. `sourceOf` looks up connectors.
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
