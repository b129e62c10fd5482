/** Copies files that the compiler ignores into the build: term files, fixtures, migrations, assets of the console. Stores its commit. */
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";

for (const folder of ["mappings", "fixtures", "src/catalogue/schema/migrations", "src/console/assets"])
  cpSync(folder, `dist/${folder}`, { recursive: true });

writeFileSync("dist/build.json", `${JSON.stringify({ commit: process.env.COMMIT || commitOfCheckout() })}\n`);

/** Returns the commit, with `-dirty` after it if files have changed; null outside a checkout, as in the build of the image. */
function commitOfCheckout() {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"], options).trim();
  } catch {
    return null;
  }
}
