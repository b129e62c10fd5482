/**
 * Which room may import which. `npm run check:imports` refuses anything else; docs/architecture.md has the picture.
 * It also breaks each rule once on purpose (tools/check-imports.mjs), and proves that every module was read.
 */
const rule = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** Room -> rooms it may import. A file belongs to the deepest room that contains it. Anything not listed is refused. */
const mayImport = {
  model: [],
  kit: ["model"],
  suggest: ["model", "kit"],
  platform: [],
  catalogue: ["model", "platform", "privacy"],
  privacy: ["model", "kit"],
  registry: ["model", "kit", "registry/terms"],
  "registry/terms": ["model", "kit", "registry"],
  survey: ["model", "kit", "registry", "registry/terms", "ingest", "privacy", "platform", "suggest"],
  "cli/english": ["model", "kit", "registry/terms", "survey", "publish/exports"],
  ingest: ["model", "kit", "suggest", "catalogue", "platform"],
  curation: ["model", "kit", "suggest", "catalogue", "curation/adoption"],
  "curation/adoption": ["model", "kit", "publish/exports"],
  partners: [...["model", "kit", "catalogue", "platform", "privacy", "ingest", "partners/letters", "french"]],
  "partners/letters": ["model", "kit"],
  "jobs/schedule": ["model", "kit"],
  "jobs/links": ["model", "catalogue", "platform"],
  "jobs/radar": ["model", "kit", "catalogue", "platform", "registry", "survey", "ingest", "jobs/schedule"],
  "jobs/morning": ["model", "kit", "catalogue", "registry", "jobs/schedule"],
  "jobs/digest": ["model", "catalogue", "platform", "registry", "registry/terms", "jobs/schedule", "jobs/morning", "french"],
  "jobs/notifications": ["model", "catalogue", "platform", "privacy", "jobs/schedule", "jobs/morning", "jobs/digest", "french"],
  "jobs/entry": [...["model", "kit", "catalogue", "registry", "ingest", "curation", "partners", "publish/exports", "french", "jobs"]],
  jobs: [
    ...["model", "kit", "suggest", "catalogue", "platform", "registry", "survey", "ingest", "privacy", "publish/open-data"],
    ...[
      "curation",
      "french",
      "jobs/schedule",
      "jobs/morning",
      "jobs/digest",
      "jobs/notifications",
      "jobs/links",
      "jobs/radar",
      "jobs/entry",
    ],
  ],
  "publish/exports": ["model", "kit"],
  "publish/open-data": ["model", "kit", "catalogue", "platform", "privacy", "publish/exports", "french"],
  "publish/api": ["model", "kit", "catalogue", "platform", "privacy", "publish/exports", "publish/open-data", "french"],
  french: ["model", "kit", "registry/terms"],
  console: [
    ...["model", "kit", "catalogue", "platform", "privacy", "ingest", "curation", "partners", "partners/letters", "french"],
    ...["registry", "registry/terms", "survey", "publish/exports", "publish/open-data", "suggest"],
    ...["jobs", "jobs/schedule", "jobs/morning", "jobs/digest", "jobs/notifications", "jobs/links", "jobs/radar", "jobs/entry"],
  ],
  cli: ["**"],
};
const room = (name) => `^src/${name}/`;
const rooms = Object.keys(mayImport);
/** Matches the files of a room, those of deeper rooms left out. */
const filesOf = (name) => {
  const deeper = rooms.filter((other) => other.startsWith(`${name}/`)).map((other) => other.slice(name.length + 1));
  return deeper.length === 0 ? room(name) : `^src/${name}/(?!(${deeper.join("|")})/)`;
};
const stages = ["fetch", "decode", "map", "validate", "plan", "report"];
const pureStages = ["decode", "map", "validate", "plan", "report"];

module.exports = {
  forbidden: [
    ...Object.entries(mayImport)
      .filter(([, allowed]) => !allowed.includes("**"))
      .map(([name, allowed]) =>
        rule(
          `${name}-imports`,
          { path: filesOf(name) },
          { path: "^(src|connectors|test)/", pathNot: [name, ...allowed].map(filesOf) },
          `${name} may import ${allowed.join(", ") || "no other room"}`,
        ),
      ),
    ...stages.map((stage) =>
      rule(
        `stage-${stage}`,
        { path: `^src/ingest/${stage}/` },
        { path: "^src/ingest/", pathNot: `^src/ingest/${stage}/` },
        "a stage never imports another stage, nor what calls it",
      ),
    ),
    rule(
      "pure-stages",
      { path: `^src/ingest/(${pureStages.join("|")})/` },
      { path: "^src/(platform|catalogue|french|english)/", pathNot: "^src/platform/limited-thread\\.ts$" },
      "pure: no database, clock, logger; threads are allowed",
    ),
    rule(
      "catalogue-doors",
      {
        path: "^src/ingest/",
        pathNot:
          "^src/ingest/(run|run-inputs|run-heartbeat|ingestion-run|build-plan|recognise-aids|gather-guard-facts|find-renames|find-elsewhere|obtain-feed|read-feed|reader-threads?)\\.ts$",
      },
      { path: room("catalogue") },
      "only run.ts and the files it is made of reach the catalogue",
    ),
    rule(
      "survey-doors",
      { path: "^src/survey/(?!(sample|write)/)" },
      { path: "^src/(ingest|privacy)/", pathNot: "^src/(ingest/decode/|privacy/recognise-people\\.ts$)" },
      "a survey decodes and recognises people, and asks nobody",
    ),
    rule(
      "catalogue-privacy",
      { path: "^src/catalogue/(?!forgetting/)" },
      { path: room("privacy"), pathNot: "^src/privacy/without-people-in-aid\\.ts$" },
      "people are forgotten in forgetting; the index tells apart what anybody may read, and no more of privacy",
    ),
    rule(
      "connectors",
      { path: "^connectors/" },
      { path: "^(src|test)/", pathNot: "^src/kit/index\\.ts$" },
      "a connector imports moisson/connector-kit only",
    ),
    rule(
      "database-libraries",
      { path: "^src/", pathNot: "^src/(catalogue/|platform/postgresql-client\\.ts$)" },
      { path: "node_modules/(drizzle-orm|pg|pg-[a-z-]+|postgres|@electric-sql)/" },
      "the database is behind the catalogue",
    ),
    rule(
      "queue-libraries",
      { path: "^src/", pathNot: room("jobs") },
      { path: "node_modules/(bullmq|ioredis)/" },
      "the queue is behind jobs",
    ),
    rule(
      "web-framework",
      { path: "^src/", pathNot: "^src/(console|publish/api)/" },
      { path: "node_modules/(hono|@hono|openid-client|rate-limiter-flexible)/" },
      "the web is behind the console and the API",
    ),
    rule(
      "workbook-writer",
      { path: "^src/", pathNot: "^src/(console|publish/exports|jobs/entry)/" },
      { path: "node_modules/exceljs/" },
      "workbooks are written by the console, by exports and for entered aids",
    ),
    rule("no-circles", {}, { circular: true }, "a circle hides an order"),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["development", "import", "node", "default"] },
  },
};
