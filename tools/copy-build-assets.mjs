/** Copies files that the compiler ignores into the build: term files, fixtures, migrations, assets of the console. */
import { cpSync } from "node:fs";

for (const folder of ["mappings", "fixtures", "src/catalogue/schema/migrations", "src/console/assets"])
  cpSync(folder, `dist/${folder}`, { recursive: true });
