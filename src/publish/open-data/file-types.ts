/** The files of a dump and their media types, in the order in which they are shown. */
export const fileTypes = {
  "aides.csv": "text/csv; charset=utf-8",
  "aides.jsonl": "application/x-ndjson; charset=utf-8",
  "aides.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "sources.csv": "text/csv; charset=utf-8",
  "left-out.csv": "text/csv; charset=utf-8",
  SHA256SUMS: "text/plain; charset=utf-8",
} as const;

/** The description of all of them, which is made when it is asked for: it holds the address under which they are served. */
export const descriptionFile = { name: "catalogue.jsonld", type: "application/ld+json; charset=utf-8" } as const;
