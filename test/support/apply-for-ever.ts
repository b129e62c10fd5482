// Imports the catalogue of one connector batch by batch until the process is killed: `tsx apply-for-ever.ts <home>`. Prints "applied <n>"
// after each plan of 100 aids. Uses PostgreSQL if DATABASE_URL is set, else the embedded catalogue in home.
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { importAids, madeAid } from "./made-aids.ts";

const [home = ""] = process.argv.slice(2);
const catalogue = await openCatalogue({ databaseUrl: process.env.DATABASE_URL || undefined, home });
for (let batch = await catalogue.aids.count(); ; batch += 100) {
  const aids = Array.from({ length: 100 }, (_, index) => madeAid(String(batch + index), { description: "x".repeat(2000) }));
  await importAids(catalogue, "region-test", aids);
  process.stdout.write(`applied ${batch + 100}\n`);
}
