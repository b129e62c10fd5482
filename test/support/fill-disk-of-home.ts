// Opens an embedded catalogue on a small disk, fills the disk, writes, frees it and writes again: `tsx fill-disk-of-home.ts <home>`.
// Prints a line for each write, "written" or the error, and one for opening the catalogue on the full disk.

import { randomUUID } from "node:crypto";
import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CatalogueRefused } from "../../src/catalogue/connection/storage-failure.ts";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { RunError } from "../../src/model/run/run-error.ts";

const [home = ""] = process.argv.slice(2);
const filler = join(home, "..", "filler");
const say = (line: string) => process.stdout.write(`${line}\n`);
const problemOf = (error: unknown) => {
  if (error instanceof RunError) return `${error.code} ${error.params.reason}`;
  if (error instanceof CatalogueRefused) return `${error.code} ${error.message}`;
  return String(error);
};

const catalogue = await openCatalogue({ home });
const personId = randomUUID();
await catalogue.people.add({ personId, email: "a@exemple.fr", name: "a", role: null, by: "test", now: new Date() });
const write = async () => {
  say(await catalogue.sessions.addLink(personId, "sign-in", new Date()).then(() => "written", problemOf));
};
await write();
const chunk = Buffer.alloc(1024 * 1024);
for (let isFull = false; !isFull; )
  isFull = await appendFile(filler, chunk).then(
    () => false,
    () => true,
  );
await write();
await rm(filler);
await write();
await catalogue.close();
for (let isFull = false; !isFull; )
  isFull = await appendFile(filler, chunk).then(
    () => false,
    () => true,
  );
say(await openCatalogue({ home }).then(() => "opened", problemOf));
