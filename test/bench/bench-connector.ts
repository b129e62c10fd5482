import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { constant, date, html, identifier, join as joined, money, rate, split, terms, text, url } from "../../src/kit/index.ts";
import type { BenchFormat } from "./make-feed.ts";

/** Writes the bench's connectors, one for each format, into a folder for `MOISSON_CONNECTORS`. */
export async function writeBenchConnectors(folder: string): Promise<void> {
  await mkdir(join(folder, "connectors"), { recursive: true });
  for (const format of ["csv", "json", "xml", "excel"] as const) {
    await writeFile(join(folder, "connectors", `bench-${format}.json`), JSON.stringify(benchConnector(format)));
  }
}

const decode: Record<BenchFormat, ConnectorInput["decode"]> = {
  csv: { format: "csv", delimiter: ";", encoding: "utf-8" },
  json: { format: "json", recordPath: "aides" },
  xml: { format: "xml", recordPath: "/flux/aide" },
  excel: { format: "excel" },
};

/** Returns the connector of one format. */
export function benchConnector(format: BenchFormat): ConnectorInput {
  return {
    id: `bench-${format}`,
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
    feed: { url: "https://bench.example.org/aides" },
    // A feed of 1,000,000 records has 3 GB, more than the default allows.
    budget: { decodedMegabytes: 4_000 },
    decode: decode[format],
    ignored: ["reference"],
    fields: {
      externalId: identifier("id"),
      name: text("titre"),
      description: html(joined(["chapo", "texte"])),
      eligibility: html("criteres"),
      contact: html("contact"),
      originUrl: url("url"),
      applicationUrl: url("url_demande"),
      startDate: date("ouverture", ["dd/MM/yyyy"]),
      submissionDeadline: date("cloture", ["dd/MM/yyyy"]),
      recurrence: terms("recurrence", "recurrence"),
      aidTypes: terms(split("types", ","), "aidTypes"),
      targetedAudiences: terms(split("beneficiaires", ","), "targetedAudiences"),
      categories: terms(split("themes", ","), "categories"),
      mobilizationSteps: terms("etapes", "mobilizationSteps"),
      destinations: terms("depenses", "destinations"),
      subventionRateLowerBound: rate("taux", { bound: "lower" }),
      subventionRateUpperBound: rate("taux", { bound: "upper" }),
      loanAmount: money("plafond"),
      financers: constant([{ name: "Région Exemple", siren: null }]),
      perimeters: constant([{ scale: "region", code: "11" }]),
      sourceUpdatedDate: date("maj", ["iso"]),
    },
  };
}
