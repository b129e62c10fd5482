/** Files of a dump with their media types, in display order. */
export const fileTypes = {
  "aides.csv": "text/csv; charset=utf-8",
  "aides.jsonl": "application/x-ndjson; charset=utf-8",
  "aides.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "aides-base-legale.csv": "text/csv; charset=utf-8",
  "aides-base-legale.jsonl": "application/x-ndjson; charset=utf-8",
  "sources.csv": "text/csv; charset=utf-8",
  "left-out.csv": "text/csv; charset=utf-8",
  SHA256SUMS: "text/plain; charset=utf-8",
} as const;

/** The description of all files, made on request because it contains the address of the API. */
export const descriptionFile = { name: "catalogue.jsonld", type: "application/ld+json; charset=utf-8" } as const;
