import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "./support/loaded-connectors.ts";

const run = promisify(execFile);
/** A copy, so that the wrong import never lies in the project. */
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
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
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
  it("hold, and every module was read: a compiler that the tool does not know gives 0 modules and no violations", async () => {
    const { summary } = await cruise();
    const ours = [join(copy, "src"), join(copy, "connectors")]
      .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }))
      .filter((file) => file.endsWith(".ts"));
    expect(summary.violations.map((violation) => violation.rule.name)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(ours.length);
  });

  it("refuses a wrong import", async () => {
    const wrong = 'import { readConfig } from "../platform/config.ts";\nexport const wrong = readConfig;\n';
    await writeFile(join(copy, "src/model/wrong-import.ts"), wrong);
    const { summary } = await cruise();
    expect(summary.violations.map((violation) => violation.rule.name)).toContain("model-imports");
  });
});
