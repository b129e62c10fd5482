/** What the compiler leaves behind and the build needs beside it: term files, fixtures, migrations. */
import { cpSync } from "node:fs";

for (const folder of ["mappings", "fixtures", "src/catalogue/schema/migrations", "src/console/assets"])
  cpSync(folder, `dist/${folder}`, { recursive: true });
