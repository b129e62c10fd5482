import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "./support/loaded-connectors.ts";

const run = promisify(execFile);
/** Files with an import that breaks a rule. */
const wrongImports: readonly { readonly rule: string; readonly files: Readonly<Record<string, string>> }[] = [
  { rule: "model-imports", files: { "src/model/wrong-import.ts": "../platform/config.ts" } },
  { rule: "kit-imports", files: { "src/kit/wrong-import.ts": "../platform/config.ts" } },
  { rule: "suggest-imports", files: { "src/suggest/wrong-import.ts": "../platform/config.ts" } },
  { rule: "platform-imports", files: { "src/platform/wrong-import.ts": "../kit/definition.ts" } },
  { rule: "catalogue-imports", files: { "src/catalogue/wrong-import.ts": "../kit/definition.ts" } },
  { rule: "privacy-imports", files: { "src/privacy/wrong-import.ts": "../registry/check-connector.ts" } },
  { rule: "registry-imports", files: { "src/registry/wrong-import.ts": "../catalogue/open-catalogue.ts" } },
  { rule: "registry/terms-imports", files: { "src/registry/terms/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "survey-imports", files: { "src/survey/wrong-import.ts": "../curation/undo-run.ts" } },
  { rule: "ingest-imports", files: { "src/ingest/wrong-import.ts": "../registry/check-connector.ts" } },
  { rule: "curation-imports", files: { "src/curation/wrong-import.ts": "../ingest/run.ts" } },
  { rule: "curation/adoption-imports", files: { "src/curation/adoption/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "partners-imports", files: { "src/partners/wrong-import.ts": "../ingest/run.ts" } },
  { rule: "partners/letters-imports", files: { "src/partners/letters/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "jobs/schedule-imports", files: { "src/jobs/schedule/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "jobs/links-imports", files: { "src/jobs/links/wrong-import.ts": "../../registry/check-connector.ts" } },
  { rule: "jobs/radar-imports", files: { "src/jobs/radar/wrong-import.ts": "../../curation/undo-run.ts" } },
  { rule: "jobs/digest-imports", files: { "src/jobs/digest/wrong-import.ts": "../../ingest/run.ts" } },
  { rule: "jobs/notifications-imports", files: { "src/jobs/notifications/wrong-import.ts": "../../registry/check-connector.ts" } },
  { rule: "jobs/entry-imports", files: { "src/jobs/entry/wrong-import.ts": "../../platform/config.ts" } },
  { rule: "jobs-imports", files: { "src/jobs/wrong-import.ts": "../publish/exports/french-csv.ts" } },
  { rule: "publish/exports-imports", files: { "src/publish/exports/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "publish/open-data-imports", files: { "src/publish/open-data/wrong-import.ts": "../../ingest/run.ts" } },
  { rule: "publish/api-imports", files: { "src/publish/api/wrong-import.ts": "../../ingest/run.ts" } },
  { rule: "french-imports", files: { "src/french/wrong-import.ts": "../catalogue/open-catalogue.ts" } },
  { rule: "cli/english-imports", files: { "src/cli/english/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "console-imports", files: { "src/console/wrong-import.ts": "../cli/main.ts" } },
  { rule: "stage-fetch", files: { "src/ingest/fetch/wrong-stage.ts": "../plan/guards.ts" } },
  { rule: "stage-decode", files: { "src/ingest/decode/wrong-stage.ts": "../plan/guards.ts" } },
  { rule: "stage-map", files: { "src/ingest/map/wrong-stage.ts": "../plan/guards.ts" } },
  { rule: "stage-validate", files: { "src/ingest/validate/wrong-stage.ts": "../plan/guards.ts" } },
  { rule: "stage-plan", files: { "src/ingest/plan/wrong-stage.ts": "../report/run-tally.ts" } },
  { rule: "stage-report", files: { "src/ingest/report/wrong-stage.ts": "../plan/guards.ts" } },
  { rule: "pure-stages", files: { "src/ingest/plan/wrong-import.ts": "../../platform/config.ts" } },
  { rule: "catalogue-doors", files: { "src/ingest/wrong-door.ts": "../catalogue/open-catalogue.ts" } },
  { rule: "survey-doors", files: { "src/survey/wrong-door.ts": "../ingest/run.ts" } },
  { rule: "suggest-doors", files: { "src/suggest/wrong-door.ts": "../privacy/find-names.ts" } },
  { rule: "catalogue-privacy", files: { "src/catalogue/wrong-door.ts": "../privacy/find-names.ts" } },
  { rule: "connectors", files: { "connectors/wrong-import.ts": "../src/kit/definition.ts" } },
  { rule: "database-libraries", files: { "src/jobs/digest/wrong-driver.ts": "pg" } },
  { rule: "queue-libraries", files: { "src/console/wrong-queue.ts": "bullmq" } },
  { rule: "web-framework", files: { "src/jobs/wrong-web.ts": "hono" } },
  { rule: "workbook-writer", files: { "src/jobs/wrong-workbook.ts": "exceljs" } },
  { rule: "no-circles", files: { "src/model/circle-a.ts": "./circle-b.ts", "src/model/circle-b.ts": "./circle-a.ts" } },
];

/** A copy of the project, so that the project never contains the wrong imports. */
const copy = await mkdtemp(join(tmpdir(), "moisson-imports-"));
for (const name of ["src", "connectors", "package.json", "tsconfig.json", ".dependency-cruiser.cjs"]) {
  await cp(join(projectRoot, name), join(copy, name), { recursive: true });
}
await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
afterAll(() => rm(copy, { recursive: true, force: true }));

interface Cruise {
  readonly summary: {
    readonly error: number;
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

async function cruise(): Promise<Cruise> {
  const args = [
    join(projectRoot, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    ...["--config", ".dependency-cruiser.cjs", "--output-type", "json", "src", "connectors"],
  ];
  const { stdout } = await run(process.execPath, args, { cwd: copy, maxBuffer: 64 * 1024 ** 2 }).catch(
    (failed: { stdout: string }) => failed,
  );
  return JSON.parse(stdout) as Cruise;
}

describe("import directions", () => {
  it("are enforced: a wrong import breaks each rule, and nothing else does", { timeout: 120_000 }, async () => {
    const config = createRequire(import.meta.url)(join(projectRoot, ".dependency-cruiser.cjs")) as {
      readonly forbidden: readonly { readonly name: string }[];
    };
    const rules = config.forbidden.map(({ name }) => name);
    for (const { files } of wrongImports) {
      for (const [file, imported] of Object.entries(files)) {
        await writeFile(join(copy, file), `import * as wrong from "${imported}";\nexport const made = wrong;\n`);
      }
    }
    const { summary } = await cruise();
    const modules = [join(copy, "src"), join(copy, "connectors")]
      .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }))
      .filter((file) => file.endsWith(".ts"));
    // With an unknown compiler, the tool reads no module and reports no violation.
    expect(summary.totalCruised).toBeGreaterThanOrEqual(modules.length);
    const wrongFiles = wrongImports.flatMap(({ files }) => Object.keys(files));
    expect(summary.violations.map(({ from }) => from).filter((from) => !wrongFiles.includes(from))).toEqual([]);
    const broken = wrongImports.filter(({ rule, files }) =>
      summary.violations.some((violation) => violation.rule.name === rule && violation.from in files),
    );
    expect(broken.map(({ rule }) => rule).sort()).toEqual([...rules].sort());
  });
});
