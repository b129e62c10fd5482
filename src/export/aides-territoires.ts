import { aidesTerritoiresRecord } from "./aides-territoires-record.ts";
import { type AidSource, eachAid } from "./each-aid.ts";
import { isExported } from "./is-exported.ts";

/**
 * The catalogue as Aides-territoires' public API would answer it, JSON in pieces: `{ previous, next, results, count }`, one aid a line, in the
 * order given, whatever the licence (this goes to the site, it is no open data). `count` comes last, because aids are written as they are read:
 * memory does not grow with the catalogue. `importIdPrefixOf` gives a connector's prefix of `import_uniqueid`, `""` where it has none.
 */
export async function* exportAidesTerritoires(
  aids: AidSource,
  options: { readonly publishedOnly: boolean; readonly importIdPrefixOf: (connector: string) => string },
): AsyncGenerator<string> {
  let count = 0;
  yield '{"previous":null,"next":null,"results":[';
  for await (const aid of eachAid(aids)) {
    if (!isExported(aid, options.publishedOnly)) continue;
    const record = JSON.stringify(aidesTerritoiresRecord(aid, options.importIdPrefixOf(aid.connector)));
    yield `${count === 0 ? "\n" : ",\n"}${record}`;
    count++;
  }
  yield `${count === 0 ? "" : "\n"}],"count":${count}}\n`;
}
