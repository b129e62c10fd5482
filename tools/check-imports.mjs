/**
 * Checks the imports of `src` and `connectors` against the rules of `.dependency-cruiser.cjs`, and checks the rules: an import that breaks
 * each of them must be reported, and every module must be read. With an unknown compiler, dependency-cruiser reads no module and reports
 * nothing.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";

/** Files with an import that breaks a rule. */
const wrongImports = [
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
  { rule: "partners-imports", files: { "src/partners/wrong-import.ts": "../curation/undo-run.ts" } },
  { rule: "partners/letters-imports", files: { "src/partners/letters/wrong-import.ts": "../../catalogue/open-catalogue.ts" } },
  { rule: "jobs/morning-imports", files: { "src/jobs/morning/wrong-import.ts": "../../ingest/run.ts" } },
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
  { rule: "catalogue-privacy", files: { "src/catalogue/wrong-door.ts": "../privacy/find-names.ts" } },
  { rule: "connectors", files: { "connectors/wrong-import.ts": "../src/kit/definition.ts" } },
  { rule: "database-libraries", files: { "src/jobs/digest/wrong-driver.ts": "pg" } },
  { rule: "queue-libraries", files: { "src/console/wrong-queue.ts": "bullmq" } },
  { rule: "web-framework", files: { "src/jobs/wrong-web.ts": "hono" } },
  { rule: "workbook-writer", files: { "src/jobs/wrong-workbook.ts": "exceljs" } },
  { rule: "no-circles", files: { "src/model/circle-a.ts": "./circle-b.ts", "src/model/circle-b.ts": "./circle-a.ts" } },
];

const projectRoot = fileURLToPath(new URL("..", import.meta.url));
const folders = ["src", "connectors"];

/** Reads a copy of the project with the wrong imports, so that the project never contains them. */
async function cruiseCopy() {
  const copy = mkdtempSync(join(tmpdir(), "moisson-imports-"));
  try {
    for (const name of [...folders, "package.json", "tsconfig.json", ".dependency-cruiser.cjs"])
      cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
    for (const [file, imported] of wrongImports.flatMap(({ files }) => Object.entries(files)))
      writeFileSync(join(copy, file), `import * as wrong from "${imported}";\nexport const made = wrong;\n`);
    process.chdir(copy);
    const options = await extractOptions("./.dependency-cruiser.cjs");
    const { output } = await cruise(folders, options, undefined, { tsConfig: extractTsConfig("./tsconfig.json") });
    return output.summary;
  } finally {
    process.chdir(projectRoot);
    rmSync(copy, { recursive: true, force: true });
  }
}

const modules = folders
  .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" }))
  .filter((file) => /\.tsx?$/.test(file)).length;
const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const { totalCruised, violations } = await cruiseCopy();
const isReported = ({ rule, files }) => violations.some(({ rule: { name }, from }) => name === rule && from in files);
const broken = wrongImports.filter(isReported).map(({ rule }) => rule);
const isPlanted = (file) => wrongImports.some(({ files }) => file in files);
const problems = [
  ...violations.filter(({ from }) => !isPlanted(from)).map(({ from, to, rule: { name } }) => `${from} imports ${to}: ${name}`),
  ...forbidden
    .filter(({ name }) => !broken.includes(name))
    .map(({ name }) => `the rule "${name}" reports no wrong import: add one to tools/check-imports.mjs, or correct the rule`),
  ...wrongImports.filter(({ rule }) => !broken.includes(rule)).map(({ rule }) => `no rule "${rule}" reports its wrong import`),
  ...(totalCruised < modules ? [`only ${totalCruised} of ${modules} modules were read`] : []),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems; ${modules} modules, ${forbidden.length} rules, each broken once on purpose\n`);
if (problems.length > 0) process.exitCode = 1;
