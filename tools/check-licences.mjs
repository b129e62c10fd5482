/**
 * Checks the licence of every package that an installation contains, as the software bill of materials lists them (`npm run sbom` writes it).
 * Fails if a licence is missing, or not known to be compatible with MIT.
 */
import { execFileSync } from "node:child_process";

const compatible = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
  "Zlib",
]);
/** Packages whose manifest does not name a licence of the SPDX list, with what their licence file says. */
const checkedByHand = {
  "@gouvfr/dsfr": "MIT for code; terms of its own for the State's font and marks, which only sites of the State may use",
};

const bill = JSON.parse(
  execFileSync("npx", ["--no-install", "cyclonedx-npm", "--omit", "dev", "--output-reproducible"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }),
);
const packages = bill.components.flatMap(function all(one) {
  return [one, ...(one.components ?? []).flatMap(all)];
});
const refused = packages.flatMap((one) => {
  const name = one.group === undefined ? one.name : `${one.group}/${one.name}`;
  const licences = (one.licenses ?? []).map(({ expression, license }) => expression ?? license.id ?? license.name);
  return name in checkedByHand || (licences.length > 0 && licences.every(isCompatible))
    ? []
    : [`${name} ${one.version}: ${licences.join(", ") || "no licence"}`];
});

/** Reads SPDX expressions with one operator: one licence of an OR, all licences of an AND. */
function isCompatible(expression) {
  const bare = expression.replace(/^\((.*)\)$/, "$1");
  return bare.includes(" OR ") ? bare.split(" OR ").some(isCompatible) : bare.split(" AND ").every((licence) => compatible.has(licence));
}

for (const line of refused) process.stderr.write(`${line}\n`);
process.stdout.write(`${packages.length} packages, ${refused.length} with a licence to check\n`);
process.exitCode = packages.length > 0 && refused.length === 0 ? 0 : 1;
