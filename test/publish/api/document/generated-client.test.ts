import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@hey-api/openapi-ts";
import { expect, onTestFinished, test } from "vitest";
import { madeKey } from "../../../support/api-keys.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { projectRoot } from "../../../support/loaded-connectors.ts";
import { importPublished } from "../../../support/published-aids.ts";
import { startedApi } from "../../../support/started-api.ts";

const run = promisify(execFile);

/** A reuser's program on the generated client. It uses the types, so that a missing member does not compile. */
const program = `
import { client } from "./client/client.gen.ts";
import { aidById, exchangeKey, listAids, listAudiences } from "./client/sdk.gen.ts";
import type { AidRecord, GoneAid } from "./client/types.gen.ts";

const [, , baseUrl = "", key = ""] = process.argv;
client.setConfig({ baseUrl });
const exchanged = await exchangeKey({ headers: { "X-AUTH-TOKEN": key } });
const token: string = exchanged.data?.token ?? "";
client.setConfig({ baseUrl, auth: token });

const isLive = (one: AidRecord | GoneAid): one is AidRecord => !("deleted" in one);
const aids: AidRecord[] = [];
let after: string | undefined;
let page = 1;
do {
  const { data, response } = await listAids({ query: { category_slugs: ["eau-potable", "sport"], itemsPerPage: 2, page, ...(after && { after }) } });
  if (data === undefined) throw new Error(String(response?.status));
  aids.push(...data.results.filter(isLive));
  const next: string | null = data.next;
  after = next === null ? undefined : new URL(next).searchParams.get("after") ?? undefined;
  page++;
} while (after !== undefined);

const codes: string[] = aids.flatMap(({ perimeters_full }) => perimeters_full.map(({ insee_code }) => insee_code ?? ""));
const one = await aidById({ path: { id: String(aids[0]?.id) } });
const wrong = await listAids({ query: { page: 0 } });
const named: string | undefined = wrong.error && "errors" in wrong.error ? wrong.error.errors?.[0]?.name : undefined;
const audiences = await listAudiences();
console.log(JSON.stringify({
  names: aids.map(({ name }) => name), codes: codes.length, one: one.data?.name, policy: one.response?.headers.get("ratelimit-policy"),
  wrong: named, audiences: audiences.data?.results.map(({ slug }) => slug),
}));
`;

const compilerOptions = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  skipLibCheck: false,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  types: ["node"],
  outDir: "built",
};

test("a client generated from the document compiles and reads the catalogue from a running API", { timeout: 180_000 }, async () => {
  const catalogue = await ownCatalogue();
  await importPublished(
    catalogue,
    "agence",
    Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, { name: `Aide ${id}`, ...(id === "e" && { categories: ["musee"] }) }])),
  );
  const { key } = await madeKey(catalogue);
  const api = await startedApi(catalogue);

  const folder = await mkdtemp(join(tmpdir(), "moisson-client-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "openapi.json"), await (await fetch(`${api.url}/api/openapi.json`)).text());
  await createClient({
    input: join(folder, "openapi.json"),
    output: { path: join(folder, "client"), importFileExtension: ".ts" },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
    logs: { level: "silent" },
  });
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(join(folder, "program.ts"), program);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["program.ts", "client"] }));
  const compiled = await run(process.execPath, [join(projectRoot, "node_modules/typescript/bin/tsc"), "-p", folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(compiled.stdout).toBe("");
  const { stdout } = await run(process.execPath, [join(folder, "built/program.js"), api.url, key]);
  expect(JSON.parse(stdout)).toEqual({
    names: expect.arrayContaining(["Aide a", "Aide b", "Aide c", "Aide d"]),
    codes: 4,
    one: expect.stringMatching(/^Aide [a-d]$/),
    policy: '"key";q=600;w=60',
    wrong: "page",
    audiences: expect.arrayContaining(["commune"]),
  });
});
