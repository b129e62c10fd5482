/**
 * Who may import whom. The picture is in docs/architecture.md; `npm run check:imports` refuses anything else.
 * A test (test/import-directions.test.ts) proves that a wrong import is refused and that all modules are read.
 */
const room = (name) => `^src/${name}/`;
const rule = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** What the console may import, and the command line too. */
const underConsole = [
  "jobs",
  "schedule",
  "digest",
  "links",
  "letters",
  "privacy",
  "curation",
  "terms",
  "survey",
  "registry",
  "pipeline",
  "catalogue",
  "connector-kit",
  "aid",
  "export",
  "platform",
  "texts",
];

/** Room -> rooms that it may import. What is not listed is refused. */
const mayImport = {
  aid: [],
  "connector-kit": ["aid"],
  schedule: ["aid", "connector-kit"],
  links: ["aid", "catalogue", "platform"],
  terms: ["aid", "connector-kit"],
  survey: ["aid", "connector-kit", "terms", "pipeline", "privacy"],
  privacy: ["aid", "connector-kit", "catalogue", "platform"],
  digest: ["aid", "connector-kit", "catalogue", "platform", "registry", "schedule", "texts"],
  jobs: ["registry", "pipeline", "catalogue", "connector-kit", "aid", "platform", "schedule", "digest", "links", "privacy", "open-data"],
  "open-data": ["registry", "catalogue", "export", "privacy", "connector-kit", "aid", "platform", "texts"],
  registry: ["connector-kit", "aid", "platform"],
  catalogue: ["aid", "platform", "privacy"],
  export: ["aid", "connector-kit"],
  adoption: ["aid", "connector-kit", "export"],
  letters: ["aid", "connector-kit"],
  texts: ["aid", "connector-kit", "export", "letters", "survey", "terms"],
  curation: ["aid", "connector-kit", "adoption", "catalogue"],
  platform: ["aid"],
  pipeline: ["connector-kit", "aid", "catalogue", "platform"],
  api: ["open-data", "registry", "catalogue", "export", "privacy", "connector-kit", "aid", "platform"],
  console: underConsole,
  cli: ["api", "open-data", "console", "adoption", ...underConsole],
};
const stages = ["fetch", "decode", "map", "validate", "plan", "report"];
const pureStages = ["decode", "map", "validate", "plan", "report"];

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([name, allowed]) =>
      rule(
        `${name}-imports`,
        { path: room(name) },
        { path: "^(src|connectors|test)/", pathNot: [name, ...allowed].map(room) },
        `${name} may import ${allowed.join(", ") || "nothing of ours"}`,
      ),
    ),
    ...stages.map((stage) =>
      rule(
        `stage-${stage}`,
        { path: `^src/pipeline/${stage}/` },
        { path: "^src/pipeline/", pathNot: `^src/pipeline/${stage}/` },
        "a stage never imports another stage, nor what calls it",
      ),
    ),
    rule(
      "pure-stages",
      { path: `^src/pipeline/(${pureStages.join("|")})/` },
      { path: "^src/(platform|catalogue|texts)/" },
      "pure: no database, clock, logger",
    ),
    rule(
      "catalogue-doors",
      {
        path: "^src/pipeline/",
        pathNot: "^src/pipeline/(run-ingestion|ingestion-run|build-plan|recognise-aids|gather-guard-facts|obtain-feed)\\.ts$",
      },
      { path: room("catalogue") },
      "the catalogue is reached from run-ingestion and its helpers only",
    ),
    rule(
      "survey-doors",
      { path: room("survey") },
      { path: "^src/(pipeline|privacy)/", pathNot: "^src/(pipeline/decode/|privacy/(recognise-people|find-emails|find-phones)\\.ts$)" },
      "a survey decodes and recognises people, and asks nobody",
    ),
    rule(
      "catalogue-privacy",
      { path: room("catalogue") },
      { path: room("privacy"), pathNot: "^src/privacy/without-people-in-aid\\.ts$" },
      "the index tells apart what anybody may read, and no more of privacy",
    ),
    rule(
      "connectors",
      { path: "^connectors/" },
      { path: "^(src|test)/", pathNot: "^src/connector-kit/index\\.ts$" },
      "a connector imports moisson/connector-kit only",
    ),
    rule(
      "database-libraries",
      { path: "^src/", pathNot: room("catalogue") },
      { path: "node_modules/(drizzle-orm|postgres|@electric-sql)/" },
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
      { path: "^src/", pathNot: "^src/(console|api)/" },
      { path: "node_modules/(hono|@hono|openid-client|rate-limiter-flexible)/" },
      "the web is behind the console and the API",
    ),
    rule(
      "workbook-writer",
      { path: "^src/", pathNot: "^src/(console|export)/" },
      { path: "node_modules/exceljs/" },
      "workbooks are written by the console and by exports",
    ),
    rule(
      "http-library",
      { path: "^src/", pathNot: "^src/(platform|pipeline/fetch)/" },
      { path: "node_modules/undici/" },
      "the network is behind platform and fetch",
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
