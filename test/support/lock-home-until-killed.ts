// Opens or locks an embedded catalogue until it is killed: `tsx lock-home-until-killed.ts lock|open <home>`. Prints "held", or
// "refused <message>" and ends.

import { lockHome } from "../../src/catalogue/connection/lock-home.ts";
import { CatalogueRefused } from "../../src/catalogue/connection/storage-failure.ts";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";

const [what, home = ""] = process.argv.slice(2);
try {
  if (what === "open") await openCatalogue({ home });
  else await lockHome(home);
  process.stdout.write("held\n");
  setInterval(() => undefined, 1000);
} catch (error) {
  if (!(error instanceof CatalogueRefused)) throw error;
  process.stdout.write(`refused ${error.message}\n`);
}
